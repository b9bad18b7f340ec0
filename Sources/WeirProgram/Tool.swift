package import WeirDiagnostics
package import WeirValues

/// Something that a model may call while it answers: `tool name(…) -> T "…" { … }`, or a used flow.
package struct Tool: Sendable {
  /// As the file that declares it has it.
  package let name: String
  /// What it does, for the model.
  package let about: String?
  /// What the model gives: the parameters of a tool, or those inputs of a flow that a model may give.
  package let parameters: [Input]
  package let result: ValueType
  /// Where the name stands.
  package let span: Span
  package let action: Action

  package enum Action: Sendable {
    /// The parameters may stand in it.
    case run(RunStep)
    case flow(FlowID)
  }

  package init(
    name: String, about: String?, parameters: [Input], result: ValueType, span: Span, action: Action
  ) {
    self.name = name
    self.about = about
    self.parameters = parameters
    self.result = result
    self.span = span
    self.action = action
  }
}

/// A tool's place in `Program.tools`.
package struct ToolID: Sendable, Hashable {
  package let index: Int
  package init(_ index: Int) { self.index = index }
}

/// A tool that a step offers.
package struct OfferedTool: Sendable, Hashable {
  /// As the model calls it: letters, digits and `_`, at most 64, and each once in a step.
  package let name: String
  package let id: ToolID
  /// Where the step names it.
  package let span: Span

  package init(name: String, id: ToolID, span: Span) {
    self.name = name
    self.id = id
    self.span = span
  }
}

extension Expression {
  /// The first element of a list, as far as the expression shows it.
  package var firstElement: Expression? {
    switch kind {
    case .list(let elements): elements.first
    case .constant(.list(let values)):
      values.first.map { Expression(.constant($0), type: .string, span: span) }
    case .binary(.add, let left, _): left.firstElement
    default: nil
    }
  }
}

extension Program {
  package subscript(id: ToolID) -> Tool {
    _read { yield tools[id.index] }
  }

  /// The named values that a tool reads beside its own parameters.
  package func needs(of tool: Tool) -> [ValueID] {
    var found: [ValueID] = []
    if case .run(let step) = tool.action { found = step.expressions.flatMap(\.references) }
    for parameter in tool.parameters {
      if case .run = tool.action { found += parameter.defaultValue?.references ?? [] }
      let conditions = (parameter.notes.condition.map { [$0] } ?? []) + conditions(of: parameter.type)
      found += conditions.flatMap { self[$0].expression.references }
    }
    let own = Set(tool.parameters.map(\.id))
    return found.filter { !own.contains($0) }
  }
}
