import WeirValues

/// Looks for the value of a type in an answer, and chooses among all that are found.
struct AnswerSearch {
  let types: TypeTable
  let type: ValueType
  private let wanted: WantedTypes
  private let fitted: FittedElements
  private let options: ReadingOptions
  let source: LooseText
  private(set) var rejected: [Reading.Rejected] = []
  /// The log of the root that came nearest, of those that do not fit.
  private(set) var nearest: FitLog?

  private struct Candidate {
    let value: Value
    let source: Source
    let place: Reading.Place
    let span: Range<Int>
    /// Least is best. Mends of the syntax do not count: that one of two answers lacks a comma does not
    /// say which of them was meant.
    var cost: Int
    var unmet = false
  }

  /// Where a candidate comes from. What was forgiven for it is told only of the one that is taken.
  private enum Source {
    /// One after the other.
    case roots([(node: Int, log: FitLog)], areSeveral: Bool)
    case words([Reading.Change.Kind])
  }

  /// Of more than these only the number is of interest.
  private static let mostRejected = 32

  /// `reader` has read all of the answer, and `fitted` is of what it read.
  init(
    _ reader: LooseReader, _ type: ValueType, _ wanted: WantedTypes, in types: TypeTable,
    _ options: ReadingOptions, _ fitted: FittedElements = FittedElements()
  ) {
    self.types = types
    self.type = type
    self.wanted = wanted
    self.fitted = fitted
    self.options = options
    source = Self.withSpokenScalar(reader)
  }

  mutating func run() throws(ReadingFailure) -> Reading {
    var candidates = inRoots()
    if let inWords = inWords() { candidates.append(inWords) }
    for place in candidates.indices { candidates[place].unmet = isUnmet(candidates[place].value) }
    guard let best = candidates.min(by: Self.isBetter) else { throw failure() }
    let rivals = candidates.filter { !Self.isBetter(best, $0) && $0.value != best.value }
    if let rival = rivals.first {
      throw ReadingFailure(
        .ambiguous(ValuePath(), best.value.json(), rival.value.json()), rejected: rejected)
    }
    for other in candidates where other.span != best.span { reject(other) }
    return Reading(best.value, forgiven(for: best), best.place, best.span, rejected, in: types, type, options)
  }

  private static func isBetter(_ a: Candidate, _ b: Candidate) -> Bool {
    a.unmet == b.unmet ? a.cost < b.cost : !a.unmet
  }

  private func isUnmet(_ value: Value) -> Bool {
    guard let meets = options.meets else { return false }
    return types.conform(value, to: type).conditioned.contains { !meets($0.condition, $0.value) }
  }

  // MARK: In JSON

  private mutating func inRoots() -> [Candidate] {
    let roots = meantRoots()
    if let several = inSeveral(roots) { return [several] }
    return roots.compactMap { candidate($0) }
  }

  /// What was only thought is not the answer, unless there is nothing else.
  private func meantRoots() -> [LooseTree.Root] {
    let roots = source.tree.roots
    guard !source.tree.reasoning.isEmpty else { return roots }
    var thoughts = source.tree.reasoning[...]
    let meant = roots.filter { root in
      let start = source.tree.nodes[root.node].start
      while let first = thoughts.first, first.upperBound <= start { thoughts.removeFirst() }
      return thoughts.first.map { !$0.contains(start) } ?? true
    }
    return meant
  }

  private mutating func candidate(_ root: LooseTree.Root) -> Candidate? {
    let node = source.tree.nodes[root.node]
    let cut = cutEnd(of: node)
    var fitter = Fitter(wanted, source, options, cut: cut, fitted)
    guard let value = fit(root, &fitter), !isJustWords(root, node) else {
      if nearest.map({ fitter.log.isNearer(than: $0, isWhole: true) }) ?? true { nearest = fitter.log }
      if rejected.count < Self.mostRejected {
        rejected.append(.init(span: node.start..<node.end, place: root.place, reason: words(for: fitter.log)))
      }
      return nil
    }
    return Candidate(
      value: value, source: .roots([(root.node, fitter.log)], areSeveral: false), place: root.place,
      span: node.start..<node.end, cost: fitter.log.costOfKinds + root.place.cost)
  }

  private func fit(_ root: LooseTree.Root, _ fitter: inout Fitter) -> Value? {
    if let wrapper = options.wrapper, source.tree.nodes[root.node].kind == .object {
      let entries = fitter.entries(of: root.node)
      if entries.count == 1, entries[0].key == wrapper {
        let mark = fitter.log.mark
        if let value = fitter.fit(entries[0].value, wanted.whole) { return value }
        let faults = fitter.log.takeBack(to: mark)
        if let value = fitter.fit(root.node, wanted.whole) { return value }
        _ = fitter.log.takeBack(to: mark)
        fitter.log.append(faults)
        return nil
      }
    }
    return fitter.fit(root.node, wanted.whole)
  }

  /// Words in brackets in the middle of prose are no list.
  private func isJustWords(_ root: LooseTree.Root, _ node: LooseTree.Node) -> Bool {
    guard root.place == .prose, node.kind == .list else { return false }
    return mends(in: node).contains { $0.kind == .unquotedText }
  }

