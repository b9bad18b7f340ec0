import WeirDiagnostics
import WeirProgram
import WeirSyntax
import WeirValues

extension Checker {
  /// Functions of tests, which come later. A flow may have such a name: a test never calls one.
  private static let laterFunctions = ["sent", "judge"]
  private static let ownFunctions = ["run", "meta", "trusted", "env"]

  /// Whether a flow of this name would be hidden by a function.
  static func isFunction(_ name: String) -> Bool {
    Builtins.named(name) != nil || ownFunctions.contains(name)
      || Expression.FileFunction(rawValue: name) != nil
  }

  /// `f(x)`: the functions of this form read files, programs, the environment, or what is known of a step.
  mutating func function(_ name: NameSyntax, _ arguments: [ArgumentSyntax], at span: Span) -> Expression {
    switch name.text {
    case "meta": return meta(arguments, name, at: span)
    case "trusted": return trusted(arguments, name, at: span)
    case "env": return environment(arguments, name, at: span)
    default: break
    }
    if let function = Expression.FileFunction(rawValue: name.text) {
      return fileFunction(function, arguments, name, at: span)
    }
    for argument in arguments { _ = expression(argument.value) }
    if name.text == "run" || isFlow(name.text) {
      report(.callInExpression(name.text, at: span))
    } else if Self.laterFunctions.contains(name.text) {
      report(.notYet("the function `\(name.text)`", at: name.span))
    } else if Builtins.named(name.text) != nil {
      report(.functionOnNothing(name.text, at: name.span))
    } else {
      report(.unknownFunction(name.text, nearest: functionNames.guess(for: name.text), at: name.span))
    }
    return failed(at: span)
  }

  /// The built-in that was meant: by what other languages call it, or by its letters.
  static func guessFunction(_ name: String) -> Guess? {
    Builtins.synonym(of: name).map { Guess($0, isOnly: false) } ?? Builtins.all.map(\.name).guess(for: name)
  }

  private var functionNames: [String] {
    Builtins.all.map(\.name) + Self.ownFunctions + Expression.FileFunction.allCases.map(\.rawValue)
  }

  private func isFlow(_ name: String) -> Bool {
    if case .flow = meanings[name] { true } else { false }
  }

  /// The only argument of a function, which has no name.
  private mutating func onlyArgument(
    _ arguments: [ArgumentSyntax], of name: NameSyntax, at span: Span
  ) -> ExpressionSyntax? {
    if arguments.count == 1, arguments[0].label == nil { return arguments[0].value }
    for argument in arguments { _ = expression(argument.value) }
    let found = arguments.count == 1 ? "one with a name" : "\(arguments.count)"
    report(.wrongArgument("`\(name.text)` takes one argument, found \(found)", at: span, help: nil))
    return nil
  }

  private mutating func trusted(_ arguments: [ArgumentSyntax], _ name: NameSyntax, at span: Span)
    -> Expression
  {
    guard let argument = onlyArgument(arguments, of: name, at: span) else { return failed(at: span) }
    let value = expression(argument)
    return Expression(.trusted(value), type: value.type, span: span)
  }

  /// `env("NAME")`: a secret from the environment.
  private mutating func environment(
    _ arguments: [ArgumentSyntax], _ name: NameSyntax, at span: Span
  ) -> Expression {
    guard let argument = onlyArgument(arguments, of: name, at: span) else { return failed(at: span) }
    guard case .string(let string) = argument.kind, let variable = string.plainText, !variable.isEmpty else {
      _ = expression(argument)
      report(.notConstant("the name of a variable", "a plain string", at: argument.span))
      return failed(at: span)
    }
    program.secretVariables.insert(variable)
    return Expression(.environment(variable), type: .secret, span: span)
  }

  /// `read_text("notes.md")`: read before the first request, so that its argument is known by then.
  private mutating func fileFunction(
    _ function: Expression.FileFunction, _ arguments: [ArgumentSyntax], _ name: NameSyntax, at span: Span
  ) -> Expression {
    guard let argument = onlyArgument(arguments, of: name, at: span) else { return failed(at: span) }
    let path = expression(argument, expecting: .string)
    require(path, fits: .string, as: "the path")
    refuseLate(path, "the path of a file")
    return Expression(.file(function, [path]), type: function.type, span: span)
  }

  /// `meta(step)`: how the step was answered, in the shape of the step.
  private mutating func meta(_ arguments: [ArgumentSyntax], _ name: NameSyntax, at span: Span) -> Expression {
    guard let argument = onlyArgument(arguments, of: name, at: span) else { return failed(at: span) }
    guard case .name(let step) = argument.kind, case .value(let id) = meanings["meta(\(step))"] else {
      let value = expression(argument)
      if value.type != .error { report(.metaOfNoStep(source(of: argument), at: argument.span)) }
      return failed(at: span)
    }
    isUsed[id.index] = true
    if case .value(let answer) = meanings[step] { isUsed[answer.index] = true }
    let type = present.contains(step) ? program.types.withoutNull(program[id].type) : program[id].type
    return Expression(.value(id), type: type, span: span)
  }

