import WeirDiagnostics
import WeirProgram
import WeirSyntax
import WeirValues

/// The scratch state of one check. Entries are taken in the order of the source: what a name means is
/// known when it is read, since every name is declared before it is used.
struct Checker {
  let file: FileSyntax
  let hasUnreadEntries: Bool
  var program = Program()
  var diagnostics: [Diagnostic] = []

  /// What a name of the file stands for.
  enum Meaning {
    case value(ValueID)
    /// A name from `models`: the expression itself.
    case alias(Expression)
  }

  var meanings: [String: Meaning] = [:]
  var typeNames: [String: TypeID] = [:]
  /// Where every name of the file stands, for what is used before it is declared. Made when the
  /// first such message is needed: most files never need it.
  private lazy var declarations = Declarations(file)
  /// For each value, whether it hangs on the answer of a step.
  var isLate: [Bool] = []
  var isUsed: [Bool] = []
  /// Names that were used above their declaration, which was told.
  var usedEarly: Set<String> = []
  /// Variables of comprehensions and `for` tags, and `it`, from the outermost.
  var locals: [Local] = []
  /// Names and paths that are known not to be null here.
  var present: [String] = []
  var defaults: FoundSettings?
  var lastStep: ValueID?
  /// Constant arguments that a built-in has found nothing wrong with, so that a pattern that stands in
  /// many places is read once.
  var soundConstants: Set<ConstantUse> = []
  /// The names of the outputs so far.
  var outputNames: Set<String> = []
  var hasUnnamedOutput = false

  struct ConstantUse: Hashable {
    let builtin: String
    let arguments: [Value?]
  }

  struct Local {
    let name: String
    let type: ValueType
  }

  /// Room for a value an entry is made beforehand: growing lists of large files was a tenth of the time.
  init(_ file: FileSyntax) {
    self.file = file
    hasUnreadEntries = file.entries.contains { entry in
      switch entry {
      case .use, .call, .for, .if, .repeat, .unread: true
      default: false
      }
    }
    let count = file.entries.count
    program.values.reserveCapacity(count)
    program.work.reserveCapacity(count)
    isLate.reserveCapacity(count)
    isUsed.reserveCapacity(count)
    meanings.reserveCapacity(count)
  }

  mutating func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

  func describe(_ type: ValueType) -> String { "`\(program.types.describe(type))`" }

  // MARK: Names

  /// Gives a value its name and its place. A name that is taken is reported; the first one holds.
  mutating func declare(_ name: NameSyntax, _ type: ValueType, isLate: Bool) -> ValueID {
    let id = ValueID(program.values.count)
    program.values.append(NamedValue(name: name.text, type: type, span: name.span))
    self.isLate.append(isLate)
    isUsed.append(false)
    if name.text.isEmpty || refuseTaken(name) {
      isUsed[id.index] = true
    } else {
      isUsed[id.index] = usedEarly.contains(name.text)
      meanings[name.text] = .value(id)
    }
    return id
  }

  mutating func declareAlias(_ name: NameSyntax, _ value: Expression) {
    guard !name.text.isEmpty, !refuseTaken(name) else { return }
    meanings[name.text] = .alias(value)
  }

  private mutating func refuseTaken(_ name: NameSyntax) -> Bool {
    guard meanings[name.text] != nil else { return false }
    report(.duplicateName(name.text, at: name.span, first: declaration(of: name.text)))
    return true
  }

  mutating func declaration(of name: String) -> Span? { declarations.values[name] }

  mutating func declaration(ofType name: String) -> Span? { declarations.types[name] }

  /// Whether an expression needs the answer of a step.
  func isLate(_ expression: Expression) -> Bool {
    expression.reads { isLate[$0.index] }
  }

  // MARK: Locals and presence

  /// Types `body` with one more local, and gives the place of it.
  mutating func withLocal<Result>(
    _ name: String, _ type: ValueType, _ body: (inout Checker) -> Result
  ) -> Result {
    locals.append(Local(name: name, type: type))
    defer { locals.removeLast() }
    return body(&self)
  }

  mutating func knowing<Result>(
    present paths: [String], _ body: (inout Checker) -> Result
  ) -> Result {
    let before = present.count
    present += paths
    defer { present.removeSubrange(before...) }
    return body(&self)
  }
}

/// Where the names of a file stand, the first of each.
private struct Declarations {
  private(set) var values: [String: Span] = [:]
  private(set) var types: [String: Span] = [:]

  init(_ file: FileSyntax) {
    for entry in file.entries {
      switch entry {
      case .input(let input): note(input.name)
      case .let(let entry): note(entry.name)
      case .step(let step): note(step.name)
      case .settings(let block) where block.kind == .models:
        for setting in block.settings { note(setting.name) }
      case .type(let entry):
        if types[entry.name.text] == nil { types[entry.name.text] = entry.name.span }
      case .about, .use, .settings, .provider, .output, .call, .for, .if, .repeat, .until, .next, .unread:
        break
      }
    }
  }

  private mutating func note(_ name: NameSyntax) {
    if values[name.text] == nil { values[name.text] = name.span }
  }
}
