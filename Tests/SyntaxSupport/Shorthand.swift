import WeirDiagnostics
package import WeirSyntax

/// A piece of a tree as an s-expression: `1 + x` is `(+ 1 x)`, and a template is
/// `(text "Dear " {name})`.
package struct Shorthand {
  package let text: String

  package init(_ expression: ExpressionSyntax) { text = Self.of(expression) }
  package init(_ type: TypeSyntax) { text = Self.of(type) }
  package init(_ entry: EntrySyntax) { text = Self.of(entry) }

  private static func of(_ expression: ExpressionSyntax) -> String {
    switch expression.kind {
    case .name(let name): name
    case .it: "it"
    case .number(let number): of(number)
    case .string(let string): of(string)
    case .bool(let value): "\(value)"
    case .null: "null"
    case .list(let elements): list("list", elements.map(of))
    case .comprehension(let node):
      list(
        "for", [of(node.binder), of(node.list), node.condition.map { "(if \(of($0)))" }, of(node.element)])
    case .record(let pairs): list("record", pairs.map { "\($0.name.text): \(of($0.value))" })
    case .call(let name, let arguments): list("call", [name.text] + arguments.map(of))
    case .member(let base, let name, let isOptional): list(isOptional ? "?." : ".", [of(base), name.text])
    case .method(let base, let name, let arguments, let isOptional):
      list(isOptional ? "?.()" : ".()", [of(base), name.text] + arguments.map(of))
    case .index(let base, let position): list("[]", [of(base), of(position)])
    case .negate(let operand): list("-", [of(operand)])
    case .not(let operand): list("not", [of(operand)])
    case .binary(let sign, let left, let right): list(of(sign.kind), [of(left), of(right)])
    case .conditional(let condition, let then, let otherwise):
      list("if", [of(condition), of(then), of(otherwise)])
    case .parenthesised(let inner): of(inner)
    case .missing: "missing"
    }
  }

  private static func list(_ head: String, _ parts: [String?]) -> String {
    "(" + ([head] + parts.compactMap { $0 }).joined(separator: " ") + ")"
  }

  private static func of(_ number: NumberSyntax) -> String {
    switch number.unit {
    case .none: (number.isLong ? "~" : "") + (Int(exactly: number.value).map { "\($0)" } ?? "\(number.value)")
    case .seconds: "\(number.value)s"
    case .dollars: "$\(number.value)"
    }
  }

  private static func of(_ argument: ArgumentSyntax) -> String {
    (argument.label.map { "\($0.text): " } ?? "") + of(argument.value)
  }

  private static func of(_ binder: BinderSyntax) -> String {
    binder.name.text + (binder.index.map { ",\($0.text)" } ?? "")
  }

  private static func of(_ kind: TokenKind) -> String {
    switch kind {
    case .or: "or"
    case .and: "and"
    case .in: "in"
    case .equal: "=="
    case .notEqual: "!="
    case .less: "<"
    case .lessOrEqual: "<="
    case .greater: ">"
    case .greaterOrEqual: ">="
    case .ellipsis: "..."
    case .doubleQuestion: "??"
    case .plus: "+"
    case .minus: "-"
    case .star: "*"
    case .slash: "/"
    case .percent: "%"
    default: "\(kind)"
    }
  }

  // MARK: Strings

  private static func of(_ string: StringSyntax) -> String {
    if let text = string.plainText { return quoted(text) }
    return list(string.dropsLastLineBreak ? "text-" : "text", string.parts.map(of))
  }

  private static func quoted(_ text: String) -> String {
    "'" + text.replacing("\n", with: "⏎").replacing("\t", with: "⇥") + "'"
  }

  private static func of(_ part: TextPartSyntax) -> String {
    switch part {
    case .text(let text): quoted(text)
    case .value(let expression): "{\(of(expression))}"
    case .comment: "{#}"
    case .choice(let choice):
      list(
        "if",
        choice.branches.map { branch in
          list(branch.condition.map(of) ?? "else", branch.parts.map(of))
        })
    case .loop(let loop): list("for", [of(loop.binder), of(loop.list)] + loop.parts.map(of))
    }
  }

  // MARK: Types and entries

  private static func of(_ type: TypeSyntax) -> String {
    switch type.kind {
    case .name(let name): name
    case .member(let name, let module): "\(module.text).\(name.text)"
    case .text(let string): of(string)
    case .number(_, let literal): literal
    case .null: "null"
    case .list(let element, let condition):
      list("list", [of(element), condition.map { "(where \(of($0)))" }])
    case .dictionary(let element, let condition):
      list("dictionary", [of(element), condition.map { "(where \(of($0)))" }])
    case .record(let fields): list("record", fields.map(of))
    case .optional(let inner): list("?", [of(inner)])
    case .union(let members): list("|", members.map(of))
    case .missing: "missing"
    }
  }

  private static func of(_ field: FieldSyntax) -> String {
    let tail = [field.condition.map { "(where \(of($0)))" }, field.documentation.map(of)].compactMap { $0 }
    return (["\(field.name.text): \(of(field.type))"] + tail).joined(separator: " ")
  }

  private static func of(_ entry: EntrySyntax) -> String {
    switch entry {
    case .about(let entry): list("about", [entry.text.map(of)])
    case .input(let entry): list("input", parts(of: entry))
    case .type(let entry):
      list(
        "type",
        [
          entry.name.text, of(entry.type), entry.condition.map { "(where \(of($0)))" },
          entry.documentation.map(of),
        ])
    case .settings(let block): list(block.kind.rawValue, block.settings.map(of))
    case .provider(let entry): list("provider", [entry.name.text] + entry.settings.map(of))
    case .tool(let entry):
      list(
        "tool",
        [entry.name.text] + entry.parameters.map { list("input", parts(of: $0)) }
          + ["-> \(of(entry.result))", entry.documentation.map(of)] + entry.settings.map(of))
    case .step(let entry):
      list("step", [entry.name.text, entry.type.map { "-> \(of($0))" }] + entry.settings.map(of))
    case .let(let entry): list("let", [entry.name.text, entry.type.map(of), of(entry.value)])
    case .output(let entry): list("output", [entry.name.map { "\($0.text) =" }, of(entry.value)])
    case .use(let entry): list("use", [entry.path.map(of), entry.alias?.text])
    case .call(let entry):
      list("call", [entry.name.text, entry.function.text] + entry.arguments.map(of))
    case .for(let entry): list("for", [of(entry.binder), of(entry.list), of(entry.body)])
    case .if(let entry):
      list(
        "if",
        entry.branches.flatMap { [of($0.condition), of($0.body)] } + [entry.otherwise.map(of)])
    case .repeat(let entry):
      list("repeat", [entry.name.text, of(entry.start), of(entry.bound), of(entry.body)])
    case .until(let entry): list("until", [of(entry.condition)])
    case .next(let entry): list("next", [of(entry.value)])
    case .unread: "unread"
    }
  }

  private static func parts(of parameter: InputSyntax) -> [String?] {
    [
      parameter.name.text, of(parameter.type), parameter.defaultValue.map { "= \(of($0))" },
      parameter.condition.map { "(where \(of($0)))" }, parameter.documentation.map(of),
    ]
  }

  private static func of(_ body: BodySyntax) -> String { list("do", body.entries.map(of)) }

  private static func of(_ setting: SettingSyntax) -> String {
    switch setting.form {
    case .named: "\(setting.name.text): \(of(setting.value))"
    case .ensure(let reason): list("ensure", [of(setting.value), reason.map(of)])
    }
  }
}