  private func mends(in node: LooseTree.Node) -> ArraySlice<LooseTree.Mend> {
    let all = source.tree.mends
    func firstPlace(from offset: Int) -> Int {
      var low = 0
      var high = all.count
      while low < high {
        let middle = (low + high) / 2
        if all[middle].offset < offset { low = middle + 1 } else { high = middle }
      }
      return low
    }
    return all[firstPlace(from: node.start)..<firstPlace(from: node.end + 1)]
  }

  /// Where the text ends, if that is in the middle of a root.
  private func cutEnd(of node: LooseTree.Node) -> Int? {
    let bytes = source.bytes
    guard !node.isClosed, bytes[min(node.end, bytes.count)...].allSatisfy({ $0 <= 0x20 }) else { return nil }
    return bytes.lastIndex { $0 > 0x20 }.map { $0 + 1 } ?? bytes.count
  }

  /// Objects in a row where a list of them is wanted: all of them are its elements.
  private mutating func inSeveral(_ roots: [LooseTree.Root]) -> Candidate? {
    guard let element = wanted.element else { return nil }
    let objects = roots.filter { source.tree.nodes[$0.node].kind == .object }
    guard objects.count > 1, objects.count == roots.count(where: { isStructure($0) }) else { return nil }
    var values: [Value] = []
    var sources: [(node: Int, log: FitLog)] = []
    var cost = objects.map(\.place.cost).max() ?? 0
    for (place, root) in objects.enumerated() {
      let cut = cutEnd(of: source.tree.nodes[root.node])
      // The last of a row that is cut off may not be the last.
      guard cut == nil || options.allowsPartial || !options.isCutOff else { return nil }
      var fitter = Fitter(wanted, source, options, cut: cut)
      guard let value = fitter.within(.element(place), { $0.fit(root.node, element) }) else { return nil }
      values.append(value)
      sources.append((root.node, fitter.log))
      cost += fitter.log.costOfKinds
    }
    let span =
      source.tree.nodes[objects[0].node].start..<source.tree.nodes[objects[objects.count - 1].node].end
    return Candidate(
      value: .list(values), source: .roots(sources, areSeveral: true), place: objects[0].place, span: span,
      cost: cost + Reading.Change.Kind.severalAsList.cost)
  }

  private func isStructure(_ root: LooseTree.Root) -> Bool {
    let node = source.tree.nodes[root.node]
    return node.kind == .object || (node.kind == .list && !isJustWords(root, node))
  }

  // MARK: In words

  /// The answer as a text without quotes, for what is written so: `positive`, `42`, `Yes, because …`.
  private func inWords() -> Candidate? {
    let reading = WordReading(types.members(type), isCutOff: options.isCutOff && !options.allowsPartial)
    let spoken = Self.spoken(in: source)
    guard reading.mayRead, !spoken.isEmpty else { return nil }
    let text = String(decoding: source.bytes[spoken], as: UTF8.self)
    guard let (value, kinds, cost) = reading.read(text) else { return nil }
    return Candidate(
      value: value, source: .words(kinds), place: .whole, span: spoken,
      cost: cost + kinds.reduce(0) { $0 + $1.cost })
  }

  /// An answer that is all one number, word or text in quotes is a value too, for what can be made of one.
  private static func withSpokenScalar(_ reader: LooseReader) -> LooseText {
    let source = LooseText(reader)
    guard source.tree.roots.isEmpty else { return source }
    let spoken = spoken(in: source)
    guard let first = source.bytes[spoken].first, let value = try? Value(json: Array(source.bytes[spoken]))
    else { return source }
    var node = LooseTree.Node(
      kind: first == .quote ? .string : .bare, isClosed: true, start: spoken.lowerBound,
      end: spoken.upperBound, next: source.tree.nodes.count + 1)
    if first == .quote {
      node.isPlain = value.string.map { $0.utf8.count == spoken.count - 2 } ?? false
      node.opening = 1
      node.closing = 1
    }
    var tree = source.tree
    tree.roots.append(.init(node: tree.nodes.count, place: .whole))
    tree.nodes.append(node)
    return LooseText(source.bytes, tree, hasQuotesInStrings: source.hasQuotesInStrings)
  }

  /// What stands behind the reasoning, without blanks at its ends; all of it where there is none.
  static func spoken(in source: LooseText) -> Range<Int> {
    let spoken = source.bytes[(source.tree.reasoning.last?.upperBound ?? 0)...].spoken
    return spoken.startIndex..<spoken.endIndex
  }

  // MARK: Telling

  private func forgiven(for candidate: Candidate) -> Forgiven {
    let start = candidate.span.lowerBound
    switch candidate.source {
    case .words(let kinds): return Forgiven(kinds.map { .init($0, offset: start) })
    case .roots(let roots, let areSeveral):
      let found = roots.enumerated().map { place, root in
        Forgiven.Found(
          root: root.node, path: areSeveral ? ValuePath([.element(place)]) : ValuePath(),
          mends: mends(in: source.tree.nodes[root.node]), log: root.log)
      }
      return Forgiven(found, and: areSeveral ? [.init(.severalAsList, offset: start)] : [], in: source)
    }
  }

  private mutating func reject(_ other: Candidate) {
    guard rejected.count < Self.mostRejected else { return }
    rejected.append(.init(span: other.span, place: other.place, reason: "it fits less well"))
  }
}
