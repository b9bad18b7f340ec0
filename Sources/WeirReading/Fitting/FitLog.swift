import WeirValues

/// What a fitting has forgiven and found wrong so far.
struct FitLog {
  private(set) var changes: [Reading.Change] = []
  /// The first of them: more than some nobody reads.
  private(set) var faults: [Fault] = []
  private var faultCount = 0
  private static let mostFaults = 100
  private(set) var cost = 0
  private var costBeside = 0

  /// Why a part cannot be taken.
  enum Fault {
    case mismatch(Misfit)
    /// The text ends in it.
    case cutOff(ValuePath)
    /// It means two things as well; both as JSON.
    case ambiguous(ValuePath, String, String)
  }

  /// A part that is not of its type. It is put into words only if somebody asks.
  struct Misfit {
    let path: ValuePath
    let type: ValueType
    /// Nil where there is nothing.
    let node: Int?
  }

  struct Mark {
    fileprivate let changes: Int
    fileprivate let faults: Int
    fileprivate let faultCount: Int
    fileprivate let cost: Int
    fileprivate let costBeside: Int
  }

  var mark: Mark {
    Mark(
      changes: changes.count, faults: faults.count, faultCount: faultCount, cost: cost,
      costBeside: costBeside)
  }

  func hasFaults(since mark: Mark) -> Bool { faultCount > mark.faultCount }

  mutating func add(_ change: Reading.Change) {
    changes.append(change)
    cost += change.kind.cost
  }

  /// Adds to the cost what is not worth telling.
  mutating func add(cost more: Int) {
    cost += more
    costBeside += more
  }

  mutating func add(_ fault: Fault) {
    faultCount += 1
    if faults.count < Self.mostFaults { faults.append(fault) }
  }

  mutating func append(_ other: FitLog) {
    changes += other.changes
    faults += other.faults.prefix(Self.mostFaults - faults.count)
    faultCount += other.faultCount
    cost += other.cost
    costBeside += other.costBeside
  }

  /// What each kind of change costs once: so a long value and a short one compare.
  var costOfKinds: Int {
    var seen: Set<Reading.Change.Kind> = []
    return changes.reduce(costBeside) { seen.insert($1.kind).inserted ? $0 + $1.kind.cost : $0 }
  }

  /// Takes out all that came after the mark.
  mutating func takeBack(to mark: Mark) -> FitLog {
    var later = FitLog()
    later.changes = Array(changes[mark.changes...])
    later.faults = Array(faults[mark.faults...])
    later.faultCount = faultCount - mark.faultCount
    later.cost = cost - mark.cost
    later.costBeside = costBeside - mark.costBeside
    changes.removeLast(changes.count - mark.changes)
    faults.removeLast(faults.count - mark.faults)
    cost = mark.cost
    costBeside = mark.costBeside
    faultCount = mark.faultCount
    return later
  }

  /// Of one way among several, the first few faults say enough.
  mutating func keepFewFaults() { faults = Array(faults.prefix(8)) }

  /// The same at another place: every path of it begins with so many parts, in whose stead come others.
  func moved(from count: Int, to place: [ValuePath.Part]) -> FitLog {
    func move(_ path: ValuePath) -> ValuePath { ValuePath(place + path.parts.dropFirst(count)) }
    var log = self
    log.changes = changes.map { Reading.Change($0.kind, at: move($0.path), offset: $0.offset) }
    log.faults = faults.map { fault in
      switch fault {
      case .mismatch(let misfit):
        .mismatch(Misfit(path: move(misfit.path), type: misfit.type, node: misfit.node))
      case .cutOff(let path): .cutOff(move(path))
      case .ambiguous(let path, let one, let other): .ambiguous(move(path), one, other)
      }
    }
    return log
  }
}
