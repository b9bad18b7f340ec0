import WeirValues

/// Finds the value of a type that a part of a loose tree means, and what must be forgiven for it.
///
/// Every `fit…` returns the value, or nil with a fault in the log. It tries what costs least first; what
/// has several readings (a union, one value where a list is wanted) is tried each way, and the least cost
/// wins. A part is not tried twice as the same type, so that recursive unions stay linear.
struct Fitter {
  let wanted: WantedTypes
  let source: LooseText
  var options: ReadingOptions
  /// Where the text ends, where it ends in the middle of the value.
  let cut: Int?
  let fitted: FittedElements
  var log = FitLog()
  /// The key of the part at hand, where it has one.
  private(set) var name: String?
  /// How many parts of the value are around the one at hand.
  private var depth = 0
  private var trialDepth = 0
  private var settled: [Trial: Outcome] = [:]
  /// The same of the part at hand, where it has no parts: there may be very many such.
  private var near: (node: Int, outcomes: [(trial: Trial, outcome: Outcome)]) = (-1, [])
  /// How deep JSON stands in strings of JSON.
  let textDepth: Int
  private var wrapped = (node: -1, times: 0)
  /// How many objects of one field are being looked into.
  var wrappers = 0
  /// What was looked at last, as it will be again at once, as another type.
  var lastEntries: (node: Int, entries: [Entry]) = (-1, [])
  var lastText: (node: Int, text: LooseText?) = (-1, nil)

  struct Outcome {
    let value: Value?
    var log: FitLog
  }

  init(
    _ wanted: WantedTypes, _ source: LooseText, _ options: ReadingOptions, cut: Int?,
    _ fitted: FittedElements = FittedElements()
  ) {
    self.wanted = wanted
    self.source = source
    self.options = options
    self.cut = cut
    self.fitted = fitted
    textDepth = 0
  }

  /// For what stands in a string of the part that another fitter is at.
  init(_ source: LooseText, in outer: Fitter) {
    wanted = outer.wanted
    self.source = source
    options = outer.options
    cut = nil
    fitted = FittedElements()
    name = outer.name
    depth = outer.depth
    textDepth = outer.textDepth + 1
  }

  func node(_ index: Int) -> LooseTree.Node { source.tree.nodes[index] }

  mutating func fit(_ index: Int, _ type: WantedTypes.ID) -> Value? {
    switch wanted.form(type) {
    case .name(let type): fit(index, type)
    case .optional(let type): fitOptional(index, type)
    case .union(let ways): best(index, type, ways[node(index).kind])
    case .list(let element, let mayBeList): fitList(index, type, element, mayBeList: mayBeList)
    case .record(let form): fitRecord(index, type, form)
    case .dictionary(let element): fitDictionary(index, type, element)
    case .json: json(index, type)
    case .labels(let labels): fitLabels(index, type, labels)
    case .scalar: fitScalar(index, type)
    case .file: mismatch(index, type)
    }
  }

  /// Takes a part of the part at hand.
  @inline(__always)
  mutating func within(
    _ part: @autoclosure () -> ValuePath.Part, named name: String? = nil, _ fit: (inout Fitter) -> Value?
  ) -> Value? {
    let outer = self.name
    let mark = log.mark
    self.name = name
    depth += 1
    let value = fit(&self)
    depth -= 1
    self.name = outer
    if log.isLonger(than: mark) { log.enclose(in: part(), since: mark) }
    return value
  }

  // MARK: Trials

  /// Whether what is found out now may be asked again.
  var isTrial: Bool { trialDepth > 0 }

  /// Takes a part in one way, and gives back what came of it with its log, of which the fitter's own knows
  /// nothing.
  mutating func attempt(_ index: Int, _ alternative: Alternative) -> Outcome {
    let isSmall = isSmall(index)
    let isKept = isTrial || node(index).isContainer
    let trial = trial(of: index, alternative)
    if isSmall {
      if near.node == index, let known = near.outcomes.first(where: { $0.trial == trial }) {
        return known.outcome
      }
    } else if isKept, let known = settled[trial] {
      return known
    }
    let mark = log.mark
    trialDepth += 1
    let value = take(index, alternative)
    trialDepth -= 1
    var outcome = Outcome(value: value, log: log.takeBack(to: mark))
    if value == nil { outcome.log.keepFewFaults() }
    if isSmall {
      if near.node != index {
        near.node = index
        near.outcomes.removeAll(keepingCapacity: true)
      }
      near.outcomes.append((trial, outcome))
    } else if isKept {
      if settled.isEmpty { settled.reserveCapacity(24) }
      settled[trial] = outcome
    }
    return outcome
  }

  /// Whether a part has no parts, and no text that may hold some: it is soon looked at once more.
  private func isSmall(_ index: Int) -> Bool {
    let node = node(index)
    return switch node.kind {
    case .object, .list: node.next == index + 1
    case .bare, .missing: true
    case .string: false
    }
  }

