import Testing
import WeirDiagnostics
import WeirGraph
import WeirProgram
import WeirTestSupport
import WeirValues

private let nowhere = Span(0..<0, in: FileID(0))

/// A program with names and needs alone, written in the order of the source.
private struct Sketch {
  private(set) var program = Program()

  mutating func name(_ name: String, _ type: ValueType) -> ValueID {
    program.values.append(NamedValue(name: name, type: type, span: nowhere))
    return ValueID(program.values.count - 1)
  }

  func value(_ id: ValueID) -> Expression {
    Expression(.value(id), type: program[id].type, span: nowhere)
  }

  func text(_ ids: ValueID...) -> Expression {
    Expression(.template(Template(ids.map { .value(value($0)) })), type: .string, span: nowhere)
  }

  mutating func input(_ name: String, _ type: ValueType, default expression: Expression? = nil) -> ValueID {
    let id = self.name(name, type)
    program.inputs.append(
      Input(id: id, name: name, type: type, defaultValue: expression, notes: .none, span: nowhere))
    return id
  }

  mutating func `let`(_ name: String, _ expression: Expression) -> ValueID {
    let id = self.name(name, expression.type)
    program.work.append(.let(Let(id: id, expression: expression)))
    return id
  }

  mutating func step(
    _ name: String, _ type: ValueType = .string, model: Expression? = nil, prompt: Expression
  ) -> ValueID {
    let id = self.name(name, type)
    var settings = StepSettings(prompt: prompt)
    settings.model = model
    program.work.append(.step(Step(id: id, name: name, type: type, span: nowhere, settings: settings)))
    return id
  }

  mutating func output(_ name: String?, _ id: ValueID) {
    program.outputs.append(Output(name: name, expression: value(id)))
  }

  mutating func condition(_ expression: Expression) -> TypeNotes {
    program.conditions.append(Condition(expression: expression, text: "…"))
    return TypeNotes(condition: ConditionID(program.conditions.count - 1))
  }
}

private func constant(_ text: String) -> Expression {
  Expression(.constant(.string(text)), type: .string, span: nowhere)
}

/// A picture to a caption to a post; models as a text, as a name for a list, and from an input.
private func captionToPost() -> Program {
  var sketch = Sketch()
  let photo = sketch.input("photo", .image)
  let wanted = sketch.input("model", .string)
  let smart = sketch.let(
    "smart",
    Expression(
      .list([constant("google/gemini-2.5-flash"), constant("openai/gpt-4o")]), type: .list(.string),
      span: nowhere))
  let caption = sketch.step("caption", model: constant("google/gemini-2.5-flash"), prompt: sketch.text(photo))
  let post = sketch.step(
    "post",
    .record([RecordField("title", .string), RecordField("mood", .union([.text("calm"), .text("a\\b")]))]),
    model: sketch.value(smart), prompt: sketch.text(caption))
  let end = sketch.step("end", .list(.int), model: sketch.value(wanted), prompt: constant("Count"))
  sketch.output("post", post)
  sketch.output("numbers", end)
  return sketch.program
}

@Suite struct GraphTests {
  @Test func nodesStandInTheOrderOfTheSourceWithOutputsLast() {
    let graph = Graph(captionToPost())
    #expect(
      graph.nodes.map(\.key) == [
        "input_photo", "input_model", "let_smart", "step_caption", "step_post", "step_end", "output_post",
        "output_numbers",
      ])
  }

  @Test func anInputBetweenLetsKeepsItsPlace() {
    var sketch = Sketch()
    let base = sketch.let("base", constant("x"))
    let tone = sketch.input("tone", .string, default: sketch.value(base))
    sketch.output(nil, tone)
    let graph = Graph(sketch.program)
    #expect(graph.nodes.map(\.key) == ["let_base", "input_tone", "output"])
    #expect(graph.needs(of: NodeID(1)) == [NodeID(0)])
    #expect(graph.dependents(of: NodeID(1)) == [NodeID(2)])
  }

  @Test func aStepWaitsForWhatTheConditionsOfItsTypeName() {
    var sketch = Sketch()
    let labels = sketch.input("labels", .list(.string))
    let it = Expression(.local(0), type: .string, span: nowhere)
    let notes = sketch.condition(
      Expression(.binary(.in, it, sketch.value(labels)), type: .bool, span: nowhere))
    _ = sketch.step("label", .record([RecordField("name", .string, notes)]), prompt: constant("Which?"))
    #expect(Graph(sketch.program).needs(of: NodeID(1)) == [NodeID(0)])
  }

  @Test func drawsMermaid() {
    Golden.expect(Graph(captionToPost()).mermaid(), matches: "graph/caption-to-post.mermaid")
  }

  @Test func drawsDOT() {
    Golden.expect(Graph(captionToPost()).dot(), matches: "graph/caption-to-post.dot")
  }

  @Test func writesJSON() {
    let json = Graph(captionToPost()).json().json(indent: 2) + "\n"
    Golden.expect(json, matches: "graph/caption-to-post.json")
  }
}
