import WeirDiagnostics
import WeirProgram
import WeirValues

/// A checked flow, written entry by entry. Every entry's span has its own number, from 100.
struct Sketch {
  var program = Program()
  private var nextPlace = 100
  /// What the block has made that is being written.
  private(set) var made: [ValueID] = []

  mutating func add(_ name: String, _ type: ValueType) -> ValueID {
    program.values.append(NamedValue(name: name, type: type, span: place(nextPlace)))
    nextPlace += 1
    return ValueID(program.values.count - 1)
  }

  subscript(id: ValueID) -> Expression {
    Expression(.value(id), type: program[id].type, span: program[id].span)
  }

  @discardableResult
  mutating func input(
    _ name: String, _ type: ValueType = .string, default expression: Expression? = nil,
    notes: TypeNotes = .none
  ) -> Expression {
    let id = add(name, type)
    program.inputs.append(
      Input(
        id: id, name: name, type: type, defaultValue: expression, notes: notes, span: program[id].span))
    return self[id]
  }

  @discardableResult
  mutating func `let`(
    _ name: String, _ expression: Expression, _ type: ValueType = .json, readAs: ValueType? = nil
  ) -> Expression {
    let id = add(name, type)
    program.work.append(.let(Let(id: id, expression: expression, readAs: readAs)))
    made.append(id)
    return self[id]
  }

  @discardableResult
  mutating func step(
    _ name: String, _ type: ValueType = .string, prompt: Expression = "Hello",
    model: Expression? = "model", _ change: (inout StepSettings) -> Void = { _ in },
    also alter: (inout StepAdditions) -> Void = { _ in }
  ) -> Expression {
    let id = add(name, type)
    var settings = StepSettings(prompt: prompt)
    settings.model = model
    change(&settings)
    var additions = StepAdditions(id: id)
    alter(&additions)
    program.work.append(
      .step(
        Step(
          id: id, name: name, type: type, span: program[id].span, settings: settings,
          continued: additions.continued, ensures: additions.ensures)))
    made.append(id)
    return self[id]
  }

  /// Gives the last step its `meta`.
  mutating func meta() -> Expression {
    guard case .step(let step)? = program.work.popLast() else { preconditionFailure("no step stands last") }
    let id = add("meta(\(step.name))", .json)
    program.work.append(
      .step(
        Step(
          id: step.id, name: step.name, type: step.type, span: step.span, settings: step.settings, meta: id,
          continued: step.continued, ensures: step.ensures)))
    made.append(id)
    return self[id]
  }

  @discardableResult
  mutating func run(
    _ name: String, _ command: Expression, _ change: (inout RunStep) -> Void = { _ in }
  ) -> Expression {
    let id = add(name, .string)
    var step = RunStep(id: id, name: name, span: program[id].span, command: command)
    change(&step)
    program.work.append(.run(step))
    made.append(id)
    return self[id]
  }

  mutating func output(_ expression: Expression, as name: String? = nil) {
    program.outputs.append(Output(name: name, expression: expression))
  }

  mutating func concurrency(_ limit: Int) { program.limits.concurrency = limit }

  mutating func condition(_ expression: Expression, _ text: String) -> ConditionID {
    program.conditions.append(Condition(expression: expression, text: text))
    return ConditionID(program.conditions.count - 1)
  }

  /// The notes of something documented and held to a condition.
  mutating func notes(
    _ documentation: String? = nil, where expression: Expression? = nil, _ text: String = "…"
  ) -> TypeNotes {
    TypeNotes(documentation: documentation, condition: expression.map { condition($0, text) })
  }

  mutating func type(_ name: String, _ type: ValueType, _ notes: TypeNotes = .none) -> TypeID {
    program.types.add(.init(name: name, type: type, notes: notes))
  }

  mutating func define(_ id: TypeID, as type: ValueType) { program.types[id].type = type }
}

// Blocks. All that is made in one is seen outside under its name, in the result.
/// What few steps say.
struct StepAdditions {
  let id: ValueID
  var continued: ValueID?
  var ensures: [Step.Ensure] = []
}

extension Sketch {
  typealias Names = [String: Expression]

  private mutating func block(_ body: (inout Sketch) -> Void) -> (work: [Work], made: [ValueID]) {
    let (outerWork, outerMade) = (program.work, made)
    program.work = []
    made = []
    body(&self)
    defer { (program.work, made) = (outerWork, outerMade) }
    return (program.work, made)
  }

  private mutating func outside(_ id: ValueID, _ type: ValueType) -> ValueID {
    let outer = add(program[id].name, type)
    made.append(outer)
    return outer
  }

  private func names(_ ids: [ValueID]) -> Names {
    Dictionary(ids.map { (program[$0].name, self[$0]) }) { $1 }
  }

