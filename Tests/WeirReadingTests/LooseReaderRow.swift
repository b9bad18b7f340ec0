import Testing

@testable import WeirReading

typealias Row = LooseReaderRow

/// A text, the tree that it gives as `LooseReader.dump` draws it, and what is forgiven and where.
struct LooseReaderRow: Sendable, CustomTestStringConvertible {
  let text: String
  let tree: String
  let mends: String

  init(_ text: String, _ tree: String, _ mends: String = "") {
    self.text = text
    self.tree = tree
    self.mends = mends
  }

  var testDescription: String { text }

  /// In one go and byte by byte.
  func check() {
    let reader = LooseReader.read(text)
    #expect(reader.dump == tree)
    #expect(reader.mends == mends)
    var pieces = LooseReader()
    for byte in text.utf8 { pieces.feed([byte]) }
    pieces.finish()
    #expect(pieces.dump == tree)
    #expect(pieces.mends == mends)
    expectWellNested(reader)
  }
}

/// Each node is inside its parent and behind the one before it.
func expectWellNested(_ reader: LooseReader, sourceLocation: SourceLocation = #_sourceLocation) {
  let problem = reader.nestingProblem
  #expect(problem == nil, sourceLocation: sourceLocation)
}

extension LooseReader {
  /// What is wrong with the tree; nil where it is well nested.
  var nestingProblem: String? {
    var node = 0
    for root in tree.roots {
      if root.node != node { return "root at \(root.node), not \(node)" }
      node = tree.nodes[root.node].next
    }
    if node != tree.nodes.count { return "nodes behind the last root" }
    var open: [Int] = []
    for (index, node) in tree.nodes.enumerated() {
      while let last = open.last, tree.nodes[last].next <= index { open.removeLast() }
      if node.next <= index || node.start > node.end || node.end > bytes.count { return "node \(index)" }
      if node.content.lowerBound > node.content.upperBound { return "content of \(index)" }
      if index > 0, tree.nodes[index - 1].start > node.start { return "order of \(index)" }
      if let last = open.last {
        let parent = tree.nodes[last]
        if node.next > parent.next || node.start < parent.start || node.end > parent.end {
          return "\(index) is not inside \(last)"
        }
        if parent.kind != .object && parent.kind != .list { return "\(index) is inside a scalar" }
      }
      if node.kind == .object, children(of: index).count % 2 != 0 { return "fields of \(index)" }
      if node.next > index + 1 { open.append(index) }
    }
    if zip(tree.mends, tree.mends.dropFirst()).contains(where: { $0.offset > $1.offset }) { return "mends" }
    return nil
  }
}
