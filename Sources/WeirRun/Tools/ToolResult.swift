import WeirEndpoint

/// What a model is told about a call.
struct ToolResult: Sendable {
  let text: String
  /// What was wrong, in a line; nil where nothing was.
  var fault: String?
  /// Of the flow that was run for it.
  var usage: Usage?

  var isError: Bool { fault != nil }

  /// For progress: what was wrong, or the beginning of what the model is told.
  var excerpt: String { (fault ?? text).cut(to: 200) }

  /// What the call has given.
  static func given(_ text: String, usage: Usage? = nil) -> ToolResult {
    ToolResult(text: text, usage: usage)
  }

  /// Nothing was run, for the call itself is wrong: every fault in a line.
  static func complaint(_ faults: [String], about tool: String) -> ToolResult {
    ToolResult(
      text: "This call of `\(tool)` cannot be used, and nothing was done:\n\n"
        + faults.map { "- \($0)\n" }.joined() + "\nCall it again, put right, or answer without it.",
      fault: faults.joined(separator: "; "))
  }

  /// It was run, or should have been, and gave nothing.
  static func failure(_ tool: String, _ why: String, usage: Usage? = nil) -> ToolResult {
    ToolResult(text: "The tool `\(tool)` has failed: \(why)", fault: why, usage: usage)
  }
}
