import WeirDiagnostics
import WeirProgram
import WeirSyntax
import WeirValues

extension Checker {
  /// Functions called by name, which this version does not run yet.
  private static let laterFunctions = [
    "run", "meta", "trusted", "sent", "judge", "read_text", "read_lines", "read_json", "read_rows", "image",
    "file", "paths",
  ]

  /// `f(x)`: the functions of this form read files, programs or the environment.
  mutating func function(_ name: NameSyntax, _ arguments: [ArgumentSyntax], at span: Span) -> Expression {
    for argument in arguments { _ = expression(argument.value) }
    if name.text == "env" {
      report(.misplacedSecret(at: span))
    } else if Self.laterFunctions.contains(name.text) {
      report(.notYet("the function `\(name.text)`", at: name.span))
    } else if Builtins.named(name.text) != nil {
      report(.functionOnNothing(name.text, at: name.span))
    } else {
      report(
        .unknownFunction(name.text, nearest: Builtins.all.map(\.name).guess(for: name.text), at: name.span))
    }
    return failed(at: span)
  }

  /// `x.f(a)`: a built-in on its receiver.
  mutating func call(
    _ name: NameSyntax, on receiver: Expression, _ arguments: [ArgumentSyntax], isOptional: Bool,
    at span: Span
  ) -> Expression {
    guard let builtin = Builtins.named(name.text) else {
      for argument in arguments { _ = expression(argument.value) }
      if receiver.type != .error, !name.text.isEmpty {
        report(
          .unknownFunction(name.text, nearest: Builtins.all.map(\.name).guess(for: name.text), at: name.span)
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
      report(.wrongArgument(message, at: place ?? name, help: help))
      return nil
    }
  }

  /// What is known before the run about the values of arguments, such as a pattern that is none.
  private mutating func checkConstants(_ builtin: Builtin, _ arguments: [Expression.Argument]) {
    let constants = arguments.map { argument -> Value? in
      if case .constant(let value) = argument.expression.kind { value } else { nil }
    }
    guard let complaint = builtin.validate(constants) else { return }
    report(.wrongArgument(complaint.message, at: arguments[complaint.argument].expression.span, help: nil))
  }

  /// With an argument that was told to be wrong, the result is only taken where it is certain.
  private func silencedType(_ builtin: Builtin, _ found: [ValueType]) -> ValueType? {
    if case .type(let type) = builtin.check(found, program.types) { return type }
    return nil
  }
}
