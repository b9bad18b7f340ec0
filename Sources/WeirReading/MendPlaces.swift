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
    var walk = Walk(reader: reader, mends: mends, next: mends.startIndex, path: path)
    walk.changes.reserveCapacity(mends.count)
    walk.visit(root)
    walk.takeMends(before: .max)
    return walk.changes
  }

  private struct Walk {
    let reader: LooseReader
    let mends: ArraySlice<LooseTree.Mend>
    var next: Int
    var path: [ValuePath.Part]
    var changes: [Reading.Change] = []

    private func hasMend(before offset: Int) -> Bool { next < mends.endIndex && mends[next].offset < offset }

    mutating func takeMends(before offset: Int) {
      guard hasMend(before: offset) else { return }
      // A copy, as the walk goes on with its own.
      let place = ValuePath(path.withUnsafeBufferPointer { Array($0) })
      while hasMend(before: offset) {
        changes.append(.init(mends[next].kind, at: place, offset: mends[next].offset))
        next += 1
      }
    }

    mutating func visit(_ index: Int) {
      let node = reader.tree.nodes[index]
      var child = index + 1
      var place = 0
      while child < node.next, next < mends.endIndex {
        // What has no mend in it need not be walked.
        let value = node.kind == .object ? min(reader.tree.nodes[child].next, node.next - 1) : child
        let end = reader.tree.nodes[value].end
        if hasMend(before: end) {
          takeMends(before: reader.tree.nodes[child].start)
          path.append(node.kind == .object ? .field(reader.text(of: child)) : .element(place))
          if reader.tree.nodes[value].isContainer { visit(value) }
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
