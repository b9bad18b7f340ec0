import WeirValues

/// What a fitting has forgiven and found wrong so far, part within part.
///
/// What is said of a part knows only its way from the part around it. So nothing is copied when it goes into
/// the log of what is around, and what was once found out of a part holds wherever that is looked at again.
/// Whole paths are made in the end, for what is told.
struct FitLog: Sendable {
  private var entries: [Entry] = []
  private var tally = Tally()
  /// More than some nobody reads.
  private var mostFaults = 100

  private enum Entry: Sendable {
    case change(Reading.Change.Kind, offset: Int)
    indirect case fault(Fault)
    /// Of the same part, in one of the ways to take it.
    indirect case way(FitLog)
    indirect case within(ValuePath.Part, FitLog)
    /// Of JSON in a string that begins there.
    indirect case inText(offset: Int, FitLog)
  }

  /// Why a part cannot be taken. It is put into words only if somebody asks.
  enum Fault: Sendable {
    /// It is not of its type. The node is nil where there is nothing.
    case mismatch(ValueType, node: Int?)
    /// The text ends in it.
    case cutOff
    /// It means two things as well.
    case ambiguous(Sense, Sense)
  }

  /// What a part may mean.
  enum Sense: Sendable {
    case value(Value)
    case text(String)

    var words: String {
      switch self {
      case .value(let value): value.json()
      case .text(let text): text
      }
    }
  }

  fileprivate struct Tally: Sendable {
    var cost = 0
    var costBeside = 0
    var faults = FaultCount()
  }

  struct Mark {
    fileprivate let entries: Int
    fileprivate let tally: Tally
  }

  var cost: Int { tally.cost }
  var mark: Mark { Mark(entries: entries.count, tally: tally) }

  func hasFaults(since mark: Mark) -> Bool { tally.faults.all > mark.tally.faults.all }

  func isLonger(than mark: Mark) -> Bool { entries.count > mark.entries }

  // MARK: Noting

  mutating func add(_ kind: Reading.Change.Kind, at offset: Int) {
    entries.append(.change(kind, offset: offset))
    tally.cost += kind.cost
  }

  /// Adds to the cost what is not worth telling.
  mutating func add(cost more: Int) {
    tally.cost += more
    tally.costBeside += more
  }

  mutating func add(_ fault: Fault) {
    tally.faults.add(fault)
    entries.append(.fault(fault))
  }

  /// Of one way among several, the first few faults say enough.
  mutating func keepFewFaults() {
    mostFaults = 8
    tally.faults.limit(to: mostFaults)
  }

  // MARK: Other logs

  /// Adds what was found when the same part was taken in some way.
  mutating func append(_ way: FitLog) {
    if !way.entries.isEmpty { entries.append(.way(way)) }
    add(way.tally, way.tally.faults)
  }

  /// Adds what was forgiven in JSON inside of a string that begins at `offset`.
  mutating func append(inText inner: FitLog, at offset: Int) {
    entries.append(.inText(offset: offset, inner))
    tally.cost += inner.cost - inner.tally.costBeside
  }

  /// All that came after the mark was said of a part within this one.
  mutating func enclose(in part: ValuePath.Part, since mark: Mark) {
    guard isLonger(than: mark) else { return }
    let inner = takeBack(to: mark)
    entries.append(.within(part, inner))
    add(inner.tally, inner.tally.faults.ofPart)
  }

  /// Takes out all that came after the mark.
  mutating func takeBack(to mark: Mark) -> FitLog {
    var later = FitLog()
    if entries.count > mark.entries {
      later.entries = Array(entries[mark.entries...])
      entries.removeLast(entries.count - mark.entries)
    }
    later.tally.cost = tally.cost - mark.tally.cost
    later.tally.costBeside = tally.costBeside - mark.tally.costBeside
    later.tally.faults = tally.faults - mark.tally.faults
    tally = mark.tally
    return later
  }

  private mutating func add(_ other: Tally, _ faults: FaultCount) {
    tally.cost += other.cost
    tally.costBeside += other.costBeside
    tally.faults = tally.faults + faults
  }

  // MARK: Comparing

  /// What each kind of change costs once: so a long value and a short one compare.
  var costOfKinds: Int {
    var seen: Set<Reading.Change.Kind> = []
    forEachKind { seen.insert($0) }
    return seen.reduce(tally.costBeside) { $0 + $1.cost }
  }

  func forEachKind(_ visit: (Reading.Change.Kind) -> Void) {
    for entry in entries {
      switch entry {
      case .change(let kind, _): visit(kind)
      case .fault: break
      case .way(let log), .within(_, let log), .inText(_, let log): log.forEachKind(visit)
      }
    }
  }

  /// What only the end of the text keeps from fitting is nearest, then what has the fewest faults.
  /// `isWhole` says whether the logs are of the whole value.
  func isNearer(than other: FitLog, isWhole: Bool) -> Bool {
    tally.faults.distance(isWhole) < other.tally.faults.distance(isWhole)
  }

  // MARK: Telling

  /// Adds all that was forgiven to `changes`; `path` is that of the whole.
  func tellChanges(to changes: inout [Reading.Change], at path: ValuePath) {
    tellChanges(&changes, path, nil)
  }

  private func tellChanges(_ changes: inout [Reading.Change], _ path: ValuePath, _ offset: Int?) {
    for entry in entries {
      switch entry {
      case .change(let kind, let own): changes.append(.init(kind, at: path, offset: offset ?? own))
      case .fault: break
      case .way(let log): log.tellChanges(&changes, path, offset)
      case .within(let part, let log): log.tellChanges(&changes, path.appending(part), offset)
      case .inText(let own, let log): log.tellChanges(&changes, path, offset ?? own)
      }
    }
  }

  /// The first things that are wrong.
  var faults: [(path: ValuePath, fault: Fault)] {
    var faults: [(path: ValuePath, fault: Fault)] = []
    tellFaults(&faults, ValuePath(), mostFaults)
    return faults
  }

  private func tellFaults(
    _ faults: inout [(path: ValuePath, fault: Fault)], _ path: ValuePath, _ most: Int
  ) {
    let most = min(most, faults.count + mostFaults)
    for entry in entries where faults.count < most {
      switch entry {
      case .change, .inText: break
      case .fault(let fault): faults.append((path, fault))
      case .way(let log): log.tellFaults(&faults, path, most)
      case .within(let part, let log): log.tellFaults(&faults, path.appending(part), most)
      }
    }
  }
}
