import WeirDiagnostics

/// What is told of loops, choices, calls and programs.
extension Diagnostic {
  // MARK: Bodies

  static func branchTypes(
    _ name: String, _ first: String, _ second: String, at span: Span, first place: Span
  ) -> Diagnostic {
    Diagnostic(
      .typeMismatch, "`\(name)` is \(first) in one branch and \(second) in another",
      at: [.init(span), .init(place, "\(first) here")],
      help: "give both the same type, or different names")
  }

  static func missingNext(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .missingNext, "the `repeat` of `\(name)` does not say what the next pass begins with", at: span,
      help: "end its body with `next …`, the value of `\(name)` in the next pass")
  }

  static func surplusNext(at span: Span) -> Diagnostic {
    Diagnostic(.misplacedEntry, "a `repeat` has one `next`", at: span, help: "keep the last one")
  }

  static func nextNotLast(at span: Span) -> Diagnostic {
    Diagnostic(
      .misplacedEntry, "`next` stands last in its `repeat`", at: span, help: "move it to the end of the body")
  }

  static func misplacedEntry(_ word: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .misplacedEntry, "`\(word)` stands directly in the body of a `repeat`", at: span,
      help: "move it there, or remove it; what is decided inside an `if` can be a `let` above the `until`")
  }

  static func misplacedInConfiguration(at span: Span) -> Diagnostic {
    Diagnostic(
      .misplacedEntry, "`weir.flow` holds only `defaults`, `limits`, `models` and `provider`", at: span,
      help: "move this into a flow, or give the file another name")
  }

  static func constantUntil(at span: Span) -> Diagnostic {
    Diagnostic(
      .constantUntil, "this condition is the same in every pass", at: span,
      help: "let it hang on the value that goes round or on what the pass makes")
  }

  static func hiddenName(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .unknownName, "`\(name)` is not seen outside of its body", at: span,
      help: "variables of a loop and what stands behind an `until` are seen in the body alone; "
        + "a `let` above the `until` is seen outside")
  }

  // MARK: Calls

  static func unknownFlow(_ name: String, nearest: String?, at span: Span) -> Diagnostic {
    Diagnostic(
      .unknownFlow, "no flow is called `\(name)` here", at: span,
      help: nearest.map { "did you mean `\($0)`?" }
        ?? "say where it is: `use \"./\(name).flow\"`, or `use \"std/\(name)\"`")
  }

  static func callOfModule(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .unknownFlow, "`\(name)` has no result, so it cannot be called", at: span,
      help: "its values and types are used as `\(name).…`; an `output` there would make it a flow")
  }

  static func flowAsValue(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .callInExpression, "`\(name)` is a flow, not a value", at: span,
      help: "call it: `step answer = \(name)(…)`; its names are `\(name).…`")
  }

  static func callInExpression(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .callInExpression, "`\(name)` takes time and may cost money, so it is a step of its own", at: span,
      help: "write `step answer = \(name)(…)` above, and use `answer` here")
  }

  static func flowLikeFunction(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .duplicateName, "`\(name)` is the name of a built-in function", at: span,
      help: "give the flow another name: `use \"…\" as \(name)_flow`")
  }

  static func unnamedArgument(
    _ flow: String, _ inputs: [String], _ index: Int, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      .wrongArgument, "arguments of a flow have names", at: span,
      help: inputs.isEmpty
        ? "`\(flow)` takes none"
        : "write `\(inputs[min(index, inputs.count - 1)]): …`; `\(flow)` takes \(list(inputs))")
  }

  static func unknownArgument(
    _ name: String, of flow: String, _ inputs: [String], at span: Span
  ) -> Diagnostic {
    let guess = inputs.guess(for: name)
    return Diagnostic(
      .wrongArgument,
      name.isEmpty ? "`\(flow)` takes one argument without a name" : "`\(flow)` has no input `\(name)`",
      at: span,
      help: guess?.question ?? (inputs.isEmpty ? "it takes none" : "it takes \(list(inputs))"),
      edits: guess?.edits(at: span) ?? [])
  }

  static func missingArgument(
    _ name: String, _ type: String, of flow: String, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      .missingArgument, "`\(flow)` needs `\(name)`, which is \(type)", at: span, help: "add `\(name): …`")
  }

  static func unknownValueOf(
    _ flow: String, _ name: String, _ known: [String], nearest: String?, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      .unknownName, "`\(flow)` shows no value `\(name)`", at: span,
      help: nearest.map { "did you mean `\($0)`?" }
        ?? "it shows its `let`s that need neither an input nor a step"
        + (known.isEmpty ? ", and has none" : ": \(list(known))"))
  }

  static func unknownTypeOf(
    _ flow: String, _ name: String, _ known: [String], nearest: String?, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      .unknownType, "`\(flow)` has no type `\(name)`", at: span,
      help: nearest.map { "did you mean `\(flow).\($0)`?" }
        ?? (known.isEmpty ? "it has no types" : "it has \(list(known))"))
  }

  // MARK: Steps

  static func metaOfNoStep(_ source: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .wrongArgument, "`meta` takes a step that asks a model, found `\(source)`", at: span,
      help: "name the step itself: `meta(answer).cost`")
  }

  static func continueOfNoStep(_ source: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .badContinue, "`continue` takes an earlier step that asks a model, found `\(source)`", at: span,
      help: "name a step of the same pass, or one outside the loop, that is always asked")
  }

  static func settingWithContinue(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .badContinue, "a step with `continue` keeps the `\(name)` of the conversation that it carries on",
      at: span, help: "remove it here, or set it in the step that begins the conversation")
  }

  static func ofOneStep(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .unknownSetting, "`\(name)` belongs to one step, not to `defaults`", at: span,
      help: "move it into the steps that it is meant for")
  }

  static func ensureWithColon(at span: Span) -> Diagnostic {
    Diagnostic(
      .unknownSetting, "`ensure` is written without a colon", at: span,
      help: "write `ensure CONDITION \"reason\"`")
  }

  // MARK: Programs

  static func missingCommand(at span: Span) -> Diagnostic {
    Diagnostic(
      .wrongArgument, "`run` takes a program and its arguments as a list", at: span,
      help: "write `run([\"git\", \"status\"])`")
  }

  static func commandLine(at span: Span) -> Diagnostic {
    Diagnostic(
      .typeMismatch, "a command is a list of words, found one text", at: span,
      help: "write each word by itself, as in `[\"git\", \"log\", \"{{name}}\"]`: no shell takes a line apart"
    )
  }

  /// `isPlain`: it is of a kind that a template makes text of; else it is a list of strings.
  static func wordOfCommand(_ source: String, _ found: String, isPlain: Bool, at span: Span) -> Diagnostic {
    Diagnostic(
      .typeMismatch, "a word of a command must be `string`, found \(found)", at: span,
      help: isPlain ? "write `\"{{\(source)}}\"`" : "put it behind the list: `[…] + \(source)`")
  }

  static func untrusted(_ source: String, in place: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .untrusted, "text of a model or a program would go into \(place)", at: span,
      help: "check it and write `trusted(…)` around it, or choose among values of your own")
  }

  // MARK: Conditions

  static func impossibleCondition(_ subject: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .impossibleCondition, "no value meets this condition: nothing is left for `\(subject)`", at: span,
      help: "if one of the two is enough, join them with `or`")
  }

  static func unsayableCondition(at span: Span) -> Diagnostic {
    Diagnostic(
      .unsayableCondition, "a schema cannot say this, so the model is not told it; it is checked here",
      severity: .note, at: span,
      help: "say it in the prompt or in a documentation string as well, so that answers need no repair")
  }

  private static func list(_ names: [String]) -> String {
    names.map { "`\($0)`" }.joined(separator: ", ")
  }
}
