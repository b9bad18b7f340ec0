import WeirDiagnostics

/// What is told of tools.
extension Diagnostic {
  static func unknownTool(_ name: String, isName: Bool, nearest: Guess?, at span: Span) -> Diagnostic {
    Diagnostic(
      .unknownTool, isName ? "no tool or flow is called `\(name)` here" : "`\(name)` is not a tool",
      at: span,
      help: nearest?.question
        ?? "name a `tool` that stands above, or a flow that is used; one of a module is `tone.name`",
      edits: nearest?.edits(at: span) ?? [])
  }

  static func unknownToolOf(_ flow: String, _ name: String, _ known: [String], at span: Span) -> Diagnostic {
    let nearest = known.guess(for: name)
    let all = known.map { "`\(flow).\($0)`" }.joined(separator: ", ")
    return Diagnostic(
      .unknownTool, "`\(flow)` shows no tool `\(name)`", at: span,
      help: nearest?.question
        ?? "it shows its tools that need neither an input nor a step"
        + (known.isEmpty ? ", and has none" : ": \(all)"),
      edits: nearest?.edits(at: span) ?? [])
  }

  static func valueAsTool(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .unknownTool, "`\(name)` is a value, not a tool", at: span,
      help: "a model can call a `tool` and a used flow; what it is to know stands in the prompt")
  }

  static func toolsNotListed(at span: Span) -> Diagnostic {
    Diagnostic(
      .unknownTool, "`tools` is a list of the names of tools and flows", at: span,
      help: "write `tools: [weather, summarize]`")
  }

  static func toolAsValue(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .callInExpression, "`\(name)` is a tool, not a value", at: span,
      help: "a model calls it: write `tools: [\(name)]` in a step")
  }

  static func toolAsFlow(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .unknownFlow, "`\(name)` is a tool, which only a model calls", at: span,
      help: "write `tools: [\(name)]` in a step, or run the program itself: `step x = run([…])`")
  }

  static func sameTool(_ name: String, at span: Span, first: Span) -> Diagnostic {
    Diagnostic(
      .duplicateName, "two tools of this step are called `\(name)`",
      at: [.init(span), .init(first, "the first one")],
      help: "remove one, or give the flow that it comes from another name with `as`")
  }

  static func unusedTool(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .unusedTool, "no step offers the tool `\(name)`", severity: .warning, at: span,
      help: "write `tools: [\(name)]` in a step, or remove it")
  }

  static func undescribedTool(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .undescribedTool, "the tool `\(name)` does not say what it does", severity: .warning, at: span,
      help: "write it behind the result, as in `-> string \"The weather now\"`: models choose tools by it")
  }

  static func unusedRounds(at span: Span) -> Diagnostic {
    Diagnostic(
      .unusedRounds, "`rounds` says how often tools may be called, and this step has none",
      severity: .warning, at: span, help: "remove it, or add `tools: […]`")
  }

  // MARK: What a model cannot use

  static func endpointWithoutTools(
    _ step: String, _ provider: String, _ kind: String, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      .noTools, "step `\(step)` asks `\(provider)`, and `\(kind)` has no tools", at: span,
      help: "ask OpenRouter (`openrouter:…`), or fal by a `provider` of kind `\"fal-openai\"`")
  }

  static func mediaParameter(_ name: String, _ type: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .unusableTool, "a model cannot give `\(name)`: it is \(type), and a model can write only text",
      at: span, help: "let it give a name or an address, as a `string`")
  }

  static func programOfParameter(at span: Span) -> Diagnostic {
    Diagnostic(
      .unusableTool, "a model must not choose the program that a tool runs", at: span,
      help: "write the program as a string; what the model gives may stand behind it")
  }

  static func toolOfModule(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .unusableTool, "`\(name)` has no result, so it cannot be a tool", at: span,
      help: "its tools are named `\(name).…`; an `output` there would make it a flow")
  }

  static func toolWithoutAbout(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .unusableTool, "the flow `\(name)` does not say what it does, which a model must know to call it",
      at: span, help: "write `about \"…\"` at the top of its file")
  }

  static func toolInput(_ flow: String, _ input: String, _ reason: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .unusableTool, "a model cannot give the input `\(input)` of `\(flow)`: \(reason)", at: span,
      help: "give `\(input)` a default there, and the model is not asked for it")
  }
}
