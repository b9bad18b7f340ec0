import WeirDiagnostics
import WeirProgram
import WeirSyntax
import WeirValues

/// The scratch state of the check of one file. Entries are taken in the order of the source: what a name
/// means is known when it is read, since every name is declared before it is used.
struct Checker {
  let unit: FlowUnit
  /// The file at hand: that of the unit, or the `weir.flow` above it.
  var file: FileSyntax
  /// What the files before this one show to others.
  let used: [FlowInterface]
  let hasUnreadEntries: Bool
  var program: Program
  var diagnostics: [Diagnostic] = []

  /// What a name of the file stands for.
  enum Meaning {
    case value(ValueID)
    /// A name from `models`: the expression itself.
    case alias(Expression)
    /// A used flow, by its place.
    case flow(Int)
    case tool(ToolID)
  }

  var meanings: [String: Meaning] = [:]
  var typeNames: [String: TypeID] = [:]
  /// Names from `weir.flow`, which the file may give anew.
  var configured: Set<String> = []
  /// Where every name of the file stands, for what is used before it is declared. Made when the
  /// first such message is needed: most files never need it.
  private lazy var declarations = Declarations(file)
  /// The number of the first value of this file; those before are of others.
  let firstValue: Int
  /// For each value, whether it hangs on the answer of a step.
  var isLate: Bits
  /// For each value, whether its text may come from a model or a program.
  var isUntrustedValue: Bits
  var isUsed: Bits
  /// The inputs that the text of a value comes from, where there are any.
  var inputsBehind: [ValueID: Set<ValueID>] = [:]
  /// Inputs that settings, files or bounds hang on.
  var earlyInputs: Set<ValueID> = []
  var runInputs: Set<ValueID> = []
  /// Conditions that no schema can say and no step has answered with yet.
  var unsayable: [ConditionID: Span] = [:]
  /// Names that were seen in a body that has ended, and are not outside.
  var hidden: Set<String> = []
  /// Names that were used above their declaration, which was told.
  var usedEarly: Set<String> = []
  /// Variables of comprehensions and `for` tags, and `it`, from the outermost.
  var locals: [Local] = []
  /// Names and paths that are known not to be null here.
  var present: [String] = []
  var defaults: StepSettings?
  var hasOwnDefaults = false
  var configuredProviders: [Provider] = []
  /// Where the names of `use` entries come from, and those of them that something has named.
  var uses: [(name: String, span: Span)] = []
  var namedUses: Set<String> = []
  /// What `use` entries would have named that lead nowhere.
  var unknownFlows: Set<String> = []
  /// Used flows that are tools, by their places.
  var flowTools: [Int: ToolID] = [:]
  /// The tools that some step offers, or was meant to.
  var offeredTools: Set<ToolID> = []
  /// What steps offer, for those that carry them on.
  var toolsOfSteps: [ValueID: [OfferedTool]] = [:]
  var lastStep: ValueID?
  /// Whether a step asks a model that neither it nor `defaults` names.
  var needsModel = false
  /// Where the answers of models are bound; only these have a conversation that can go on.
  var isModelStep: Bits
  /// What the bodies around this place have made so far, the innermost last.
  var bodies: [BodyScope] = []
  /// What is made in bodies and what it is called outside, each after what it is made of.
  var exports: [Export] = []
  /// Constant arguments that a built-in has found nothing wrong with, so that a pattern that stands in
  /// many places is read once.
  var soundConstants: Set<ConstantUse> = []
  /// The names of the outputs so far.
  var outputNames: Set<String> = []
  var unnamedOutput: Span?
  var hasToldMixedOutputs = false

  struct ConstantUse: Hashable {
    let builtin: String
    let arguments: [Value?]
  }

  struct Local {
    let name: String
    let type: ValueType
  }

  /// One flag for a value, however many there are before those of the file.
  struct Bits {
    private var flags: [Bool] = []
    private let first: Int

    init(from first: Int) { self.first = first }

    /// Of values of other files nothing is noted.
    subscript(index: Int) -> Bool {
      get { index >= first && flags[index - first] }
      set { if index >= first { flags[index - first] = newValue } }
    }

