import Testing
import WeirGraph
import WeirProgram
import WeirValues

/// How a plan deals with `if`, `repeat` and calls.
@Suite struct BlockTests {
  // MARK: if

  /// `if … { step a } else { step b, and a let c }`, where both make `made`.
  private func choice() -> Graph {
    var sketch = Sketch()
    let text = sketch.input("text")
    let made = sketch.if([
      ([text], { sketch in [sketch.step("made", text), nil] }),
      (
        nil,
        { sketch in
          let made = sketch.step("made")
          return [made, sketch.let("c", sketch.text(made))]
        }
      ),
    ])
    sketch.output("made", made[0])
    sketch.output("c", made[1])
    return Graph(sketch.finished)
  }

  private func source(_ walk: Walk, _ name: String) -> Changes.Source? {
    walk.sources.first { walk.name($0.key) == name }?.value
  }

  @Test func onlyTheBranchTakenIsDone() {
    var walk = Walk(choice(), World(branch: { _ in 0 }))
    walk.run()
    #expect(walk.log == ["input_text", "if_1", "output_c", "if_1_1__step_made", "output_made"])
    #expect(source(walk, "export_none") == nil)
    #expect(source(walk, "export_c") == .null)
  }

  @Test func aBranchWithMoreToMakeGivesMore() {
    var walk = Walk(choice(), World(branch: { _ in 1 }))
    walk.run()
    #expect(walk.log.filter { $0.hasPrefix("if_1_") } == ["if_1_2__step_made", "if_1_2__let_c"])
    if case .value? = source(walk, "export_c") {} else { Issue.record("the value of the branch is told") }
  }

  @Test func noBranchGivesNulls() {
    var walk = Walk(choice(), World(branch: { _ in nil }))
    walk.run()
    #expect(walk.log == ["input_text", "if_1", "output_made", "output_c"])
    #expect(source(walk, "export_made") == .null)
  }

  @Test func aFailureInABranchSkipsOnlyWhatItMakes() {
    let graph = choice()
    var walk = Walk(graph, World(branch: { _ in 0 }, fails: { graph.key($0.site) == "if_1_1__step_made" }))
    walk.run()
    #expect(walk.names(.skipped) == ["export_made", "output_made"])
    #expect(walk.names(.done).contains("output_c"))
  }

