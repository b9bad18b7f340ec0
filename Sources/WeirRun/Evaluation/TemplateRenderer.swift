import WeirDiagnostics
package import WeirEndpoint
package import WeirProgram
package import WeirValues

/// Turns the expression of a prompt into what is sent: text, with pictures in their places.
///
/// A string goes in as it is, numbers and booleans as JSON writes them, lists and records as
/// indented JSON, a picture or a list of them as itself. Null is a failure. What goes in is never
/// itself read as a template.
package struct TemplateRenderer {
  let evaluator: Evaluator

  package init(_ evaluator: Evaluator) { self.evaluator = evaluator }

  package func prompt(of expression: Expression) throws(EvaluationFailure) -> [PromptPart] {
    var builder = PromptBuilder()
    var locals: [Value] = []
    try evaluator.render(expression, into: &builder, &locals)
    return builder.finish()
  }

  /// A prompt that takes no pictures, such as `system`.
  package func text(
    of expression: Expression, locals: [Value] = []
  ) throws(EvaluationFailure) -> String {
    var builder = PromptBuilder()
    var locals = locals
    try evaluator.render(expression, into: &builder, &locals)
    return try evaluator.plainText(of: builder, at: expression.span)
  }
}

extension Evaluator {
  func text(
    of template: Template, at span: Span, _ locals: inout [Value]
  ) throws(EvaluationFailure) -> String {
    var builder = PromptBuilder()
    try render(template, into: &builder, &locals)
    return try plainText(of: builder, at: span)
  }

  fileprivate func plainText(of builder: PromptBuilder, at span: Span) throws(EvaluationFailure) -> String {
    if builder.hasMedia {
      throw EvaluationFailure("a picture or file can stand only in a prompt", at: span)
    }
    return builder.plainText
  }

  /// Templates and the branches of a condition are rendered in place, so that a picture in them
  /// keeps its place; everything else has a value first.
  fileprivate func render(
    _ expression: Expression, into builder: inout PromptBuilder, _ locals: inout [Value]
  ) throws(EvaluationFailure) {
    switch expression.kind {
    case .template(let template): try render(template, into: &builder, &locals)
    case .conditional(let condition, let then, let otherwise):
      try render(try bool(of: condition, &locals) ? then : otherwise, into: &builder, &locals)
    default: try add(try value(of: expression, &locals), of: expression, to: &builder)
    }
  }

  private func render(
    _ template: Template, into builder: inout PromptBuilder, _ locals: inout [Value]
  ) throws(EvaluationFailure) {
    for part in template.parts {
      switch part {
      case .text(let text): builder.add(text)
      case .value(let expression): try render(expression, into: &builder, &locals)
      case .choice(let branches, let otherwise):
        if let body = try chosen(branches, otherwise, &locals) { try render(body, into: &builder, &locals) }
      case .loop(let list, let depth, let body):
        for (index, element) in try self.list(of: list, &locals).enumerated() {
          locals.enter(depth, element, .int(index))
          try render(body, into: &builder, &locals)
        }
        locals.leave(depth)
      }
    }
    if template.dropsLastLineBreak { builder.dropLastLineBreak() }
  }

  private func chosen(
    _ branches: [Template.Branch], _ otherwise: Template?, _ locals: inout [Value]
  ) throws(EvaluationFailure) -> Template? {
    for branch in branches {
      if try bool(of: branch.condition, &locals) { return branch.body }
    }
    return otherwise
  }

  private func add(
    _ value: Value, of expression: Expression, to builder: inout PromptBuilder
  ) throws(EvaluationFailure) {
    switch value {
    case .string(let text): builder.add(text)
    case .number, .bool: builder.add(value.json())
    case .image(let picture): builder.add(picture)
    case .file(let document): builder.add(document)
    case .secret:
      throw EvaluationFailure("a secret cannot stand in a text", at: expression.span)
    case .null:
      throw EvaluationFailure(
        "\(name(expression) ?? "this value") is null, which a text cannot hold", at: expression.span,
        help: "say what stands there instead with `??`, or leave the place out with `{{ if … }}`")
    case .list(let elements):
      if isMediaOnly(elements, expression.type) {
        for element in elements { try add(element, of: expression, to: &builder) }
      } else {
        builder.add(try indented(value, expression))
      }
    case .record: builder.add(try indented(value, expression))
    }
  }

  /// Whether a list has nothing but pictures and other files, or can have nothing else.
  private func isMediaOnly(_ elements: [Value], _ type: ValueType) -> Bool {
    if !elements.isEmpty { return elements.allSatisfy(\.isMedia) }
    guard case .list(let element, _) = program.types.resolved(type) else { return false }
    return program.types.carriesMedia(element)
  }

  private func indented(_ value: Value, _ expression: Expression) throws(EvaluationFailure) -> String {
    guard value.isJSON else {
      throw EvaluationFailure(
        "a picture or file inside \(value.noun) has no place in a text", at: expression.span,
        help: "put it into the prompt by itself")
    }
    return value.json(indent: 2)
  }
}