    mutating func append(_ flag: Bool) { flags.append(flag) }
    mutating func reserveCapacity(_ count: Int) { flags.reserveCapacity(count) }
  }

  /// Room for a value an entry is made beforehand: growing lists of large files was a tenth of the time.
  init(_ unit: FlowUnit, used: [FlowInterface], program: Program) {
    self.unit = unit
    self.used = used
    self.program = program
    file = unit.file
    hasUnreadEntries = file.entries.contains { if case .unread = $0 { true } else { false } }
    firstValue = program.values.count
    isLate = Bits(from: firstValue)
    isUntrustedValue = isLate
    isUsed = isLate
    isModelStep = isLate
    let count = file.entries.count
    self.program.values.reserveCapacity(firstValue + count)
    self.program.work.reserveCapacity(count)
    isLate.reserveCapacity(count)
    isUntrustedValue.reserveCapacity(count)
    isUsed.reserveCapacity(count)
    isModelStep.reserveCapacity(count)
    meanings.reserveCapacity(count)
  }

  mutating func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

  func describe(_ type: ValueType) -> String { "`\(program.types.describe(type))`" }

  // MARK: Names

  /// Gives a value its name and its place. A name that is taken is reported; the first one holds.
  mutating func declare(
    _ name: NameSyntax, _ type: ValueType, isLate: Bool, isUntrusted: Bool = false
  ) -> ValueID {
    let id = newValue(name.text, type, at: name.span, isLate: isLate, isUntrusted: isUntrusted)
    if name.text.isEmpty || refuseTaken(name) {
      isUsed[id.index] = true
    } else {
      isUsed[id.index] = usedEarly.contains(name.text)
      give(name.text, .value(id))
      if !bodies.isEmpty { bodies[bodies.count - 1].made.append(.init(name: name, id: id)) }
    }
    return id
  }

  /// Gives a name its meaning, in a body until that ends.
  mutating func give(_ name: String, _ meaning: Meaning) {
    let before = meanings.updateValue(meaning, forKey: name)
    if !bodies.isEmpty { bodies[bodies.count - 1].named.append((name, before)) }
  }

  mutating func newValue(
    _ name: String, _ type: ValueType, at span: Span, isLate: Bool, isUntrusted: Bool
  ) -> ValueID {
    let id = ValueID(program.values.count)
    program.values.append(NamedValue(name: name, type: type, span: span))
    self.isLate.append(isLate)
    isUntrustedValue.append(isUntrusted && program.types.holdsText(type))
    isUsed.append(false)
    isModelStep.append(false)
    return id
  }

  mutating func declareAlias(_ name: NameSyntax, _ value: Expression) {
    guard !name.text.isEmpty, !refuseTaken(name) else { return }
    meanings[name.text] = .alias(value)
  }

  mutating func refuseTaken(_ name: NameSyntax) -> Bool {
    guard meanings[name.text] != nil, !configured.contains(name.text) else { return false }
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

  init(_ file: FileSyntax) { note(file.entries) }

  private mutating func note(_ entries: [EntrySyntax]) {
    for entry in entries {
      switch entry {
      case .input(let input): note(input.name)
      case .let(let entry): note(entry.name)
      case .tool(let entry): note(entry.name)
      case .step(let step): note(step.name)
      case .call(let step): note(step.name)
      case .settings(let block) where block.kind == .models:
        for setting in block.settings { note(setting.name) }
      case .type(let entry):
        if types[entry.name.text] == nil { types[entry.name.text] = entry.name.span }
      case .use(let use): if let name = use.alias ?? use.impliedName { note(name) }
      case .for(let loop): note(loop.body.entries)
      case .if(let choice):
        for branch in choice.branches { note(branch.body.entries) }
        note(choice.otherwise?.entries ?? [])
      case .repeat(let loop):
        note(loop.name)
        note(loop.body.entries)
      case .about, .settings, .provider, .output, .until, .next, .unread: break
      }
    }
  }

  private mutating func note(_ name: NameSyntax) {
    if values[name.text] == nil { values[name.text] = name.span }
  }
}
