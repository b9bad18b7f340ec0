import WeirValues

/// Finds the parts of a value in which its syntax was mended.
struct MendPlaces {
  private let reader: LooseReader

  init(_ reader: LooseReader) { self.reader = reader }

  /// The mends as changes, each with the path of the innermost part around it. `mends` are in the order of
  /// the text, as the parts are: both are walked once.
  func changes(
    _ mends: ArraySlice<LooseTree.Mend>, in root: Int, from path: [ValuePath.Part] = []
  ) -> [Reading.Change] {
    guard !mends.isEmpty else { return [] }
    var walk = Walk(reader: reader, mends: mends, path: path)
    walk.visit(root)
    walk.takeMends(before: .max)
    return walk.changes
  }

  private struct Walk {
    let reader: LooseReader
    var mends: ArraySlice<LooseTree.Mend>
    var path: [ValuePath.Part]
    var changes: [Reading.Change] = []

    mutating func takeMends(before offset: Int) {
      while let mend = mends.first, mend.offset < offset {
        changes.append(.init(mend.kind, at: ValuePath(path), offset: mend.offset))
        mends.removeFirst()
      }
    }

    mutating func visit(_ index: Int) {
      let node = reader.tree.nodes[index]
      var child = index + 1
      var place = 0
      while child < node.next, let mend = mends.first {
        // What has no mend in it need not be walked.
        let value = node.kind == .object ? min(reader.tree.nodes[child].next, node.next - 1) : child
        let end = reader.tree.nodes[value].end
        if mend.offset < end {
          takeMends(before: reader.tree.nodes[child].start)
          path.append(node.kind == .object ? .field(reader.text(of: child)) : .element(place))
          visit(value)
          takeMends(before: end)
          path.removeLast()
        }
        place += 1
        child = reader.tree.nodes[value].next
      }
      takeMends(before: node.end)
    }
  }
}
