import WeirDiagnostics
import WeirProgram
import WeirSyntax
import WeirValues

extension Diagnostic {
  // MARK: Names

  static func unknownName(_ name: String, nearest: Guess?, at span: Span) -> Diagnostic {
    if ["endif", "endfor", "endeach", "endunless"].contains(name) {
      return Diagnostic(
        .unknownName, "no value named `\(name)` is in scope", at: span,
        help: "a section ends with `{{ end }}`")
    }
    return Diagnostic(
      .unknownName, "no value named `\(name)` is in scope", at: span,
      help: nearest?.question ?? "declare it above, with `input \(name): string` or `let \(name) = …`",
      edits: nearest?.edits(at: span) ?? [])
  }

  static func declaredLater(_ name: String, at span: Span, declaration: Span) -> Diagnostic {
    guard span.start < declaration.start else {
      return Diagnostic(
        .declaredLater, "`\(name)` cannot be used in its own declaration",
        at: [.init(span), .init(declaration, "declared here")], help: "leave it out, or use another value")
    }
    return Diagnostic(
      .declaredLater, "`\(name)` is used before it is declared",
      at: [.init(span), .init(declaration, "declared here")],
      help: "move the declaration of `\(name)` above its use")
  }

  static func duplicateName(_ name: String, at span: Span, first: Span?) -> Diagnostic {
    let labels = [Label(span)] + (first.map { $0 == span ? [] : [Label($0, "first declared here")] } ?? [])
    return Diagnostic(
      .duplicateName, "the name `\(name)` is taken", at: labels, help: "give one of the two another name")
  }

  static func unknownType(_ name: String, nearest: Guess?, at span: Span) -> Diagnostic {
    Diagnostic(
      .unknownType, "no type is named `\(name)`", at: span,
      help: wayToWrite(name) ?? nearest?.question ?? "declare it above, with `type \(name) { … }`",
      edits: nearest?.edits(at: span) ?? [])
  }

  /// What other languages have a word for, and this one a sign.
  private static func wayToWrite(_ type: String) -> String? {
    switch type.lowercased() {
    case "list", "array", "vec", "set", "tuple": "a list is written with its element inside: `[string]`"
    case "dict", "map", "dictionary", "record", "object":
      "write `[string: T]`, or the fields: `{name: string}`"
    case "optional", "maybe": "what may be null is written `T?`"
    case "enum", "literal": "write the values: `\"calm\" | \"tense\"`"
    default: nil
    }
  }

  static func unknownField(
    _ name: String, of type: String, fields: [String], nearest: Guess?, at span: Span
  ) -> Diagnostic {
    let known = fields.isEmpty ? nil : "its fields are " + fields.map { "`\($0)`" }.joined(separator: ", ")
    return Diagnostic(
      .unknownField, "\(type) has no field `\(name)`", at: span,
      help: nearest?.question ?? known, edits: nearest?.edits(at: span) ?? [])
  }

