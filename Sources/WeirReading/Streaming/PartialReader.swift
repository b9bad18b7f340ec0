package import WeirValues

/// Reads an answer while it comes: at any moment, the value of the type as far as it is there.
///
/// It is fed in pieces of any length, and looks at each byte once; a value that is complete is fitted to
/// its type when it ends, and not again. What it shows on the way is a preview: fields that have not come
/// are left out, and what does not fit is. `finish` says what the whole answer means, just as
/// `TypeTable.readAnswer` does.
package struct PartialReader {
  private let types: TypeTable
  private let type: ValueType
  private let options: ReadingOptions
  private let wanted: WantedTypes
  private var reader = LooseReader()
  private var frames: [PartialFrame] = []
  /// The root that is shown: the last one begun that may be of the type.
  private var root: Int?
  /// What the root means, when it has ended.
  private var settled: Value?
  /// The elements that were taken, which are not fitted again in the end.
  private var fitted = FittedElements()
  private var seenRoots = 0
  private var seenDropped = 0
  private var seenQuotes = false

  package init(_ type: ValueType, in types: TypeTable, _ options: ReadingOptions = ReadingOptions()) {
    self.types = types
    self.type = type
    self.options = options
    wanted = WantedTypes(type, in: types)
  }

  /// How many bytes have come.
  package var count: Int { reader.bytes.count }

  package mutating func feed(_ piece: some Collection<UInt8>) {
    reader.feed(piece)
    forgetFitted()
    findRoot()
    advance()
  }

  /// The value so far: what is complete, and, where it is asked for, the text that is being written as far
  /// as it goes. Nil where nothing has come yet.
  package mutating func value(withOpenText: Bool = false) -> Value? {
    if let settled { return settled }
    var partial = withOpenText ? openText() : nil
    for level in frames.indices.reversed() {
      partial = frames[level].value(with: partial, key(in: frames[level].place))
    }
    if root != nil { return partial }
    return isText ? textSoFar(withOpenText) : nil
  }

  /// What the whole answer means.
  package consuming func finish() throws(ReadingFailure) -> Reading {
    reader.finish()
    forgetFitted()
    guard let first = reader.bytes.first(where: { $0 > 0x20 }) else { throw ReadingFailure(.empty) }
    if first == .quote || first == .backtick {
      let text = String(decoding: reader.bytes, as: UTF8.self)
      if let reading = types.readInString(text, as: type, options) { return reading }
    }
    var search = AnswerSearch(reader, type, wanted, in: types, options, fitted)
    return try search.run()
  }

  // MARK: Roots

  private var isText: Bool { types.members(type).contains(.string) }

  private func textSoFar(_ withOpenText: Bool) -> Value? {
    withOpenText && !reader.bytes.isEmpty ? .string(String(decoding: reader.bytes, as: UTF8.self)) : nil
  }

  /// Turns to a root that has begun since, if it may be of the type.
  private mutating func findRoot() {
    if reader.dropped != seenDropped {
      // What was shown may have been part of prose; the root before it may be shown again.
      seenDropped = reader.dropped
      leaveRoot()
      seenRoots = max(0, reader.tree.roots.count - 1)
    }
    let open = reader.open.first
    var begun = reader.tree.roots[min(seenRoots, reader.tree.roots.count)...].map(\.node)
    seenRoots = reader.tree.roots.count
    if let open, begun.last != open { begun.append(open) }
    for node in begun where node != root && mayBeAnswer(node) {
      leaveRoot()
      root = node
      enter(node, as: wanted.whole)
      advance()
    }
  }

  /// What was fitted may not hold where the reader went back, or has found since that quotes stand in strings.
  private mutating func forgetFitted() {
    guard reader.dropped != seenDropped || reader.hasQuotesInStrings != seenQuotes else { return }
    seenQuotes = reader.hasQuotesInStrings
    fitted = FittedElements()
  }

  private mutating func leaveRoot() {
    root = nil
    settled = nil
    frames = []
  }

  private func mayBeAnswer(_ node: Int) -> Bool {
    let root = reader.tree.nodes[node]
    if reader.tree.reasoning.last.map({ $0.contains(root.start) }) ?? false { return false }
    return container(of: wanted.whole, at: node) != nil
  }

  // MARK: Frames

  /// The way in which a container is of the type; nil where it is none, or may be of several.
  private func container(of type: WantedTypes.ID, at node: Int) -> PartialFrame.Kind? {
    let isObject = reader.tree.nodes[node].kind == .object
    let kinds = wanted.members(type).compactMap { member -> PartialFrame.Kind? in
      switch wanted[member].form {
      case .record(let form): isObject ? .record(form) : nil
      case .dictionary(let element): isObject ? .dictionary(of: element) : nil
      case .list(let element, _): isObject ? nil : .list(of: element)
      case .json: isObject ? .dictionary(of: member) : .list(of: member)
      case .name, .union, .optional, .labels, .scalar, .file: nil
      }
    }
    if kinds.isEmpty, isObject, options.wrapper != nil, frames.isEmpty { return .wrapper(of: type) }
    return kinds.count == 1 ? kinds[0] : nil
  }

  private mutating func enter(_ node: Int, as type: WantedTypes.ID) {
    guard let kind = container(of: type, at: node) else { return }
    frames.append(PartialFrame(node: node, kind: kind))
  }

  /// Takes in all that has ended since.
  private mutating func advance() {
    let open = reader.open
    while let frame = frames.last?.place {
      let isOpen = open.contains(frame.node)
      let end = isOpen ? reader.tree.nodes.count : reader.tree.nodes[frame.node].next
      guard frame.next < end else {
        if isOpen { return }
        close()
        continue
      }
      guard let child = child(of: frame, before: end, open) else { return }
      if open.contains(child.node) {
        guard reader.tree.nodes[child.node].isContainer, let type = child.type else { return }
        let before = frames.count
        enter(child.node, as: type)
        if frames.count == before { return }
        continue
      }
      take(child)
    }
  }

  private struct Child {
    let key: String?
    let node: Int
    let type: WantedTypes.ID?
  }

  /// The part that comes next; nil where its key or its beginning has not come.
  private func child(of frame: PartialFrame.Place, before end: Int, _ open: [Int]) -> Child? {
    guard reader.tree.nodes[frame.node].kind == .object else {
      return Child(key: nil, node: frame.next, type: frame.kind.type(of: nil))
    }
    guard !open.contains(frame.next) else { return nil }
    let value = reader.tree.nodes[frame.next].next
    guard value < end else { return nil }
    let key = reader.text(of: frame.next)
    return Child(key: key, node: value, type: frame.kind.type(of: key))
  }

  private mutating func take(_ child: Child) {
    var value: Value?
    if let type = child.type {
      var fitter = Fitter(wanted, LooseText(reader), options, cut: nil)
      value = fitter.fit(child.node, type)
      if child.key == nil { fitted.add(child.node, type, Fitter.Outcome(value: value, log: fitter.log)) }
    }
    frames[frames.count - 1].add(value, child.key)
    frames[frames.count - 1].place.next = reader.tree.nodes[child.node].next
  }

  /// A container has ended: what it came to goes to the one around it.
  private mutating func close() {
    var ended = frames.removeLast()
    let value = ended.complete()
    guard let parent = frames.last?.place else {
      settled = value
      return
    }
    let key = key(in: parent)
    frames[frames.count - 1].add(value, key)
    frames[frames.count - 1].place.next = reader.tree.nodes[ended.place.node].next
  }

  /// The key of the part that is being read in an object.
  private func key(in frame: PartialFrame.Place) -> String? {
    guard reader.tree.nodes[frame.node].kind == .object, frame.next < reader.tree.nodes.count else {
      return nil
    }
    return reader.text(of: frame.next)
  }

  /// The text that is being written, where one is wanted there.
  private func openText() -> Value? {
    guard let frame = frames.last?.place, let node = reader.open.last,
      reader.tree.nodes[node].kind == .string,
      let child = child(of: frame, before: reader.tree.nodes.count, reader.open), child.node == node,
      let type = child.type, wanted.members(type).contains(where: { wanted[$0].type == .string })
    else { return nil }
    return .string(reader.text(of: node))
  }
}

extension LooseTree.Node {
  var isContainer: Bool { kind == .object || kind == .list }
}
