package import WeirDiagnostics
import WeirProgram
import WeirRun
import WeirValues

extension Input {
  func isRequired(_ types: TypeTable) -> Bool { defaultValue == nil && !types.isOptional(type) }

  /// `--photo PICTURE`
  func usage(_ types: TypeTable) -> String {
    let bare = types.resolved(types.withoutNull(type))
    return bare == .bool ? flag : "\(flag) \(placeholder(bare, types))"
  }

  private func placeholder(_ type: ValueType, _ types: TypeTable) -> String {
    switch type {
    case .image: "PICTURE"
    case .file: "FILE"
    case .int, .number, .constant: "NUMBER"
    case .string, .text, .secret: "TEXT"
    case .list(let element, _): placeholder(types.resolved(element), types)
    case .union(let members):
      members.allSatisfy { if case .text = types.resolved($0) { true } else { false } } ? "WORD" : "JSON"
    case .bool, .null, .json, .record, .dictionary, .named, .error: "JSON"
    }
  }

  /// `string = "warm". The voice of the post`
  func description(_ types: TypeTable, _ source: (Span) -> String) -> String {
    var text = types.describe(type)
    if let defaultValue {
      text += " = \(source(defaultValue.span))"
    } else if !types.isOptional(type) {
      text += ", required"
    }
    if case .list = types.resolved(types.withoutNull(type)) { text += ", may be repeated" }
    if let documentation = notes.documentation { text += ". \(documentation)" }
    return text
  }
}

extension Diagnostic {
  /// Names the input, its type, its documentation and its flag.
  static func missingInput(_ input: Input, _ types: TypeTable) -> Diagnostic {
    let isSecret = types.resolved(types.withoutNull(input.type)) == .secret
    // What stands on a command line is seen by everybody on the machine.
    let help =
      isSecret
      ? "set the environment variable `\(input.name.uppercased())`, or give it with `\(input.usage(types))`"
      : "give it with `\(input.usage(types))`"
    return Diagnostic(
      .missingInput, "the input `\(input.name)` is missing: \(about(input, types))", at: input.span,
      help: help)
  }

  static func badInput(_ input: Input, _ types: TypeTable, _ message: String, help: String?) -> Diagnostic {
    Diagnostic(
      .badInput, "the input `\(input.name)` (\(about(input, types))) cannot be used: \(message)",
      at: input.span,
      help: help ?? "give it with `\(input.usage(types))`")
  }

  private static func about(_ input: Input, _ types: TypeTable) -> String {
    let type = types.describe(input.type)
    return input.notes.documentation.map { "\(type), \"\($0)\"" } ?? type
  }
}

extension DiagnosticCode {
  /// What the command line reports.
  package static let inputCodes: [DiagnosticCode] = [.badInput, .emptyFlow]

  static let badInput = DiagnosticCode(
    "bad-input",
    """
    What was given for an input is not of its type, or could not be read: a path that leads nowhere, a file \
    that is no picture, a word where a number is wanted. It is told before the first request. The wrong \
    example is told it when it is run with `--when tomorrow`; the right one takes that.
    """,
    wrong: """
      input when: int "In how many days"
      output when

      """,
    right: """
      input when: int | "today" | "tomorrow" "In how many days"
      output when

      """)

  static let emptyFlow = DiagnosticCode(
    "nothing-to-run",
    """
    A file with neither a step nor an output holds types and names for other flows. There is nothing in it \
    to run.
    """,
    wrong: """
      let greeting = "Hello"

      """,
    right: """
      let greeting = "Hello"
      output greeting

      """)
}
