import WeirDiagnostics
import WeirProgram
import WeirValues

let nowhere = Span(0..<0, in: FileID(0))

/// A program with names and needs alone, written in the order of the source.
struct Sketch {
  private(set) var program = Program()
  /// What is open: the flow that is run, or one that is called, and the bodies in it.
  private var open: [[Work]] = [[]]
  private var inputs: [Input] = []
  private var outputs: [Output] = []

  var finished: Program {
    var program = program
    program.main.inputs = inputs
    program.main.work = open[0]
    program.main.outputs = outputs
    return program
  }

  // MARK: Expressions

  func value(_ id: ValueID) -> Expression { Expression(.value(id), type: program[id].type, span: nowhere) }

  func text(_ ids: ValueID...) -> Expression { text(ids) }

  func text(_ ids: [ValueID]) -> Expression {
    Expression(.template(Template(ids.map { .value(value($0)) })), type: .string, span: nowhere)
  }

  func list(_ ids: [ValueID] = []) -> Expression {
    Expression(.list(ExpressionList(ids.map(value))), type: .list(.string), span: nowhere)
  }

  // MARK: Entries

  mutating func name(_ name: String, _ type: ValueType = .string) -> ValueID {
    program.values.append(NamedValue(name: name, type: type, span: nowhere))
    return ValueID(program.values.count - 1)
  }

  private mutating func add(_ work: Work) { open[open.count - 1].append(work) }

  mutating func input(
    _ name: String, _ type: ValueType = .string, default expression: Expression? = nil
  ) -> ValueID {
    let id = self.name(name, type)
    inputs.append(
      Input(id: id, name: name, type: type, defaultValue: expression, notes: .none, span: nowhere))
    return id
  }

  mutating func `let`(_ name: String, _ expression: Expression) -> ValueID {
    let id = self.name(name, expression.type)
    add(.let(Let(id: id, expression: expression)))
    return id
  }

  mutating func step(
    _ name: String, _ type: ValueType = .string, model: Expression? = nil, prompt: Expression
  ) -> ValueID {
    let id = self.name(name, type)
    var settings = StepSettings(prompt: prompt)
    settings.model = model
    add(.step(Step(id: id, name: name, type: type, span: nowhere, settings: settings)))
    return id
  }

  mutating func step(_ name: String, _ ids: ValueID...) -> ValueID { step(name, prompt: text(ids)) }

  /// A step and what `meta` says of it.
  mutating func stepWithMeta(_ name: String, _ ids: ValueID...) -> (step: ValueID, meta: ValueID) {
    let id = self.name(name)
    let meta = self.name("meta(\(name))", .json)
    add(
      .step(
        Step(
          id: id, name: name, type: .string, span: nowhere, settings: StepSettings(prompt: text(ids)),
          meta: meta)))
    return (id, meta)
  }

  mutating func run(_ name: String, _ command: Expression) -> ValueID {
    let id = self.name(name)
    add(.run(RunStep(id: id, name: name, span: nowhere, command: command)))
    return id
  }

  mutating func output(_ id: ValueID) { output(nil, id) }

  mutating func output(_ name: String?, _ id: ValueID) {
    outputs.append(Output(name: name, expression: value(id)))
  }

  mutating func condition(_ expression: Expression) -> TypeNotes {
    program.conditions.append(Condition(expression: expression, text: "…"))
    return TypeNotes(condition: ConditionID(program.conditions.count - 1))
  }

  mutating func limit(_ limits: Limits) { program.main.limits = limits }

  // MARK: Flows

  /// A flow that can be called.
  mutating func flow(_ name: String, _ make: (inout Sketch) -> Void) -> FlowID {
    var inner = Sketch()
    inner.program = program
    make(&inner)
    program = inner.program
    var body = FlowBody()
    body.name = name
    body.inputs = inner.inputs
    body.work = inner.open[0]
    body.outputs = inner.outputs
    program.used.append(body)
    return FlowID(program.used.count - 1)
  }

  mutating func call(_ name: String, _ flow: FlowID, _ ids: ValueID...) -> ValueID { call(name, flow, ids) }

  mutating func call(_ name: String, _ flow: FlowID, _ ids: [ValueID]) -> ValueID {
    let id = self.name(name)
    let arguments = zip(program[flow].inputs, ids).map { CallStep.Argument(input: $0.id, value: value($1)) }
    add(.call(CallStep(id: id, name: name, span: nowhere, flow: flow, arguments: arguments)))
    return id
  }

  // MARK: Blocks

  private mutating func body(_ make: (inout Sketch) -> Void) -> [Work] {
    open.append([])
    make(&self)
    return open.removeLast()
  }

  private mutating func outside(_ inner: ValueID, _ shape: (ValueType) -> ValueType) -> ValueID {
    name(program[inner].name, shape(program[inner].type))
  }

  /// `make` returns what is seen outside; so does this, as it is seen there.
  @discardableResult
  mutating func `for`(
    _ element: String, _ index: String? = nil, in list: Expression,
    _ make: (inout Sketch, ValueID) -> [ValueID]
  ) -> [ValueID] {
    let id = name(element)
    let indexID = index.map { name($0, .int) }
    var inner: [ValueID] = []
    let work = body { inner = make(&$0, id) }
    let exports = inner.map { Export(inner: $0, outer: outside($0) { .list($0) }) }
    add(.for(For(list: list, element: id, index: indexID, body: work, exports: exports, span: nowhere)))
    return exports.map(\.outer)
  }

  /// Branches with the values that their conditions read, nil for `else`.
  @discardableResult
  mutating func `if`(
    _ branches: [(reads: [ValueID]?, make: (inout Sketch) -> [ValueID?])]
  ) -> [ValueID] {
    var made: [[ValueID?]] = []
    let parts = branches.map { branch in
      let condition = branch.reads.map { reads in
        Expression(.list(ExpressionList(reads.map(value))), type: .bool, span: nowhere)
      }
      return If.Branch(condition: condition, body: body { made.append(branch.make(&$0)) })
    }
    let exports = (made.first ?? []).indices.map { place in
      let inner = made.map { $0[place] }
      let shown = inner.compactMap { $0 }
      let name = shown.first.map { program[$0].name } ?? "none"
      return If.Export(outer: self.name(name, ValueType.string.optional), inner: inner)
    }
    add(.if(If(branches: parts, exports: exports, span: nowhere)))
    return exports.map(\.outer)
  }

  /// The first of what comes back is what has gone round.
  @discardableResult
  mutating func `repeat`(
    _ variable: String, from start: Expression, upTo bound: Int,
    _ make: (inout Sketch, ValueID) -> [ValueID]
  ) -> [ValueID] {
    let id = name(variable)
    var inner: [ValueID] = []
    let work = body { inner = make(&$0, id) }
    let round = Export(inner: id, outer: name(variable))
    let exports = inner.map { Export(inner: $0, outer: outside($0) { $0 }) }
    let bound = Expression(.constant(.int(bound)), type: .int, span: nowhere)
    add(
      .repeat(
        Repeat(variable: round, start: start, bound: bound, body: work, exports: exports, span: nowhere)))
    return [round.outer] + exports.map(\.outer)
  }

  mutating func until(_ ids: ValueID...) {
    add(
      .until(
        Until(
          condition: Expression(.list(ExpressionList(ids.map(value))), type: .bool, span: nowhere),
          span: nowhere)))
  }

  mutating func next(_ id: ValueID) { add(.next(Next(value: value(id), span: nowhere))) }
}

func constant(_ text: String) -> Expression {
  Expression(.constant(.string(text)), type: .string, span: nowhere)
}
