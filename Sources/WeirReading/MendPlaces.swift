import WeirValues

/// Finds the parts of a value in which its syntax was mended.
struct MendPlaces {
  let nodes: [LooseTree.Node]
  let bytes: [UInt8]

  /// Adds the mends as changes, each with the path of the innermost part around it. `mends` are in the order
  /// of the text, as the parts are: both are walked once.
  func add(
    _ mends: ArraySlice<LooseTree.Mend>, in root: Int, at path: ValuePath, to changes: inout [Reading.Change]
  ) {
    var walk = Walk(nodes: nodes, bytes: bytes, mends: mends, next: mends.startIndex, changes: changes)
    changes = []
    walk.changes.reserveCapacity(walk.changes.count + mends.count)
    walk.visit(root, path)
    walk.takeMends(before: .max, path)
    changes = walk.changes
  }

  private struct Walk {
    let nodes: [LooseTree.Node]
    let bytes: [UInt8]
    let mends: ArraySlice<LooseTree.Mend>
    var next: Int
    var changes: [Reading.Change]

    private func hasMend(before offset: Int) -> Bool { next < mends.endIndex && mends[next].offset < offset }

    mutating func takeMends(before offset: Int, _ path: ValuePath) {
      while hasMend(before: offset) {
        changes.append(.init(mends[next].kind, at: path, offset: mends[next].offset))
        next += 1
      }
    }

    mutating func visit(_ index: Int, _ path: ValuePath) {
      let node = nodes[index]
      var child = index + 1
      var place = 0
      while child < node.next, next < mends.endIndex {
        // What has no mend in it need not be walked.
        let value = node.kind == .object ? min(nodes[child].next, node.next - 1) : child
        let end = nodes[value].end
        if hasMend(before: end) {
          takeMends(before: nodes[child].start, path)
          visit(child, value, path.appending(part(child, node.kind, place)))
        }
        place += 1
        child = nodes[value].next
      }
      takeMends(before: node.end, path)
    }

    /// A key with its value, or an element.
    private mutating func visit(_ child: Int, _ value: Int, _ path: ValuePath) {
      if nodes[value].isContainer { visit(value, path) }
      takeMends(before: nodes[value].end, path)
    }

    private func part(_ child: Int, _ kind: LooseTree.Node.Kind, _ place: Int) -> ValuePath.Part {
      kind == .object ? .field(nodes[child].text(in: bytes)) : .element(place)
    }
  }
}