  /// What `meta` tells of an answer.
  static let metaType = ValueType.record([
    RecordField("model", .string), RecordField("provider", .string.optional),
    RecordField("reasoning", .string.optional), RecordField("prompt_tokens", .int.optional),
    RecordField("completion_tokens", .int.optional), RecordField("total_tokens", .int.optional),
    RecordField("cost", .number.optional), RecordField("seconds", .number), RecordField("attempts", .int),
    RecordField("cached", .bool), RecordField("reading", .string),
    RecordField("changes", .list(.string)),
  ])

  /// `x.f(a)`: a built-in on its receiver.
  mutating func call(
    _ name: NameSyntax, on receiver: Expression, _ arguments: [ArgumentSyntax], isOptional: Bool,
    at span: Span
  ) -> Expression {
    guard let builtin = Builtins.named(name.text) else {
      for argument in arguments { _ = expression(argument.value) }
      if receiver.type != .error, !name.text.isEmpty {
        report(
          .unknownFunction(name.text, nearest: Self.guessFunction(name.text), at: name.span)
        )
      }
      return failed(at: span)
    }
    let mayBeNull = isOptional && program.types.isOptional(receiver.type)
    let receiverType = program.types.withoutNull(receiver.type)
    if !isOptional, program.types.isOptional(receiver.type), receiverType != .null {
      report(
        .optionalBase(file.source.text(of: receiver.span), describe(receiver.type), name.text, at: name.span))
    }
    var typed: [Expression.Argument] = [.value(receiver)]
    for (index, argument) in arguments.enumerated() {
      if let label = argument.label {
        report(
          .labelledArgument(
            label.text, of: builtin.name, at: label.span, before: argument.value.span,
            isOnly: arguments.count == 1))
      }
      typed.append(self.argument(argument.value, index + 1, of: builtin, on: receiverType))
    }
    var found = typed.map(\.expression.type)
    found[0] = receiverType
    guard let type = resultType(builtin, found, typed, at: name.span) else { return failed(at: span) }
    return Expression(
      .call(.init(builtin: builtin, arguments: typed, isOptional: mayBeNull)),
      type: mayBeNull ? type.optional : type, span: span)
  }

  private mutating func argument(
    _ syntax: ExpressionSyntax, _ index: Int, of builtin: Builtin, on receiver: ValueType
  ) -> Expression.Argument {
    guard builtin.isPerElement(index), case .list(let element, _) = program.types.resolved(receiver) else {
      return .value(expression(syntax))
    }
    let depth = locals.count
    return .forEachElement(withLocal("it", element) { $0.expression(syntax) }, depth: depth)
  }

  private mutating func resultType(
    _ builtin: Builtin, _ found: [ValueType], _ arguments: [Expression.Argument], at name: Span
  ) -> ValueType? {
    if found.contains(.error) { return silencedType(builtin, found) }
    switch builtin.check(found, program.types) {
    case .type(let type):
      checkConstants(builtin, arguments)
      return type
    case .wrong(let argument, let message, let help):
      let place = argument.flatMap { $0 > 0 && $0 < arguments.count ? arguments[$0].expression.span : nil }
      report(
        .wrongArgument(message, at: place ?? name, help: help ?? helpForElements(builtin, found, arguments)))
      return nil
    }
  }

  /// What is meant for one value stands often on the list that a `for` has made of it.
  private func helpForElements(
    _ builtin: Builtin, _ found: [ValueType], _ arguments: [Expression.Argument]
  ) -> String? {
    guard let first = found.first, case .list(let element, _) = program.types.resolved(first),
      case .type = builtin.check([element] + found.dropFirst(), program.types)
    else { return nil }
    let list = file.source.text(of: arguments[0].expression.span)
    let call = found.count > 1 ? "\(builtin.name)(…)" : builtin.name
    return list.utf8.count > 40 ? nil : "call it on each element: `[x.\(call) for x in \(list)]`"
  }

  /// What is known before the run about the values of arguments, such as a pattern that is none.
  private mutating func checkConstants(_ builtin: Builtin, _ arguments: [Expression.Argument]) {
    guard arguments.contains(where: \.isConstant) else { return }
    let constants = arguments.map { argument -> Value? in
      if case .constant(let value) = argument.expression.kind { value } else { nil }
    }
    let use = ConstantUse(builtin: builtin.name, arguments: constants)
    if soundConstants.contains(use) { return }
    guard let complaint = builtin.validate(constants) else {
      soundConstants.insert(use)
      return
    }
    report(.wrongArgument(complaint.message, at: arguments[complaint.argument].expression.span, help: nil))
  }

  /// With an argument that was told to be wrong, the result is only taken where it is certain.
  private func silencedType(_ builtin: Builtin, _ found: [ValueType]) -> ValueType? {
    if case .type(let type) = builtin.check(found, program.types) { return type }
    return nil
  }
}

extension Expression.FileFunction {
  /// What it reads from a file.
  var type: ValueType {
    switch self {
    case .text: .string
    case .lines, .paths: .list(.string)
    case .json: .json
    case .rows: .list(.json)
    case .image: .image
    case .file: .file
    }
  }
}

extension Expression.Argument {
  fileprivate var isConstant: Bool {
    if case .constant = expression.kind { true } else { false }
  }
}
