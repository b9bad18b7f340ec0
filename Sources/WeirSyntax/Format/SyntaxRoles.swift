import WeirDiagnostics

/// What a token is, where the tree knows it and the token alone does not say.
struct SyntaxRole: OptionSet {
  let rawValue: UInt8

  /// The first of an entry, a setting, a field or a pair.
  static let element = SyntaxRole(rawValue: 1)
  /// The `{` of a body, of a record, of a record type. Any other is that of settings.
  static let body = SyntaxRole(rawValue: 2)
  static let record = SyntaxRole(rawValue: 4)
  /// A `{` or `[` in a type.
  static let type = SyntaxRole(rawValue: 8)
  /// The `(` around an expression. Any other is that of arguments.
  static let parentheses = SyntaxRole(rawValue: 16)
  /// The `[` of a list. With neither this nor `type` it is that of an index.
  static let list = SyntaxRole(rawValue: 32)
  static let comprehension = SyntaxRole(rawValue: 64)
  /// A `-` with nothing on its left.
  static let sign = SyntaxRole(rawValue: 128)
}

/// The roles of the tokens of a file, by the places at which they begin.
///
/// What is inside of strings has none: it is never laid out.
struct SyntaxRoles {
  private var roles: [SyntaxRole]
  /// Where each union ends, by its beginning.
  private(set) var unionEnds: [Int: Int] = [:]

  init(_ file: FileSyntax) {
    roles = Array(repeating: [], count: file.source.bytes.count + 1)
    for entry in file.entries { add(entry) }
  }

  subscript(_ place: Int) -> SyntaxRole { roles[place] }

  private mutating func mark(_ span: Span, _ role: SyntaxRole) { roles[span.start].insert(role) }

  // MARK: Entries

  private mutating func add(_ entry: EntrySyntax) {
    switch entry {
    case .about(let entry): mark(entry.span, .element)
    case .use(let entry): mark(entry.span, .element)
    case .input(let entry):
      mark(entry.span, .element)
      add(entry)
    case .type(let entry):
      mark(entry.span, .element)
      add(entry.type)
      add(entry.condition)
    case .settings(let entry):
      mark(entry.span, .element)
      add(entry.settings)
    case .provider(let entry):
      mark(entry.span, .element)
      add(entry.settings)
    case .tool(let entry):
      mark(entry.span, .element)
      for parameter in entry.parameters { add(parameter) }
      add(entry.result)
      add(entry.settings)
    case .step(let entry):
      mark(entry.span, .element)
      if let type = entry.type { add(type) }
      add(entry.settings)
    case .call(let entry):
      mark(entry.span, .element)
      add(entry.arguments)
    case .let(let entry):
      mark(entry.span, .element)
      if let type = entry.type { add(type) }
      add(entry.value)
    case .output(let entry):
      mark(entry.span, .element)
      add(entry.value)
    case .for(let entry):
      mark(entry.span, .element)
      add(entry.list)
      add(entry.body)
    case .if(let entry): add(entry)
    case .repeat(let entry):
      mark(entry.span, .element)
      add(entry.start)
      add(entry.bound)
      add(entry.body)
    case .until(let entry):
      mark(entry.span, .element)
      add(entry.condition)
    case .next(let entry):
      mark(entry.span, .element)
      add(entry.value)
    case .unread(let span): mark(span, .element)
    }
  }

  private mutating func add(_ parameter: InputSyntax) {
    add(parameter.type)
    add(parameter.defaultValue)
    add(parameter.condition)
  }

  private mutating func add(_ entry: IfSyntax) {
    mark(entry.span, .element)
    for branch in entry.branches {
      add(branch.condition)
      add(branch.body)
    }
    if let otherwise = entry.otherwise { add(otherwise) }
  }

  private mutating func add(_ body: BodySyntax) {
    mark(body.span, .body)
    for entry in body.entries { add(entry) }
  }

  private mutating func add(_ settings: [SettingSyntax]) {
    for setting in settings {
      mark(setting.span, .element)
      add(setting.value)
    }
  }

  // MARK: Types

  private mutating func add(_ type: TypeSyntax) {
    switch type.kind {
    case .name, .member, .text, .null, .missing: break
    case .number(_, let literal): if literal.utf8.first == UInt8(ascii: "-") { mark(type.span, .sign) }
    case .list(let element, let condition), .dictionary(let element, let condition):
      mark(type.span, .type)
      add(element)
      add(condition)
    case .record(let fields):
      mark(type.span, .type)
      for field in fields { add(field) }
    case .optional(let inner): add(inner)
    case .union(let members):
      unionEnds[type.span.start] = type.span.end
      for member in members { add(member) }
    }
  }

  private mutating func add(_ field: FieldSyntax) {
    mark(field.span, .element)
    add(field.type)
    add(field.condition)
  }

  // MARK: Expressions

  private mutating func add(_ expression: ExpressionSyntax?) {
    guard let expression else { return }
    switch expression.kind {
    case .name, .it, .number, .string, .bool, .null, .missing: break
    case .list(let elements):
      mark(expression.span, .list)
      for element in elements { add(element) }
    case .comprehension(let node):
      mark(expression.span, .comprehension)
      add(node.element)
      add(node.list)
      add(node.condition)
    case .record(let pairs):
      mark(expression.span, .record)
      for pair in pairs {
        mark(pair.name.span, .element)
        add(pair.value)
      }
    case .call(_, let arguments): add(arguments)
    case .member(let base, _, _): add(base)
    case .method(let base, _, let arguments, _):
      add(base)
      add(arguments)
    case .index(let base, let position):
      add(base)
      add(position)
    case .negate(let operand):
      mark(expression.span, .sign)
      add(operand)
    case .not(let operand): add(operand)
    case .binary(_, let left, let right):
      add(left)
      add(right)
    case .conditional(let condition, let then, let otherwise):
      add(condition)
      add(then)
      add(otherwise)
    case .parenthesised(let inner):
      mark(expression.span, .parentheses)
      add(inner)
    }
  }

  private mutating func add(_ arguments: [ArgumentSyntax]) {
    for argument in arguments { add(argument.value) }
  }
}