  @Test func anIfInALoopIsDecidedInEachPass() {
    var sketch = Sketch()
    sketch.output(
      sketch.for("x", in: sketch.list()) { sketch, x in
        sketch.if([([x], { sketch in [sketch.step("s", x)] })])
      }[0])
    var walk = Walk(Graph(sketch.finished), World(branch: { $0.path[0].pass % 2 == 0 ? 0 : nil }))
    walk.run()
    #expect(
      walk.log.filter { $0.contains("step_s") } == ["for_1__if_1_1__step_s 0", "for_1__if_1_1__step_s 2"])
    #expect(walk.names(.done).contains("output"))
  }

  // MARK: repeat

  /// `repeat draft { step review; step aside; until review; step rewrite; next rewrite }`
  private func drafts() -> Graph {
    var sketch = Sketch()
    let outline = sketch.step("outline")
    let made = sketch.repeat("draft", from: sketch.value(outline), upTo: 3) { sketch, draft in
      let review = sketch.step("review", draft)
      let aside = sketch.step("aside", draft)
      sketch.until(review)
      let rewrite = sketch.step("rewrite", draft, review)
      sketch.next(rewrite)
      return [review, aside]
    }
    sketch.output("draft", made[0])
    sketch.output("review", made[1])
    sketch.output("aside", made[2])
    return Graph(sketch.finished)
  }

  @Test func untilInTheFirstPassStopsBelow() {
    let graph = drafts()
    var walk = Walk(graph, World(stops: { _ in true }))
    walk.run()
    #expect(!walk.log.contains { $0.contains("rewrite") || $0.contains("next") })
    #expect(walk.log.contains("output_draft") && walk.log.contains("output_aside"))
    guard case .value(let place)? = source(walk, "export_draft") else {
      Issue.record("the value of the pass is told")
      return
    }
    #expect(place.node == NodeID(0))
  }

  @Test func theBoundEndsItWithTheNextOfTheLastPass() {
    let graph = drafts()
    var walk = Walk(graph, World(bound: { _ in 3 }))
    walk.run()
    #expect(walk.log.filter { $0.contains("rewrite") }.count == 3)
    guard case .value(let place)? = source(walk, "export_draft") else {
      Issue.record("the value of `next` is told")
      return
    }
    #expect(graph.blocks[1][place.node].kind == .next)
  }

  @Test func aBoundOfOneIsOnePass() {
    var walk = Walk(drafts(), World(bound: { _ in 1 }))
    walk.run()
    #expect(walk.log.filter { $0.contains("review") && $0.contains("step") } == ["repeat_1__step_review 0"])
    #expect(walk.log.contains("output_draft"))
  }

  @Test func aPassDoesNotWaitForWhatTheNextOneDoesNotNeed() throws {
    var walk = Walk(drafts(), World(bound: { _ in 2 }))
    // `aside` is always the one that is kept back.
    walk.run(limit: 3) { $0 - 1 }
    let first = walk.log.filter { $0.contains("review ") }
    #expect(first == ["repeat_1__step_review 0", "repeat_1__step_review 1"])
    #expect(walk.names(.done).contains("output_aside"))
  }

  @Test func aFailureBelowAnUntilThatHoldsIsNone() {
    var sketch = Sketch()
    let made = sketch.repeat("x", from: sketch.text(), upTo: 2) { sketch, x in
      let bad = sketch.step("bad", x)
      let judge = sketch.step("judge", x)
      sketch.until(judge)
      sketch.next(sketch.step("more", bad))
      return [judge]
    }
    sketch.output(made[0])
    let graph = Graph(sketch.finished)
    for late in [true, false] {
      var walk = Walk(
        graph, World(stops: { _ in true }, fails: { graph.key($0.site) == "repeat_1__step_bad" }))
      walk.run { late ? $0 - 1 : 0 }
      #expect(walk.names(.failed) == ["repeat_1__step_bad 0"])
      #expect(walk.names(.skipped).isEmpty)
      #expect(walk.log.last == "output")
    }
  }

  @Test func theSameFailureIsOneWhereTheUntilDoesNotHold() {
    let graph = drafts()
    var walk = Walk(
      graph, World(fails: { graph.key($0.site) == "repeat_1__step_rewrite" && $0.passes(in: graph) == [1] }))
    walk.run()
    #expect(
      walk.names(.skipped) == [
        "export_aside", "export_draft", "export_review", "output_aside", "output_draft", "output_review",
        "repeat_1__next 1",
      ])
  }

  @Test func whatTheLastPossiblePassMadeIsThereEvenIfItFailsBelow() {
    let graph = drafts()
    var walk = Walk(
      graph, World(fails: { graph.key($0.site) == "repeat_1__step_rewrite" && $0.passes(in: graph) == [2] }))
    walk.run()
    #expect(walk.names(.skipped) == ["export_draft", "output_draft", "repeat_1__next 2"])
  }

  @Test func aRepeatInALoopGoesRoundForEachElement() {
    var sketch = Sketch()
    sketch.output(
      sketch.for("page", in: sketch.list()) { sketch, page in
        [
          sketch.repeat("x", from: sketch.value(page), upTo: 5) { sketch, x in
            let step = sketch.step("s", x, page)
            sketch.until(step)
            sketch.next(step)
            return []
          }[0]
        ]
      }[0])
    // Element 0 stops in pass 0, element 1 in pass 1, and so on.
    var walk = Walk(
      Graph(sketch.finished),
      World(passes: { _ in 4 }, bound: { _ in 5 }, stops: { $0.path[0].pass == $0.path[1].pass }))
    walk.run(limit: 2)
    #expect(walk.names(.done).filter { $0.contains("step_s") }.count == 1 + 2 + 3 + 4)
    #expect(walk.names(.done).contains("output"))
  }

  @Test func aThousandPassesNeedTwoFrames() {
    var sketch = Sketch()
    sketch.output(
      sketch.repeat("x", from: sketch.text(), upTo: 1_000) { sketch, x in
        sketch.next(sketch.step("s", x))
        return []
      }[0])
    var walk = Walk(Graph(sketch.finished), World(bound: { _ in 1_000 }))
    walk.run()
    #expect(walk.mostFrames <= 3)
    #expect(walk.names(.done).filter { $0.contains("step") }.count == 1_000)
  }

  // MARK: Calls

  /// `flow twice(text) { step a; step b; step unused; output a, b }`, called in a loop and alone.
  private func calls() -> Graph {
    var sketch = Sketch()
    let flow = sketch.flow("twice") { sketch in
      let text = sketch.input("text")
      sketch.output("a", sketch.step("a", text))
      sketch.output("b", sketch.step("b", text))
      _ = sketch.step("unused", text)
    }
    let one = sketch.call("one", flow, sketch.step("first"))
    let all = sketch.for("x", in: sketch.list()) { sketch, x in [sketch.call("each", flow, x)] }
    sketch.output("one", one)
    sketch.output("all", all[0])
    return Graph(sketch.finished)
  }

  @Test func aCalledFlowRunsForEachCall() {
    var walk = Walk(calls(), World(passes: { _ in 2 }))
    walk.run()
    #expect(
      walk.names(.done).filter { $0.contains("flow_1__step_a") } == [
        "flow_1__step_a", "flow_1__step_a 0", "flow_1__step_a 1",
      ])
    #expect(walk.log.contains("output_one") && walk.log.contains("output_all"))
  }

  @Test func aCallIsThereBeforeWhatNobodyNeedsIs() throws {
    var walk = Walk(calls(), World(passes: { _ in 0 }))
    walk.run(limit: 9)
    let output = try #require(walk.log.firstIndex(of: "output_one"))
    let unused = try #require(walk.log.firstIndex(of: "flow_1__step_unused"))
    #expect(unused < output)
    #expect(walk.names(.done).contains("call_one"))
  }

  @Test func aFailureInACalledFlowIsTheRootOutside() throws {
    let graph = calls()
    var walk = Walk(
      graph,
      World(
        passes: { _ in 2 }, fails: { graph.key($0.site) == "flow_1__step_a" && $0.passes(in: graph) == [1] }))
    walk.run()
    #expect(
      walk.names(.skipped) == ["export_each", "flow_1__output_a 1", "for_1__call_each 1", "output_all"])
    #expect(Set(walk.skips.values.map { graph.key($0.root) }) == ["flow_1__step_a"])
    #expect(walk.names(.done).contains("flow_1__step_b 1"))
  }

  @Test func aFlowMayCallAnother() {
    var sketch = Sketch()
    let inner = sketch.flow("inner") { sketch in
      let x = sketch.input("x")
      sketch.output(sketch.step("s", x))
    }
    let outer = sketch.flow("outer") { sketch in
      let x = sketch.input("x")
      sketch.output(sketch.for("y", in: sketch.value(x)) { sketch, y in [sketch.call("c", inner, y)] }[0])
    }
    sketch.output(sketch.call("d", outer, sketch.step("first")))
    var walk = Walk(Graph(sketch.finished), World(passes: { _ in 2 }))
    walk.run()
    #expect(walk.names(.done).filter { $0.contains("step_s") } == ["flow_1__step_s 0", "flow_1__step_s 1"])
    #expect(walk.log.last == "output")
  }

  @Test func aFlowOfConstantsIsDoneAtOnce() {
    var sketch = Sketch()
    let flow = sketch.flow("tone") { sketch in sketch.output(sketch.let("tone", constant("warm"))) }
    sketch.output(sketch.call("c", flow))
    var walk = Walk(Graph(sketch.finished))
    walk.run(limit: 0)
    #expect(walk.log == ["call_c", "flow_1__let_tone", "flow_1__output", "output"])
  }

  // MARK: meta

  @Test func metaFollowsItsStep() {
    var sketch = Sketch()
    let lists = sketch.for("x", in: sketch.list()) { sketch, x in
      let (step, meta) = sketch.stepWithMeta("s", x)
      return [step, meta]
    }
    sketch.output(lists[1])
    var walk = Walk(Graph(sketch.finished), World(passes: { _ in 1 }))
    walk.run()
    #expect(walk.log == ["for_1", "for_1__step_s 0", "for_1__meta_s 0", "output"])
  }
}
