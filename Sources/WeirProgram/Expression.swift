package import WeirDiagnostics
package import WeirValues

/// A typed expression. Evaluating it can fail only where the types cannot tell: an index outside
/// its list, a division by zero, text that is not JSON.
package struct Expression: Sendable {
  // In this order they leave no gaps.
  package let kind: Kind
  package let span: Span
  package let type: ValueType

  package init(_ kind: Kind, type: ValueType, span: Span) {
    self.kind = kind
    self.type = type
    self.span = span
  }

  /// Constants, names and lists lie in the expression itself, what is rarer behind a reference.
  package enum Kind: Sendable {
    case constant(Value)
    /// An input, a `let`, a step's answer, or a name from `models`.
    case value(ValueID)
    /// A variable of a comprehension or of a `for` tag, or `it`: its place on the stack of locals,
    /// from the outermost, 0.
    case local(Int32)
    indirect case template(Template)
    case list(ExpressionList)
    case record([RecordEntry])
    indirect case comprehension(Comprehension)
    /// `x.name`. Where `isOptional`, null and records without the field give null.
    indirect case field(Expression, String, isOptional: Bool)
    indirect case element(Expression, at: Expression)
    indirect case negate(Expression)
    indirect case not(Expression)
    indirect case binary(BinaryOperator, Expression, Expression)
    indirect case conditional(Expression, then: Expression, otherwise: Expression)
    indirect case call(Call)
    /// Something read from files beside the flow, before the first request.
    indirect case file(FileFunction, [Expression])
    /// `env("NAME")`: a secret.
    indirect case environment(String)
    /// `trusted(x)`: its value is that of `x`.
    indirect case trusted(Expression)
  }

  /// The functions that read files of the project.
  package enum FileFunction: String, Sendable, CaseIterable {
    case text = "read_text"
    case lines = "read_lines"
    case json = "read_json"
    case rows = "read_rows"
    case image, file, paths
  }

  package struct RecordEntry: Sendable {
    package let name: String
    package let value: Expression

    package init(name: String, value: Expression) {
      self.name = name
      self.value = value
    }
  }

  /// `[element for x, i in list if condition]`. `x` is local `depth`, `i` is local `depth + 1`,
  /// whether it has a name or not.
  package struct Comprehension: Sendable {
    package let list: Expression
    package let depth: Int
    package let condition: Expression?
    package let element: Expression

    package init(list: Expression, depth: Int, condition: Expression?, element: Expression) {
      self.list = list
      self.depth = depth
      self.condition = condition
      self.element = element
    }
  }

  /// A built-in called on its first argument. Where `isOptional` (`x?.f(a)`), null gives null.
  package struct Call: Sendable {
    package let builtin: Builtin
    package let arguments: [Argument]
    package let isOptional: Bool

    package init(builtin: Builtin, arguments: [Argument], isOptional: Bool = false) {
      self.builtin = builtin
      self.arguments = arguments
      self.isOptional = isOptional
    }
  }

  package enum Argument: Sendable {
    case value(Expression)
    /// Evaluated once for each element of the first argument, which is local `depth` (`it`); the
    /// built-in gets the list of the results.
    case forEachElement(Expression, depth: Int)

    package var expression: Expression {
      switch self {
      case .value(let expression), .forEachElement(let expression, _): expression
      }
    }
  }
}

package enum BinaryOperator: String, Sendable, CaseIterable {
  case or, and
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case `in`
  case range = "..."
  case fallback = "??"
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case remainder = "%"
}

/// A text with holes. Indentation is taken off, escapes are read, and the lines of control tags
/// are gone: what is left is what is sent.
package struct Template: Sendable {
  package let parts: [Part]
  /// Whether a line break that comes out last is to go: the one before a last line of control tags.
  package let dropsLastLineBreak: Bool

  package init(_ parts: [Part], dropsLastLineBreak: Bool = false) {
    self.parts = parts
    self.dropsLastLineBreak = dropsLastLineBreak
  }

  package enum Part: Sendable {
    case text(String)
    case value(Expression)
    case choice([Branch], otherwise: Template?)
    /// `for x, i in list`: `x` is local `depth`, `i` is local `depth + 1`.
    indirect case loop(Expression, depth: Int, Template)
  }

  package struct Branch: Sendable {
    package let condition: Expression
    package let body: Template

    package init(condition: Expression, body: Template) {
      self.condition = condition
      self.body = body
    }
  }
}
