import WeirDiagnostics
import WeirProgram
import WeirValues

/// A checked flow, written entry by entry. Every entry's span has its own number, from 100.
struct Sketch {
  private(set) var program = Program()
  private var nextPlace = 100

  private mutating func add(_ name: String, _ type: ValueType) -> ValueID {
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
    return self[id]
  }

  @discardableResult
  mutating func step(
    _ name: String, _ type: ValueType = .string, prompt: Expression = "Hello",
    model: Expression? = "model", _ change: (inout StepSettings) -> Void = { _ in }
  ) -> Expression {
    let id = add(name, type)
    var settings = StepSettings(prompt: prompt)
    settings.model = model
    change(&settings)
    program.work.append(
      .step(Step(id: id, name: name, type: type, span: program[id].span, settings: settings)))
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

func count(_ expression: Expression) -> Expression { call("count", expression) }
func matches(_ expression: Expression, _ pattern: Expression) -> Expression {
  call("matches", expression, pattern)
}