  private func trial(of index: Int, _ alternative: Alternative) -> Trial {
    let isFree = alternative.way == .json
    return Trial(
      node: index, alternative: alternative, wrapped: mayWrap(index, alternative) ? timesWrapped(index) : 0,
      wrappers: isFree ? 0 : wrappers, allowsPartial: options.allowsPartial, name: isFree ? nil : name)
  }

  private mutating func take(_ index: Int, _ alternative: Alternative) -> Value? {
    let type = alternative.type
    return switch alternative.way {
    case .asType: fit(index, type)
    case .elements: fitElements(index, type)
    case .onlyElement: fitOnlyElement(index, type)
    case .onlyField: fitOnlyField(index, type)
    case .unwrapped: fitUnwrapped(index, type)
    case .element: takeElement(index, type)
    case .innerText: fitInnerText(index, type)
    case .json: fitParts(index, type)
    }
  }

  /// The outcome that costs least. Of two that cost the same the first one holds where nothing was
  /// forgiven; else both must mean the same. Where none fits, the one that comes nearest tells why.
  mutating func best(_ index: Int, _ type: WantedTypes.ID, _ alternatives: [Alternative]) -> Value? {
    let shape = wanted.leastCosts == nil ? nil : shape(of: index)
    guard var way = cheapest(alternatives, shape, behind: nil) else { return mismatch(index, type) }
    var choice = Choice(isWhole: depth == 0)
    // What costs more at least, or is behind what costs nothing, is not tried, and all behind it neither.
    while choice.mayTake(way.least, way.place) {
      choice.offer(attempt(index, alternatives[way.place]), way.place)
      guard let next = cheapest(alternatives, shape, behind: way) else { break }
      way = next
    }
    forgetTrials()
    guard let best = choice.best?.outcome, let value = best.value else {
      if let nearest = choice.nearest?.outcome { log.append(nearest.log) }
      return nil
    }
    if let rival = choice.rival, best.log.cost > 0 {
      log.add(.ambiguous(.value(value), .value(rival)))
      return nil
    }
    log.append(best.log)
    return value
  }

  /// What is behind this part is another one.
  private mutating func forgetTrials() {
    guard !isTrial else { return }
    near.node = -1
    if !settled.isEmpty { settled = [:] }
  }

  /// One of several ways, and what it costs at least.
  private struct Way {
    let place: Int
    let least: Int
  }

  /// The way that costs least, of two the first; the next one behind another. Nil where none is left that can
  /// be at all. Mostly one or two are asked for, so that they are not sorted.
  private func cheapest(
    _ alternatives: [Alternative], _ shape: LeastCosts.Shape?, behind last: Way?
  ) -> Way? {
    guard let costs = wanted.leastCosts, let shape else {
      let place = last.map { $0.place + 1 } ?? 0
      return place < alternatives.count ? Way(place: place, least: 0) : nil
    }
    var best: Way?
    for place in alternatives.indices {
      let least = costs.cost(alternatives[place], shape, in: wanted)
      guard least < best?.least ?? LeastCosts.never else { continue }
      if let last, (least, place) <= (last.least, last.place) { continue }
      best = Way(place: place, least: least)
    }
    return best
  }

  // MARK: Wrapping

  /// Takes a part as the only thing in a list or record. A type that holds itself could go on so for ever.
  mutating func wrap(_ index: Int, _ fit: (inout Fitter) -> Value?) -> Value? {
    let before = wrapped
    let times = timesWrapped(index)
    guard times < 2 else { return nil }
    wrapped = (index, times + 1)
    defer { wrapped = before }
    return fit(&self)
  }

  private func timesWrapped(_ index: Int) -> Int { wrapped.node == index ? wrapped.times : 0 }

  /// Whether the part itself may be wrapped where it is taken so, and not only what is in it.
  private func mayWrap(_ index: Int, _ alternative: Alternative) -> Bool {
    switch alternative.way {
    case .onlyElement, .onlyField: true
    case .elements, .unwrapped, .element, .innerText, .json: false
    case .asType:
      switch wanted[alternative.type].form {
      case .name, .union, .optional, .list: true
      case .record: node(index).kind != .object
      case .dictionary, .json, .labels, .scalar, .file: false
      }
    }
  }

  // MARK: Telling

  mutating func note(_ kind: Reading.Change.Kind, at index: Int) { log.add(kind, at: node(index).start) }

  mutating func mismatch(_ index: Int, _ type: WantedTypes.ID) -> Value? {
    log.add(.mismatch(wanted[type].type, node: index))
    return nil
  }

  /// Whether something is not there that was there for whoever wrote it: the text ends before, or dots
  /// stand in its place.
  func leavesOut(_ index: Int) -> Bool {
    if isCut(index) { return true }
    return source.tree.hasEllipsis(in: node(index))
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
