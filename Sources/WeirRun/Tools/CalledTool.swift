package import WeirEndpoint

/// A call of a tool by a model, and what came of it.
package struct CalledTool: Sendable, Hashable {
  /// In which of the rounds of the step, from 1; the calls of one round run at the same time.
  package let round: Int
  /// As the model called it.
  package let name: String
  /// As the model wrote them: JSON, or what it takes for it.
  package let arguments: String
  /// What the model was told.
  package let result: String
  /// Whether that was a complaint or a failure.
  package let isError: Bool
  package let duration: Duration
  /// What a flow has used for it; nil for a program.
  package let usage: Usage?
}
