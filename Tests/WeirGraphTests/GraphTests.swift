import Testing
import WeirDiagnostics
import WeirGraph
import WeirProgram
import WeirTestSupport
import WeirValues

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
  return sketch.finished
}

@Suite struct GraphTests {
  @Test func nodesStandInTheOrderOfTheSourceWithOutputsLast() {
    let graph = Graph(captionToPost())
    #expect(
      graph.main.nodes.map(\.key) == [
        "input_photo", "input_model", "let_smart", "step_caption", "step_post", "step_end", "output_post",
        "output_numbers",
      ])
  }

  @Test func anInputBetweenLetsKeepsItsPlace() {
    var sketch = Sketch()
    let base = sketch.let("base", constant("x"))
    let tone = sketch.input("tone", .string, default: sketch.value(base))
    sketch.output(nil, tone)
    let graph = Graph(sketch.finished)
    #expect(graph.main.nodes.map(\.key) == ["let_base", "input_tone", "output"])
    #expect(graph.main.needs(of: NodeID(1)) == [NodeID(0)])
    #expect(graph.main.dependents(of: NodeID(1)) == [NodeID(2)])
  }

  @Test func aStepWaitsForWhatTheConditionsOfItsTypeName() {
    var sketch = Sketch()
    let labels = sketch.input("labels", .list(.string))
    let it = Expression(.local(0), type: .string, span: nowhere)
    let notes = sketch.condition(
      Expression(.binary(.in, it, sketch.value(labels)), type: .bool, span: nowhere))
    _ = sketch.step("label", .record([RecordField("name", .string, notes)]), prompt: constant("Which?"))
    #expect(Graph(sketch.finished).main.needs(of: NodeID(1)) == [NodeID(0)])
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
