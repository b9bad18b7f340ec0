/// What a model is told about an answer of its own that cannot be used: every fault in a line. What was
/// asked for stands in the conversation already, and is not said again.
package enum RepairAccount {
  /// How each account begins, by which tapes know a question that was sent back.
  package static let opening = "Your answer cannot be used:"

  package static func text(_ faults: [String]) -> String {
    "\(opening)\n\n\(faults.map { "- \($0)\n" }.joined())\nAnswer again: the whole answer, put right, and nothing else."
  }
}