  static func fieldOfElements(_ name: String, of type: String, _ base: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .unknownField, "\(type) is a list, and only its elements have the field `\(name)`", at: span,
      help: base.utf8.count > 40
        ? nil : "write `[x.\(name) for x in \(base)]`, or one of them: `\(base)[0].\(name)`")
  }

  static func fieldOfSome(_ name: String, of type: String, _ base: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .unknownField, "not every member of \(type) has the field `\(name)`", at: span,
      help: "write `\(base)?.\(name)`, which is null where it is missing")
  }

  static func unknownFunction(_ name: String, nearest: Guess?, at span: Span) -> Diagnostic {
    Diagnostic(
      .unknownFunction, "no function is named `\(name)`", at: span,
      help: nearest?.question ?? "`docs/language.md` lists the functions",
      edits: nearest?.edits(at: span) ?? [])
  }

  static func functionOnNothing(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .unknownFunction, "`\(name)` is called on a value", at: span,
      help: "write `x.\(name)`, with the value for `x`")
  }

  static func misplacedIt(at span: Span) -> Diagnostic {
    Diagnostic(
      .misplacedIt, "`it` has no meaning here", at: span,
      help: "`it` is the value in a `where`, and the element in `sort(…)`, `any(…)` and their like")
  }

  // MARK: Settings and entries

  /// Fields of requests that services know and the language has no word for (OpenRouter: api/parameters; OpenAI:
  /// api-reference/chat/create).
  private static let fieldsOfRequests: Set<String> = [
    "frequency_penalty", "include_reasoning", "logit_bias", "logprobs", "metadata", "min_p", "modalities",
    "parallel_tool_calls", "plugins", "prediction", "presence_penalty", "repetition_penalty", "service_tier",
    "store", "top_a", "top_k", "top_logprobs", "transforms", "user", "verbosity", "web_search_options",
  ]

  static func unknownSetting(_ name: String, of owner: String, known: [String], at span: Span) -> Diagnostic {
    if fieldsOfRequests.contains(name), known.contains("options") {
      return Diagnostic(
        .unknownSetting, "\(owner) has no setting `\(name)`", at: span,
        help: "what goes to the service as it is stands in `options`: `options: { \(name): … }`")
    }
    let nearest = known.guess(for: name)
    return Diagnostic(
      .unknownSetting, "\(owner) has no setting `\(name)`", at: span,
      help: nearest?.question ?? "it takes " + known.map { "`\($0)`" }.joined(separator: ", "),
      edits: nearest?.edits(at: span) ?? [])
  }

  static func duplicateSetting(_ name: String, at span: Span, first: Span) -> Diagnostic {
    Diagnostic(
      .duplicateSetting, "`\(name)` is set twice", at: [.init(span), .init(first, "first set here")],
      help: "remove one of them")
  }

  static func missingSetting(_ name: String, of owner: String, at span: Span) -> Diagnostic {
    Diagnostic(.missingSetting, "\(owner) has no `\(name)`", at: span, help: "add `\(name): …`")
  }

  /// A warning: `weir run --model` may still name one.
  static func noModel(_ step: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .noModel, "step `\(step)` names no model", severity: .warning, at: span,
      help: "write `model: \"…\"` in the step or in `defaults`, or run it with `--model`")
  }

  static func duplicateEntry(_ word: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .duplicateEntry, "a file has one `\(word)`", at: span, help: "put what it says into the first one")
  }

  static func lateDefaults(at span: Span, step: Span) -> Diagnostic {
    Diagnostic(
      .lateDefaults, "`defaults` stands above the first step",
      at: [.init(span), .init(step, "a step above it")], help: "move `defaults` up")
  }

  static func plainString(at span: Span) -> Diagnostic {
    Diagnostic(
      .plainString, "what documents or names has no tags", at: span, help: "write the text without `{{ }}`")
  }

  static func suspiciousDocumentation(_ text: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .suspiciousDocumentation, "`\"\(text)\"` is taken as documentation of the type before it",
      severity: .warning, at: span, help: "if it is one of the values, put a `|` before it")
  }

  static func mixedOutputs(at span: Span) -> Diagnostic {
    Diagnostic(
      .mixedOutputs, "an output without a name is the only one", at: span,
      help: "give it a name, `output name = …`, or leave the others out")
  }

  static func missingOutput(at span: Span) -> Diagnostic {
    Diagnostic(
      .missingOutput, "the flow does not say what its result is", at: span,
      help: "end it with `output …`, or with the step whose answer is the result")
  }

  static func unused(_ word: String, _ name: String, _ code: DiagnosticCode, at span: Span) -> Diagnostic {
    let what = word == "step" ? "the answer of the step `\(name)`" : "the \(word) `\(name)`"
    let cost = word == "step" ? " (it would cost money all the same)" : ""
    return Diagnostic(
      code, "nothing uses \(what)", severity: .warning, at: span, help: "use it or remove it\(cost)")
  }

  static func unusedUse(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .unusedUse, "nothing uses `\(name)`", severity: .warning, at: span,
      help: "call it, offer it as a tool, name something of it as `\(name).…`, or remove the line")
  }

  // MARK: Types

  static func mismatch(_ value: Expression, wanted: String, found: String, as what: String) -> Diagnostic {
    Diagnostic(
      .typeMismatch, "\(what) must be \(wanted), found \(found)", at: value.span,
      help: conversion(of: value, to: wanted))
  }

  /// How a value of one plain type is made one of another.
  private static func conversion(of value: Expression, to wanted: String) -> String {
    switch (value.kind, wanted) {
    case (.constant(.string), "`int`"), (.constant(.string), "`number`"): "write the number without quotes"
    case (.constant(.string), "`bool`"): "write `true` or `false`"
    case (.constant(.number), "`int`"): "write a whole number"
    case (_, "`string`"): "make it text with a template: `\"{{ … }}\"`"
    case (_, "`int`") where value.type == .number: "round it: `(…).round`"
    default: "give a value of type \(wanted)"
    }
  }

  static func notACondition(
    _ source: String, _ found: String, _ type: ValueType, at span: Span
  ) -> Diagnostic {
    let help: String? =
      switch type {
      case .string, .text: "compare it: `\(source) != \"\"`"
      case .int, .number, .constant: "compare it: `\(source) != 0`"
      case .list, .dictionary: "ask for its length: `\(source).count > 0`"
      case .union(let members) where members.contains(.null): "compare it: `\(source) != null`"
      case .union(let members):
        members.lazy.compactMap { if case .text(let text) = $0 { text } else { nil } }.first.map {
          "compare it: `\(source) == \"\($0)\"`"
        }
      default: nil
      }
    return Diagnostic(
      .typeMismatch, "a condition must be `bool`, found \(found)", at: span,
      help: source.contains("\n") || source.utf8.count > 40 ? nil : help)
  }

  static func optionalValue(_ what: String, _ found: String, wanted: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .optionalValue, "\(what) must be \(wanted), found \(found), which may be null", at: span,
      help: "say what holds for null with `?? …`, or ask with `if … != null`")
  }

  static func optionalBase(_ base: String, _ type: String, _ field: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .optionalValue, "`\(base)` is \(type), which may be null", at: span,
      help: "write `\(base)?.\(field)`, or ask with `if \(base) != null`")
  }

  static func optionalInText(
    _ source: String, _ type: String, at span: Span, edits: [Edit]
  ) -> Diagnostic {
    let value = source.hasPrefix("if ") ? "(\(source))" : source
    return Diagnostic(
      .optionalInText, "`\(source)` is \(type), and null has no text", at: span,
      help: "write `{{ \(value) ?? \"…\" }}`, or put it inside `{{ if \(value) != null }} … {{ end }}`",
      edits: edits)
  }

  static func misplacedMedia(_ type: String, in place: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .misplacedImage, "\(type) cannot stand in \(place)", at: span,
      help: "a picture goes into a `prompt`, as `{{ photo }}`")
  }

  static func mediaInside(_ type: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .misplacedImage, "an input cannot be \(type)", at: span,
      help: "make it an input of its own: `image`, `image?` or `[image]`")
  }

  static func neverEqual(_ sign: String, _ left: String, _ right: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .neverEqual, "\(left) is never equal to \(right)", at: span,
      help: "compare values of one type; a literal must be one of those that the type allows")
  }

  static func badOperand(_ sign: String, _ wanted: String, _ found: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .typeMismatch, "`\(sign)` takes \(wanted), found \(found)", at: span, help: "give it \(wanted)")
  }

  static func badOperands(
    _ sign: String, _ wanted: String, _ left: String, _ right: String, at span: Span, help: String?
  ) -> Diagnostic {
    Diagnostic(
      .typeMismatch, "`\(sign)` takes \(wanted), found \(left) and \(right)", at: span,
      help: help ?? "give it \(wanted)")
  }

  static func needlessFallback(
    _ source: String, _ type: String, at span: Span, edits: [Edit]
  ) -> Diagnostic {
    Diagnostic(
      .needlessFallback, "the left side of `??` is \(type), which is never null", severity: .warning,
      at: span,
      help: source.utf8.count > 40 ? "leave out the `??` and what follows it" : "write just `\(source)`",
      edits: edits)
  }

  static func notAList(_ type: String, isOptional: Bool, for what: String, at span: Span) -> Diagnostic {
    Diagnostic(
      isOptional ? .optionalValue : .typeMismatch, "\(what) goes over a list, found \(type)", at: span,
      help: isOptional
        ? "say what holds for null: `(… ?? [])`" : "give it a list, such as `[a, b]` or `1...5`")
  }

  static func notIndexable(_ type: String, isOptional: Bool, at span: Span) -> Diagnostic {
    Diagnostic(
      isOptional ? .optionalValue : .typeMismatch, "only lists and dictionaries have elements, found \(type)",
      at: span,
      help: isOptional ? "take care of null first, with `??` or `if … != null`" : "leave out the `[…]`")
  }

  static func wrongArgument(_ message: String, at span: Span, help: String?) -> Diagnostic {
    Diagnostic(.wrongArgument, message, at: span, help: help)
  }

  /// The label of the only argument can go; of several, it may say that they stand in another order.
  static func labelledArgument(
    _ label: String, of function: String, at span: Span, before value: Span, isOnly: Bool
  ) -> Diagnostic {
    Diagnostic(
      .wrongArgument, "`\(function)` takes no argument by name", at: span, help: "leave out `\(label):`",
      edits: isOnly ? [Edit(Span(span.start..<value.start, in: span.file), "")] : [])
  }

  static func typeOfItself(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .endlessType, "the type `\(name)` is one of its own members", at: span,
      help: "leave it out of the union; in a field or a list it may stand")
  }

  static func endlessType(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .endlessType, "a value of type `\(name)` could never end", at: span,
      help: "reach `\(name)` through a list or an optional")
  }

  // MARK: Values

  static func outOfRange(_ what: String, _ number: Number, _ range: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .outOfRange, "\(what) must be \(range), found \(number)", at: span, help: "choose a number \(range)")
  }

  static func missingUnit(_ what: String, _ noun: String, _ example: String, at span: Span) -> Diagnostic {
    Diagnostic(.unit, "\(what) is \(noun) and needs a unit", at: span, help: "write it like `\(example)`")
  }

  static func surplusUnit(_ what: String, at span: Span) -> Diagnostic {
    Diagnostic(.unit, "\(what) is a plain number", at: span, help: "leave out the unit")
  }

  static func needsStep(_ what: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .needsStep, "\(what) must be known before the first request, and this needs a step's answer", at: span,
      help: "use literals, inputs, and `let`s over them")
  }

  static func notConstant(_ what: String, _ wanted: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .notConstant, "\(what) must be \(wanted), written out", at: span,
      help: "write the value itself in this place")
  }

  /// `more` is what it may be besides those words.
  static func unknownChoice(
    _ what: String, _ found: String, _ known: [String], or more: [String] = [], at span: Span
  ) -> Diagnostic {
    let nearest = known.guess(for: found).map { Guess("\"\($0.name)\"", isOnly: $0.isOnly) }
    return Diagnostic(
      .unknownChoice, "\(what) cannot be `\(found)`", at: span,
      help: nearest?.question
        ?? "it is one of " + (known.map { "`\"\($0)\"`" } + more).joined(separator: ", "),
      edits: nearest?.edits(at: span) ?? [])
  }

  static func badAddress(_ text: String, like example: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .badAddress, "`\(text)` is not an address", at: span, help: "write it whole: `\"\(example)\"`")
  }

  static func noRecord(_ setting: String, found: String, at span: Span) -> Diagnostic {
    let example = setting == "routing" ? "sort: \"price\"" : "min_p: 0.1"
    return Diagnostic(
      .typeMismatch, "`\(setting)` must be a record, found \(found)", at: span,
      help: "write it as `\(setting): { \(example) }`")
  }

  static func keyNotFromEnvironment(at span: Span) -> Diagnostic {
    Diagnostic(
      .misplacedSecret, "a key comes from the environment or from a secret input", at: span,
      help: "write `key: env(\"NAME_OF_THE_VARIABLE\")`")
  }

  static func misplacedSecret(in place: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .misplacedSecret, "a secret cannot stand in \(place)", at: span,
      help: "it goes nowhere but into `key` and `headers` of a provider, `env` of `run`, and a secret input")
  }
}

// MARK: Comments

extension Diagnostic {
  static func unknownCode(_ name: String, nearest: Guess?, at span: Span) -> Diagnostic {
    Diagnostic(
      .unknownCode, "no check reports `\(name)`", severity: .warning, at: span,
      help: nearest?.question ?? "`weir explain` lists the codes", edits: nearest?.edits(at: span) ?? [])
  }

  static func unusedAllow(_ code: String, at span: Span, edits: [Edit]) -> Diagnostic {
    Diagnostic(
      .unusedAllow, "there is no `\(code)` to allow here", severity: .warning, at: span, help: "remove it",
      edits: edits)
  }

  static func emptyAllow(at span: Span) -> Diagnostic {
    Diagnostic(
      .unusedAllow, "this comment allows nothing", severity: .warning, at: span,
      help: "name the codes, parted by commas: `# weir: allow unused-input`")
  }
}