  /// `body` gets the element and its index.
  @discardableResult
  mutating func forEach(
    _ list: Expression, _ type: ValueType = .string,
    _ body: (inout Sketch, Expression, Expression) -> Void
  ) -> Names {
    let element = add("element", type)
    let index = add("index", .int)
    let (work, made) = block { $0.fill(element, index, body) }
    let exports = made.map { Export(inner: $0, outer: outside($0, .list(program[$0].type))) }
    program.work.append(
      .for(For(list: list, element: element, index: index, body: work, exports: exports, span: list.span)))
    return names(exports.map(\.outer))
  }

  private mutating func fill(
    _ element: ValueID, _ index: ValueID, _ body: (inout Sketch, Expression, Expression) -> Void
  ) {
    body(&self, self[element], self[index])
  }

  /// Each branch with its condition, nil for `else`.
  @discardableResult
  mutating func choose(_ branches: [(Expression?, (inout Sketch) -> Void)]) -> Names {
    var written: [If.Branch] = []
    var inner: [[ValueID]] = []
    for (condition, body) in branches {
      let (work, made) = block(body)
      written.append(.init(condition: condition, body: work))
      inner.append(made)
    }
    var names: [String] = []
    for id in inner.joined() where !names.contains(program[id].name) { names.append(program[id].name) }
    let exports = names.map { name in
      let found = inner.map { made in made.first { program[$0].name == name } }
      let first = found.compactMap { $0 }[0]
      return If.Export(outer: outside(first, program[first].type.optional), inner: found)
    }
    program.work.append(.if(If(branches: written, exports: exports, span: place(nextPlace))))
    return self.names(exports.map(\.outer))
  }

  /// `body` gets what goes round, and returns what comes next. What it makes before `until` is seen
  /// outside.
  @discardableResult
  mutating func `repeat`(
    _ name: String, from start: Expression, upTo bound: Expression,
    _ body: (inout Sketch, Expression) -> Expression
  ) -> Names {
    let variable = add(name, start.type)
    let (work, made) = block { sketch in
      let value = body(&sketch, sketch[variable])
      sketch.program.work.append(.next(Next(value: value, span: value.span)))
    }
    let outer = outside(variable, start.type)
    let end = work.firstIndex { if case .until = $0 { true } else { false } } ?? work.count
    let before = Set(work[..<end].flatMap(\.madeValues))
    let exports = made.filter(before.contains).map {
      Export(inner: $0, outer: outside($0, program[$0].type))
    }
    program.work.append(
      .repeat(
        Repeat(
          variable: Export(inner: variable, outer: outer), start: start, bound: bound, body: work,
          exports: exports, span: start.span)))
    return names([outer] + exports.map(\.outer))
  }

  mutating func until(_ condition: Expression) {
    program.work.append(.until(Until(condition: condition, span: condition.span)))
  }

  /// A flow that can be called; it is written before those that call it.
  mutating func flow(_ name: String, _ body: (inout Sketch) -> Void) -> FlowID {
    let (outer, outerMade) = (program.main, made)
    program.main = FlowBody()
    program.main.name = name
    body(&self)
    program.used.append(program.main)
    (program.main, made) = (outer, outerMade)
    return FlowID(program.used.count - 1)
  }

  mutating func defaultModel(_ model: Expression) { program.main.defaultModel = model }

  @discardableResult
  mutating func call(
    _ name: String, _ flow: FlowID, _ arguments: [String: Expression] = [:]
  ) -> Expression {
    let called = program[flow]
    let id = add(name, .json)
    let given = called.inputs.compactMap { input in
      arguments[input.name].map { CallStep.Argument(input: input.id, value: $0) }
    }
    program.work.append(
      .call(CallStep(id: id, name: name, span: program[id].span, flow: flow, arguments: given)))
    made.append(id)
    return self[id]
  }

  mutating func timeLimit(_ seconds: Number) { program.limits.time = seconds }
}

extension Work {
  fileprivate var madeValues: [ValueID] {
    switch self {
    case .let(let entry): [entry.id]
    case .step(let step): [step.id] + (step.meta.map { [$0] } ?? [])
    case .run(let step): [step.id]
    case .call(let call): [call.id]
    case .for(let loop): loop.exports.map(\.outer)
    case .if(let choice): choice.exports.map(\.outer)
    case .repeat(let loop): [loop.variable.outer] + loop.exports.map(\.outer)
    case .until, .next: []
    }
  }
}

func count(_ expression: Expression) -> Expression { call("count", expression) }
func matches(_ expression: Expression, _ pattern: Expression) -> Expression {
  call("matches", expression, pattern)
}
