import WeirDiagnostics
package import WeirProgram
import WeirValues

/// A span that tests can tell from others by its number.
func place(_ number: Int) -> Span { Span(number..<number + 1, in: FileID(0)) }

func expression(_ kind: Expression.Kind, _ type: ValueType = .json, at number: Int = 0) -> Expression {
  Expression(kind, type: type, span: place(number))
}

extension Expression: ExpressibleByStringLiteral,
  ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral
{
  package init(stringLiteral text: String) { self = expression(.constant(.string(text)), .string) }
  package init(integerLiteral number: Int) { self = expression(.constant(.int(number)), .int) }
  package init(floatLiteral number: Double) { self = expression(.constant(.number(Number(number))), .number) }
  package init(booleanLiteral bool: Bool) { self = expression(.constant(.bool(bool)), .bool) }
  package init(arrayLiteral elements: Expression...) {
    self = expression(.list(ExpressionList(elements)), .list(.json))
  }
}

/// Any value as a constant.
func constant(_ value: Value, _ type: ValueType = .json) -> Expression { expression(.constant(value), type) }

let null = constant(.null, .null)
let it = expression(.local(0))
func local(_ place: Int32) -> Expression { expression(.local(place)) }

func binary(
  _ left: Expression, _ sign: BinaryOperator, _ right: Expression, _ type: ValueType = .json,
  at number: Int = 0
) -> Expression {
  expression(.binary(sign, left, right), type, at: number)
}

func template(_ parts: Template.Part..., at number: Int = 0) -> Expression {
  expression(.template(Template(parts)), .string, at: number)
}

func call(_ name: String, _ arguments: Expression...) -> Expression {
  guard let builtin = Builtins.named(name) else { preconditionFailure("no built-in `\(name)`") }
  return expression(.call(.init(builtin: builtin, arguments: arguments.map { .value($0) })))
}

extension Expression {
  func field(_ name: String, isOptional: Bool = false) -> Expression {
    expression(.field(self, name, isOptional: isOptional))
  }

  func element(_ index: Expression) -> Expression { expression(.element(self, at: index)) }
}
