/// A pair of brackets and what stands between them, or the whole file.
struct Group {
  let kind: GroupKind
  /// Its brackets, among the pieces.
  let open: Int
  var close = 0
  /// Whether its elements stand on lines of their own whatever their length is.
  var isBroken = false
  /// Whether a line break stands in it in any case.
  var holdsBreak = false

  var isEmpty: Bool { close == open + 1 }
}

enum GroupKind {
  case file
  /// `{ }` around entries, around settings, in a type, in an expression
  case body, settings, fields, record
  /// `[ ]` in a type, of a list, behind a value
  case listType, list, index
  /// `[ ]` of a comprehension, before and after its `for`
  case comprehension, comprehensionTail
  /// `( )` behind a name, around an expression
  case arguments, parentheses

  init(_ bracket: TokenKind, _ role: SyntaxRole) {
    switch bracket {
    case .leftParenthesis: self = role.contains(.parentheses) ? .parentheses : .arguments
    case .leftBracket:
      self =
        role.contains(.list)
        ? .list : role.contains(.comprehension) ? .comprehension : role.contains(.type) ? .listType : .index
    default:
      self =
        role.contains(.body)
        ? .body : role.contains(.record) ? .record : role.contains(.type) ? .fields : .settings
    }
  }

  /// Whether a comma in it parts two elements. A comma between two names of a `for` does not.
  var partsWithCommas: Bool {
    switch self {
    case .settings, .fields, .record, .list, .arguments: true
    case .file, .body, .listType, .index, .comprehension, .comprehensionTail, .parentheses: false
    }
  }

  /// Whether each element that ends its line has a comma, the last one too.
  var endsLinesWithCommas: Bool { self == .list || self == .arguments }

  /// Whether its elements may stand on lines of their own although the author had them on one.
  var mayBreak: Bool { self != .index && self != .parentheses }

  /// Whether blanks stand inside of its brackets on one line.
  var hasInnerBlanks: Bool { self == .settings || self == .fields }

  var hasBraces: Bool {
    switch self {
    case .body, .settings, .fields, .record: true
    case .file, .listType, .list, .index, .comprehension, .comprehensionTail, .arguments, .parentheses: false
    }
  }
}
