import Testing
import WeirDiagnostics
import WeirProgram
import WeirValues

/// Which named values an expression reads and a piece of work waits for.
struct NeedsTests {
  private static let nowhere = Span(0..<0, in: FileID(0))

  private func make(_ kind: Expression.Kind, _ type: ValueType = .string) -> Expression {
    Expression(kind, type: type, span: Self.nowhere)
  }

  private func value(_ index: Int) -> Expression { make(.value(ValueID(index))) }

  private func references(_ kind: Expression.Kind) -> [Int] { make(kind).references.map(\.index) }

  @Test func whatIsReadTwiceIsNamedOnceInTheOrderOfTheText() {
    #expect(references(.list([value(3), value(1), value(3), value(2), value(1)])) == [3, 1, 2])
  }

  @Test func everyKindOfExpressionIsLookedInto() throws {
    let join = try #require(Builtins.named("join"))
    let call = Expression.Call(
      builtin: join, arguments: [.value(value(1)), .forEachElement(value(2), depth: 0)])
    #expect(references(.constant(.null)).isEmpty)
    #expect(references(.local(0)).isEmpty)
    #expect(
      references(.record([.init(name: "a", value: value(1)), .init(name: "b", value: value(2))])) == [1, 2])
    #expect(
      references(.comprehension(.init(list: value(1), depth: 0, condition: value(2), element: value(3)))) == [
        1, 2, 3,
      ])
    #expect(references(.field(value(1), "a", isOptional: true)) == [1])
    #expect(references(.element(value(1), at: value(2))) == [1, 2])
    #expect(references(.negate(value(1))) == [1])
    #expect(references(.not(value(1))) == [1])
    #expect(references(.binary(.add, value(1), value(2))) == [1, 2])
    #expect(references(.conditional(value(1), then: value(2), otherwise: value(3))) == [1, 2, 3])
    #expect(references(.call(call)) == [1, 2])
  }

  @Test func templatesAreLookedIntoWithTheirTags() {
    let template = Template([
      .text("a"), .value(value(1)),
      .choice(
        [.init(condition: value(2), body: Template([.value(value(3))]))],
        otherwise: Template([.value(value(4))])),
      .loop(value(5), depth: 0, Template([.value(value(6)), .value(make(.local(0)))])),
    ])
    #expect(references(.template(template)) == [1, 2, 3, 4, 5, 6])
  }

  /// A program with `condition 0 … n`, each of which reads the value with the number of its place.
  private func program(_ reads: [Int]) -> Program {
    var program = Program()
    program.conditions = reads.map { Condition(expression: value($0), text: "it == value") }
    return program
  }

  private func notes(_ condition: Int) -> TypeNotes { TypeNotes(condition: ConditionID(condition)) }

  @Test func conditionsAreFoundWhereverATypeHasThem() {
    var program = program([])
    let id = program.types.add(.init(name: "Tree", type: .error, notes: notes(4)))
    program.types[id].type = .record([
      RecordField("label", .string, notes(1)), RecordField("leaves", .list(.int, notes(2))),
      RecordField("by_name", .dictionary(.named(id), notes(3)).optional),
    ])
    #expect(program.conditions(of: .union([.named(id), .null])).map(\.index) == [4, 1, 2, 3])
    #expect(program.conditions(of: .string).isEmpty)
  }

  @Test func aStepWaitsForItsSettingsAndForTheConditionsOfItsType() {
    var program = program([7, 8])
    let type = program.types.add(.init(name: "Label", type: .string, notes: notes(1)))
    var settings = StepSettings(prompt: value(2))
    settings.model = value(3)
    settings.system = value(1)
    settings.options = value(2)
    let step = Step(
      id: ValueID(9), name: "label", type: .named(type), span: Self.nowhere, settings: settings)
    #expect(program.needs(of: .step(step)).map(\.index) == [2, 1, 3, 8])
  }

  @Test func aLetWaitsForConditionsOnlyWhereItReadsJSON() {
    let program = program([5])
    let plain = Let(id: ValueID(0), expression: value(1))
    let reading = Let(id: ValueID(0), expression: value(1), readAs: .list(.string, notes(0)))
    #expect(program.needs(of: .let(plain)).map(\.index) == [1])
    #expect(program.needs(of: .let(reading)).map(\.index) == [1, 5])
  }

  @Test func anInputNeedsWhatItsDefaultAndConditionsRead() {
    let program = program([5, 6])
    let input = Input(
      id: ValueID(0), name: "a", type: .list(.string, notes(1)), defaultValue: value(4), notes: notes(0),
      span: Self.nowhere)
    #expect(program.needs(of: input).map(\.index) == [4, 5, 6])
  }

  @Test func manyReferencesAreGatheredInOnePass() {
    let elements = (0..<20_000).map { value($0 % 10_000) }
    #expect(references(.list(ExpressionList(elements))) == Array(0..<10_000))
  }
}
