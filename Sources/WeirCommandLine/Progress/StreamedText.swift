import WeirEndpoint
import WeirRun

/// The text of one step on standard output while it comes, without the white space at its ends, as the result
/// of the run has it.
///
/// What stands on the screen cannot be taken back. Where the answer begins anew, nothing is written as long as it
/// says the same again; where it says something else, it begins on a line of its own.
struct StreamedText {
  private let step: String
  /// What has been written of the answer that stands there last.
  private var shown: [UInt8] = []
  /// How much of it the answer has said; less than all of it after a new beginning.
  private var matched = 0
  /// What is written only if more than white space follows.
  private var blanks: [UInt8] = []
  /// How many line breaks were written.
  private var lineBreaks = 0
  /// The line on which what stands there last begins, where something else stands before it.
  private(set) var newBeginning: Int?

  init(of step: String) { self.step = step }

  /// Whether it stands on a line that has not ended.
  var isOpen: Bool { !shown.isEmpty }

  /// What is to be written for an event.
  mutating func text(for event: RunEvent) -> String {
    switch event {
    case .answering(let pass, .text(let piece)) where isOfStep(pass): return add(Array(piece.utf8))
    case .answering(let pass, .rewritten(let text)) where isOfStep(pass):
      beginAnew()
      return add(Array(text.utf8))
    case .repairing(let pass, _) where isOfStep(pass), .fallingBack(let pass, _, _) where isOfStep(pass),
      .calling(let pass, _, _) where isOfStep(pass):
      beginAnew()
      return ""
    default: return ""
    }
  }

  private func isOfStep(_ pass: StepPass) -> Bool { pass.step == step && pass.pass.isEmpty }

  private mutating func beginAnew() {
    matched = 0
    blanks = []
  }

  /// What is still to be written when the result is there, its line break with it.
  mutating func rest(of result: String) -> String {
    if shown.isEmpty { return "\(result)\n" }
    beginAnew()
    let rest = add(Array(result.utf8))
    let end = blanks
    blanks = []
    // What stands there may be longer than the result.
    if matched < shown.count {
      newBeginning = lineBreaks + 2
      return "\n\(result)\n"
    }
    return rest + String(decoding: end, as: UTF8.self) + "\n"
  }

  private mutating func add(_ piece: [UInt8]) -> String {
    blanks += piece
    guard let last = blanks.lastIndex(where: { !$0.isBlank }) else {
      if matched == 0 { blanks = [] }
      return ""
    }
    var new = blanks[...last]
    blanks = Array(blanks[(last + 1)...])
    if matched == 0 { new = new.drop(while: \.isBlank) }
    return write(new)
  }

  private mutating func write(_ new: ArraySlice<UInt8>) -> String {
    let same = zip(shown[matched...], new).prefix { $0 == $1 }.count
    if same == new.count {
      matched += same
      return ""
    }
    if matched + same == shown.count {
      let more = new.dropFirst(same)
      shown += more
      lineBreaks += more.count { $0 == UInt8(ascii: "\n") }
      matched = shown.count
      return String(decoding: more, as: UTF8.self)
    }
    shown = Array(shown[..<matched] + new)
    matched = shown.count
    newBeginning = lineBreaks + 2
    lineBreaks += 1 + shown.count { $0 == UInt8(ascii: "\n") }
    return "\n" + String(decoding: shown, as: UTF8.self)
  }
}

extension UInt8 {
  fileprivate var isBlank: Bool { self <= 0x20 }
}
