import WeirValues

/// Finds the value of a type that a part of a loose tree means, and what must be forgiven for it.
///
/// Every `fit…` returns the value, or nil with a fault in the log. It tries what costs least first; what
/// has several readings (a union, one value where a list is wanted) is tried each way, and the least cost
/// wins. A part is not tried twice as the same type, so that recursive unions stay linear.
struct Fitter {
  let types: TypeTable
  let reader: LooseReader
  var options: ReadingOptions
  /// Where the text ends, where it ends in the middle of the value.
  let cut: Int?
  var log = FitLog()
  var path: [ValuePath.Part] = []
  private var trialDepth = 0
  private var settled: [Trial: (path: [ValuePath.Part], outcome: Outcome)] = [:]
  /// How deep JSON stands in strings of JSON.
  let textDepth: Int
  private var wrapped = (node: -1, times: 0)
  /// Whether a quote in a string was not escaped anywhere.
  let hasQuotesInStrings: Bool
  /// How many objects of one field are being looked into.
  var wrappers = 0

  struct Outcome {
    let value: Value?
    var log: FitLog
  }

  private struct Trial: Hashable {
    let node: Int
    let alternative: Alternative
    /// What may be forgiven here hangs on what already was.
    let wrapped: Int
    let wrappers: Int
  }

  /// One of the ways to take a part.
  enum Alternative: Hashable {
    case type(ValueType)
    case labels([String])
    /// The parts of a list as elements of the type.
    case elements(of: ValueType)
    /// The part as the only element of a list of the type.
    case onlyElement(of: ValueType)
    /// The part as the only field that a record must have.
    case onlyField(of: ValueType)
    /// The only field of the part, an object, as the type.
    case unwrapped(ValueType)
    /// The only element of the part, a list, as the type.
    case element(ValueType)
  }

  init(
    _ types: TypeTable, _ reader: LooseReader, _ options: ReadingOptions, cut: Int?, textDepth: Int = 0
  ) {
    self.types = types
    self.reader = reader
    self.options = options
    self.cut = cut
    self.textDepth = textDepth
    hasQuotesInStrings = reader.hasQuotesInStrings
  }

  func node(_ index: Int) -> LooseTree.Node { reader.tree.nodes[index] }

  mutating func fit(_ index: Int, _ type: ValueType) -> Value? {
    switch type {
    case .named: return fit(index, types.resolved(type))
    case .union: return fitUnion(index, type)
    case .list(let element, _): return fitList(index, type, element)
    case .record(let fields): return fitRecord(index, type, fields)
    case .dictionary(let element, _): return fitDictionary(index, type, element)
    case .json, .error: return json(index)
    case .string, .int, .number, .bool, .null, .text, .constant: return fitScalar(index, type)
    case .image, .file, .secret: return mismatch(index, type)
    }
  }

  // MARK: Trials

  /// Takes a part in one way, and gives back what came of it with its log, of which the fitter's own knows
  /// nothing.
  mutating func attempt(_ index: Int, _ alternative: Alternative) -> Outcome {
    let trial = Trial(
      node: index, alternative: alternative, wrapped: wrapped.node == index ? wrapped.times : 0,
      wrappers: wrappers)
    if trialDepth > 0, let known = settled[trial] {
      if known.path == path { return known.outcome }
      return Outcome(
        value: known.outcome.value, log: known.outcome.log.moved(from: known.path.count, to: path))
    }
    let mark = log.mark
    trialDepth += 1
    let value = take(index, alternative)
    trialDepth -= 1
    var outcome = Outcome(value: value, log: log.takeBack(to: mark))
    if value == nil { outcome.log.keepFewFaults() }
    if trialDepth > 0 { settled[trial] = (path, outcome) } else { settled.removeAll(keepingCapacity: true) }
    return outcome
  }

  private mutating func take(_ index: Int, _ alternative: Alternative) -> Value? {
    switch alternative {
    case .type(let type): return fit(index, type)
    case .labels(let labels): return fitLabels(index, labels)
    case .elements(let type): return fitElements(index, type)
    case .onlyElement(let type): return fitOnlyElement(index, type)
    case .onlyField(let type): return fitOnlyField(index, type)
    case .unwrapped(let type): return fitUnwrapped(index, type)
    case .element(let type): return fitElement(index, type)
    }
  }

  /// The outcome that costs least. Of two that cost the same the first one holds where nothing was
  /// forgiven; else both must mean the same. Where none fits, the one that comes nearest tells why.
  mutating func best(_ index: Int, _ alternatives: [Alternative]) -> Value? {
    var best: Outcome?
    var rival: Value?
    var nearest: Outcome?
    for alternative in alternatives {
      let outcome = attempt(index, alternative)
      guard let value = outcome.value else {
        if nearest.map({ outcome.log.isNearer(than: $0.log) }) ?? true { nearest = outcome }
        continue
      }
      if let present = best, outcome.log.cost >= present.log.cost {
        if outcome.log.cost == present.log.cost, value != present.value { rival = rival ?? value }
        continue
      }
      best = outcome
      rival = nil
      if outcome.log.cost == 0 { break }
    }
    guard let best, let value = best.value else {
      if let nearest { log.append(nearest.log) }
      return nil
    }
    if let rival, best.log.cost > 0 {
      log.add(.ambiguous(ValuePath(path), value.json(), rival.json()))
      return nil
    }
    log.append(best.log)
    return value
  }

  /// Takes a part as the only thing in a list or record. A type that holds itself could go on so for ever.
  mutating func wrap(_ index: Int, _ fit: (inout Fitter) -> Value?) -> Value? {
    let before = wrapped
    guard before.node != index || before.times < 2 else { return nil }
    wrapped = (index, before.node == index ? before.times + 1 : 1)
    defer { wrapped = before }
    return fit(&self)
  }

  // MARK: Telling

  mutating func note(_ kind: Reading.Change.Kind, at index: Int) {
    log.add(.init(kind, at: ValuePath(path), offset: node(index).start))
  }

  mutating func mismatch(_ index: Int, _ type: ValueType) -> Value? {
    log.add(.mismatch(.init(path: ValuePath(path), type: type, node: index)))
    return nil
  }

  /// Whether something is not there that was there for whoever wrote it: the text ends before, or dots
  /// stand in its place.
  func leavesOut(_ index: Int) -> Bool {
    if isCut(index) { return true }
    return reader.tree.hasEllipsis(in: node(index))
  }

  /// Whether the text ends before a value.
  func isUnwritten(_ index: Int) -> Bool {
    guard let cut else { return false }
    return node(index).kind == .missing && node(index).end >= cut
  }

  /// Whether the text ends before this part does.
  func isCut(_ index: Int) -> Bool {
    guard let cut else { return false }
    let node = node(index)
    return !node.isClosed && node.end >= cut
  }
}

extension FitLog {
  /// What only the end of the text keeps from fitting is nearest, then what has the fewest faults.
  func isNearer(than other: FitLog) -> Bool { distance < other.distance }

  private var distance: Int {
    faults.reduce(0) { sum, fault in
      switch fault {
      case .cutOff: sum
      case .ambiguous: sum + 1
      // A whole that is of another kind is further away than any part of it.
      case .mismatch(let mismatch): sum + (mismatch.path.isEmpty ? 1_000 : 2)
      }
    }
  }
}
