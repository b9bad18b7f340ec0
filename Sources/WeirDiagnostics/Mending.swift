extension [Diagnostic] {
  /// The bytes of a file with the edits of these diagnostics made, and how many of them were mended.
  ///
  /// What is not edited stays byte for byte. Of two diagnostics whose edits overlap the first in the
  /// source is mended, and the other is left for another round.
  package func mending(_ bytes: [UInt8]) -> (bytes: [UInt8], count: Int) {
    var chosen: [Diagnostic.Edit] = []
    var count = 0
    for diagnostic in mendable {
      let edits = diagnostic.edits.inOrder
      // Two messages with one mend, such as the removal of one line, are both mended by it.
      if chosen.suffix(edits.count) == edits[...] {
        count += 1
      } else if edits.allFit(after: chosen.last, within: bytes.count) {
        chosen += edits
        count += 1
      }
    }
    return (chosen.applied(to: bytes), count)
  }

  /// Those with edits, by the place of the first one.
  private var mendable: [Diagnostic] {
    filter { !$0.edits.isEmpty }.enumerated().sorted { left, right in
      (left.element.firstEdit, left.offset) < (right.element.firstEdit, right.offset)
    }.map(\.element)
  }
}

extension Diagnostic {
  fileprivate var firstEdit: Int { edits.map(\.span.start).min() ?? 0 }
}

extension Diagnostic.Edit {
  fileprivate var isInsertion: Bool { span.start == span.end }
}

extension [Diagnostic.Edit] {
  fileprivate var inOrder: [Diagnostic.Edit] {
    enumerated().sorted { ($0.element.span.start, $0.offset) < ($1.element.span.start, $1.offset) }
      .map(\.element)
  }

  /// Whether each begins where the one before has ended, or later. What two diagnostics put in at one
  /// place would stand in an order that nobody has thought of.
  fileprivate func allFit(after last: Diagnostic.Edit?, within count: Int) -> Bool {
    guard let first else { return false }
    if let last, first.span.start == last.span.end, first.isInsertion || last.isInsertion { return false }
    var end = last?.span.end ?? 0
    for edit in self {
      guard edit.span.start >= end, edit.span.end <= count else { return false }
      end = edit.span.end
    }
    return true
  }

  fileprivate func applied(to bytes: [UInt8]) -> [UInt8] {
    var mended: [UInt8] = []
    mended.reserveCapacity(bytes.count + 16 * count)
    var end = 0
    for edit in self {
      mended += bytes[end..<edit.span.start]
      mended += [UInt8](edit.replacement.utf8)
      end = edit.span.end
    }
    return mended + bytes[end...]
  }
}
