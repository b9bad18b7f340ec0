import WeirValues

/// A name with parts left open: `*.md`, `page-?.png`, `[ab]*`.
struct NamePattern: Equatable {
  private enum Piece: Equatable {
    case scalar(Unicode.Scalar)
    case any
    /// `*`
    case run
    case oneOf([ClosedRange<Unicode.Scalar>], isNegated: Bool)
  }

  private let pieces: [Piece]

  init(_ text: String) throws(FileFailure.Reason) {
    var pieces: [Piece] = []
    var rest = Substring(text).unicodeScalars
    while let scalar = rest.popFirst() {
      switch scalar {
      case "*": if pieces.last != .run { pieces.append(.run) }
      case "?": pieces.append(.any)
      case "[": pieces.append(try Self.set(&rest, in: text))
      default: pieces.append(.scalar(scalar))
      }
    }
    self.pieces = pieces
  }

  /// What stands between the brackets; a `]` that comes first is one of the characters.
  private static func set(
    _ rest: inout Substring.UnicodeScalarView, in text: String
  ) throws(FileFailure.Reason) -> Piece {
    let isNegated = rest.first == "!" || rest.first == "^"
    if isNegated { rest.removeFirst() }
    var ranges: [ClosedRange<Unicode.Scalar>] = []
    while let low = rest.popFirst() {
      if low == "]", !ranges.isEmpty { return .oneOf(ranges, isNegated: isNegated) }
      guard rest.first == "-", let high = rest.dropFirst().first, high != "]" else {
        ranges.append(low...low)
        continue
      }
      guard low <= high else { throw .badPattern("`\(low)-\(high)` in `\(text)` is the wrong way round") }
      ranges.append(low...high)
      rest.removeFirst(2)
    }
    throw .badPattern("the `[` in `\(text)` is never closed")
  }

  /// Goes back only to the last `*`, so that the work is never more than the pattern's length times the
  /// name's.
  func fits(_ name: [Unicode.Scalar]) -> Bool {
    if name.first == ".", pieces.first != .scalar(".") { return false }
    var (at, piece) = (0, 0)
    var lastRun: (piece: Int, at: Int)?
    while at < name.count {
      if piece < pieces.count, pieces[piece] == .run {
        lastRun = (piece, at)
        piece += 1
      } else if piece < pieces.count, Self.fits(name[at], pieces[piece]) {
        at += 1
        piece += 1
      } else if let run = lastRun {
        // The run takes one character more.
        lastRun = (run.piece, run.at + 1)
        (at, piece) = (run.at + 1, run.piece + 1)
      } else {
        return false
      }
    }
    return pieces[piece...].allSatisfy { $0 == .run }
  }

  private static func fits(_ scalar: Unicode.Scalar, _ piece: Piece) -> Bool {
    switch piece {
    case .scalar(let wanted): scalar == wanted
    case .any: true
    case .run: false
    case .oneOf(let ranges, let isNegated): ranges.contains { $0.contains(scalar) } != isNegated
    }
  }
}
