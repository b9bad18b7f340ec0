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

/// Every kind of work: notes of pages, translated where need be, a draft that goes round, a flow that is called.
private func digest() -> Program {
  var sketch = Sketch()
  let tone = sketch.flow("tone_of") { sketch in
    let text = sketch.input("text")
    sketch.output(sketch.step("tone", model: constant("google/gemini-2.5-flash"), prompt: sketch.text(text)))
  }
  let pages = sketch.input("pages", .list(.string))
  let status = sketch.run(
    "status",
    Expression(.list([constant("git"), constant("status")]), type: .list(.string), span: nowhere))
  let lists = sketch.for("page", "i", in: sketch.value(pages)) { sketch, page in
    let (notes, meta) = sketch.stepWithMeta("notes", page)
    let english = sketch.if([
      ([page], { sketch in [sketch.step("english", notes)] }),
      ([notes], { sketch in [sketch.let("english", sketch.text(notes))] }),
      (nil, { _ in [nil] }),
    ])
    return [meta, english[0], sketch.call("tone", tone, notes)]
  }
  let made = sketch.repeat("draft", from: sketch.text(lists[1], status), upTo: 3) { sketch, draft in
    let review = sketch.step("review", draft)
    sketch.until(review)
    sketch.next(sketch.step("rewrite", draft, review, pages))
    return [review]
  }
  sketch.if([([pages], { _ in [] })])
  sketch.output("draft", made[0])
  sketch.output("tone", sketch.call("tone_of_all", tone, made[0]))
  sketch.output("meta", lists[0])
  var limits = Limits(concurrency: 4)
  limits.budget = Number(0.5)
  sketch.limit(limits)
  return sketch.finished
}

@Suite struct GraphTests {
  @Test func aStepSaysWhatItsModelMayCall() {
    var sketch = Sketch()
    let id = sketch.name("answer")
    var program = sketch.finished
    var settings = StepSettings(prompt: sketch.text())
    settings.tools = [OfferedTool(name: "weather", id: ToolID(0), span: nowhere)]
    program.tools = [
      Tool(
        name: "weather", about: nil, parameters: [], result: .string, span: nowhere,
        action: .run(RunStep(id: id, name: "weather", span: nowhere, command: sketch.list())))
    ]
    program.work = [
      .step(Step(id: id, name: "answer", type: .string, span: nowhere, settings: settings))
    ]
    let graph = Graph(program)
    #expect(graph.json()["nodes"]?.list?.first?["tools"] == .list([.string("weather")]))
    #expect(graph.mermaid().contains("may call weather"))
  }

  @Test func nodesStandInTheOrderOfTheSourceWithOutputsLast() {
    let graph = Graph(captionToPost())
    #expect(
      graph.keys == [
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
    #expect(graph.keys == ["let_base", "input_tone", "output"])
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

  // MARK: Blocks

  @Test func drawsBlocksInMermaid() {
    Golden.expect(Graph(digest()).mermaid(), matches: "graph/digest.mermaid")
  }

  @Test func drawsBlocksInDOT() {
    Golden.expect(Graph(digest()).dot(), matches: "graph/digest.dot")
  }

  @Test func writesBlocksAsJSON() {
    Golden.expect(Graph(digest()).json().json(indent: 2) + "\n", matches: "graph/digest.json")
  }

  @Test func keysAreUniqueInAnyGraph() {
    for seed in 0..<100 {
      let keys = Graph(RandomProgram.make(seed)).allKeys
      #expect(Set(keys).count == keys.count)
    }
  }

  @Test func namesThatAreNoWordsStillHaveKeysOfTheirOwn() {
    var sketch = Sketch()
    sketch.for("x", in: sketch.list()) { sketch, x in
      let (step, meta) = sketch.stepWithMeta("s", x)
      return [step, meta, sketch.let("meta_s_", sketch.text(step))]
    }
    let keys = Graph(sketch.finished).keys
    #expect(keys == ["for_1", "export_s", "export_meta_s_", "export_meta_s__"])
  }

  @Test func aValueIsReachedFromTheBodiesInside() throws {
    let graph = Graph(digest())
    let body = try #require(graph.blocks.first { $0.name == "for page, i" })
    let branch = try #require(graph.blocks.first { $0.name == "if" })
    let page = try #require(body[NodeID(0)].value)
    #expect(graph.reach(page, from: body.id) == OuterNeed(up: 0, node: NodeID(0)))
    #expect(graph.reach(page, from: branch.id) == OuterNeed(up: 1, node: NodeID(0)))
    let pages = try #require(graph.main[NodeID(0)].value)
    #expect(graph.reach(pages, from: branch.id) == OuterNeed(up: 2, node: NodeID(0)))
    let step = try #require(branch.ids.first { branch[$0].kind == .step })
    #expect(branch.outerNeeds(of: step) == [OuterNeed(up: 1, node: NodeID(2))])
  }

  @Test func whatAnotherFlowLendsIsNoNeed() throws {
    var sketch = Sketch()
    var name: ValueID?
    let flow = sketch.flow("tone") { sketch in
      name = sketch.let("name", constant("warm"))
      sketch.output(sketch.step("s"))
    }
    let lent = try #require(name)
    sketch.output(sketch.step("ask", lent))
    _ = sketch.call("c", flow)
    let graph = Graph(sketch.finished)
    #expect(graph.main.needs(of: NodeID(0)).isEmpty)
    #expect(graph.reach(lent, from: .main) == nil)
    #expect(graph.site(of: lent)?.block == BlockID(1))
  }

  @Test func whatStandsBelowAnUntilWaitsForIt() throws {
    let graph = Graph(digest())
    let body = try #require(graph.blocks.first { $0.name == "repeat draft" })
    let until = try #require(body.ids.first { body[$0].kind == .until })
    let below = body.ids.filter { $0 > until }
    #expect(!below.isEmpty && below.allSatisfy { body.needs(of: $0).contains(until) })
  }

  @Test func aDrawingOfFlowsThatCallEachOtherTwiceIsNotLargerThanTheGraph() {
    var sketch = Sketch()
    var flow = sketch.flow("f") { sketch in sketch.output(sketch.step("s")) }
    for level in 0..<40 {
      let inner = flow
      flow = sketch.flow("f\(level)") { sketch in
        sketch.output("a", sketch.call("a", inner))
        sketch.output("b", sketch.call("b", inner))
      }
    }
    sketch.output(sketch.call("top", flow))
    let graph = Graph(sketch.finished)
    let lines = graph.mermaid().utf8.count { $0 == UInt8(ascii: "\n") }
    #expect(lines < 10 * graph.blocks.reduce(0) { $0 + $1.nodes.count })
  }
}
