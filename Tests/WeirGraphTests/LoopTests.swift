import Testing
import WeirGraph
import WeirProgram
import WeirValues

/// How a plan deals with `for`.
@Suite struct LoopTests {
  /// `for page in pages { step notes; step score of it }`, a step of its own that the scores need too, and what
  /// needs the lists.
  private func notesAndScores(late: Bool = false) -> Graph {
    var sketch = Sketch()
    let pages = sketch.input("pages", .list(.string))
    let tone = late ? sketch.step("tone") : pages
    let lists = sketch.for("page", "i", in: sketch.value(pages)) { sketch, page in
      let notes = sketch.step("notes", page)
      return [notes, sketch.step("score", notes, tone)]
    }
    sketch.output("notes", lists[0])
    sketch.output("scores", lists[1])
    return Graph(sketch.finished)
  }

  private func isStep(_ name: String) -> Bool { name.contains("step_") }

  @Test func everyElementHasItsOwnChain() {
    var walk = Walk(notesAndScores(), World(passes: { _ in 2 }))
    walk.run()
    #expect(
      walk.names(.done) == [
        "export_notes", "export_score", "for_1", "for_1__step_notes 0", "for_1__step_notes 1",
        "for_1__step_score 0",
        "for_1__step_score 1", "input_pages", "output_notes", "output_scores",
      ])
  }

  @Test func aSecondStepDoesNotWaitForTheOtherElementsFirst() {
    var walk = Walk(notesAndScores(), World(passes: { _ in 3 }))
    walk.run(limit: 1)
    #expect(
      walk.log.filter(isStep) == [
        "for_1__step_notes 0", "for_1__step_score 0", "for_1__step_notes 1", "for_1__step_score 1",
        "for_1__step_notes 2", "for_1__step_score 2",
      ])
  }

  @Test func aListIsThereAsSoonAsItsOwnValuesAre() throws {
    var walk = Walk(notesAndScores(), World(passes: { _ in 2 }))
    // Of all steps that are under way, the first ends first.
    walk.run(limit: 2)
    let output = try #require(walk.log.firstIndex(of: "output_notes"))
    let lastScore = try #require(walk.log.lastIndex { $0.hasPrefix("for_1__step_score") })
    #expect(output <= lastScore)
  }

  @Test func noElementsGiveEmptyListsAtOnce() {
    var walk = Walk(notesAndScores(), World(passes: { _ in 0 }))
    walk.run()
    #expect(walk.log == ["input_pages", "for_1", "output_notes", "output_scores"])
    #expect(walk.sources.values.allSatisfy { $0 == .passes })
    #expect(walk.mostFrames == 0)
  }

  @Test func aBodyBeginsBeforeWhatItReadsOutsideIsThere() {
    var walk = Walk(notesAndScores(late: true), World(passes: { _ in 2 }))
    // The step outside is kept back; everything else goes on.
    walk.run(limit: 3, pick: { $0 - 1 })
    #expect(walk.log.firstIndex(of: "for_1__step_notes 1") == walk.log.lastIndex { $0.contains("notes ") })
    #expect(walk.names(.done).contains("for_1__step_score 1"))
  }

  @Test func aFailureInOnePassLetsTheOthersFinish() throws {
    let graph = notesAndScores()
    let world = World(
      passes: { _ in 3 },
      fails: { graph.key($0.site) == "for_1__step_notes" && $0.passes(in: graph) == [1] })
    var walk = Walk(graph, world)
    walk.run()
    #expect(walk.names(.failed) == ["for_1__step_notes 1"])
    #expect(
      walk.names(.skipped) == [
        "export_notes", "export_score", "for_1__step_score 1", "output_notes", "output_scores",
      ])
    #expect(walk.names(.done).contains("for_1__step_score 2"))
    let roots = Set(walk.skips.values.map { graph.key($0.root) })
    #expect(roots == ["for_1__step_notes"])
    let score = try #require(walk.skips.first { walk.name($0.key) == "output_scores" })
    #expect(graph.key(score.value.through) == "export_score")
  }

  @Test func aFailedListSkipsWhatIsSeenOfTheLoop() {
    let graph = notesAndScores()
    var walk = Walk(graph, World(fails: { graph[$0.site].kind == .for }))
    walk.run()
    #expect(walk.names(.failed) == ["for_1"])
    #expect(walk.names(.skipped) == ["export_notes", "export_score", "output_notes", "output_scores"])
  }

  @Test func aFailureOutsideSkipsInPassesThatBeginLater() {
    let graph = notesAndScores(late: true)
    var walk = Walk(graph, World(passes: { _ in 5 }, fails: { graph.key($0.site) == "step_tone" }))
    walk.run(limit: 1)
    #expect(walk.names(.skipped).filter { $0.hasPrefix("for_1__step_score") }.count == 5)
    #expect(walk.names(.done).filter { $0.hasPrefix("for_1__step_notes") }.count == 5)
  }

  @Test func passesOfWhichNothingCanBeDoneNeverBegin() {
    var sketch = Sketch()
    let bad = sketch.step("bad")
    let pages = sketch.step("pages")
    sketch.output(
      sketch.for("page", in: sketch.list([pages])) { sketch, page in [sketch.step("x", page, bad)] }[0])
    let graph = Graph(sketch.finished)
    var walk = Walk(graph, World(passes: { _ in 1_000 }, fails: { graph.key($0.site) == "step_bad" }))
    walk.run(limit: 2)
    #expect(walk.mostFrames == 0)
    #expect(walk.skips.keys.filter { graph.key($0.site) == "for_1__step_x" }.count == 1_000)
  }

  @Test func loopsInLoopsFinishWhatTheyHaveBegun() {
    var sketch = Sketch()
    let outer = sketch.for("a", in: sketch.list()) { sketch, a in
      let inner = sketch.for("b", in: sketch.value(a)) { sketch, b in [sketch.step("s", a, b)] }
      return [sketch.step("sum", inner[0])]
    }
    sketch.output(outer[0])
    var walk = Walk(Graph(sketch.finished), World(passes: { _ in 2 }))
    walk.run(limit: 1)
    #expect(
      walk.log.filter(isStep) == [
        "for_1__for_1__step_s 0.0", "for_1__for_1__step_s 0.1", "for_1__step_sum 0",
        "for_1__for_1__step_s 1.0",
        "for_1__for_1__step_s 1.1", "for_1__step_sum 1",
      ])
  }

  @Test func whatIsExportedTwiceIsSeenAtTheTop() {
    var sketch = Sketch()
    let lists = sketch.for("a", in: sketch.list()) { sketch, a in
      sketch.for("b", in: sketch.value(a)) { sketch, b in [sketch.step("s", b)] }
    }
    sketch.output(lists[0])
    var walk = Walk(Graph(sketch.finished), World(passes: { $0.path.isEmpty ? 3 : $0.path[0].pass }))
    walk.run()
    #expect(
      walk.names(.done).filter { $0.contains("export") } == [
        "export_s", "for_1__export_s 0", "for_1__export_s 1", "for_1__export_s 2",
      ])
    #expect(walk.names(.done).contains("output"))
  }

  @Test func aHundredThousandElementsHaveFewFrames() {
    var sketch = Sketch()
    let scores = sketch.for("page", in: sketch.list()) { sketch, page in
      [sketch.step("score", sketch.step("notes", page))]
    }
    sketch.output(scores[0])
    var plan = Plan(Graph(sketch.finished))
    var (frames, most, highest, ended) = (0, 0, 0, 0)
    var waiting: [Place] = []
    while !plan.isFinished {
      for duty in plan.takeReady(limit: 16 - waiting.count).duties {
        switch duty {
        case .begin(let frame, _, _):
          frames += 1
          highest = max(highest, frame.index)
        case .do(let place): waiting.append(place)
        }
      }
      most = max(most, frames)
      ended += 1
      let place = waiting.remove(at: ended * 7 % waiting.count)
      let isLoop = place.frame == .main && place.node == NodeID(0)
      frames -= (isLoop ? plan.open(place, passes: 100_000) : plan.finish(place, with: .done)).closed.count
    }
    #expect(most <= 40 && frames == 0)
    #expect(highest <= 80, "the places of closed frames are taken again")
    #expect(ended == 200_000 + 2)
  }

  @Test func aLoopThatOnlyWaitsForAStepOutsideDoesNotBeginEverywhere() {
    var sketch = Sketch()
    let slow = sketch.step("slow")
    sketch.output(
      sketch.for("page", in: sketch.list()) { sketch, page in
        let asked = sketch.let("asked", sketch.text(page))
        return [sketch.step("answer", asked, slow)]
      }[0])
    var walk = Walk(Graph(sketch.finished), World(passes: { _ in 2_000 }))
    walk.run(limit: 4) { $0 - 1 }
    #expect(walk.mostFrames <= 40)
    #expect(walk.ends.count == 4_000 + 4)
  }

  @Test func alsoALoopInALoopThatWaits() {
    var sketch = Sketch()
    let slow = sketch.step("slow")
    sketch.output(
      sketch.for("a", in: sketch.list()) { sketch, a in
        [sketch.for("b", in: sketch.value(a)) { sketch, b in [sketch.step("answer", b, slow)] }[0]]
      }[0])
    var walk = Walk(Graph(sketch.finished), World(passes: { _ in 40 }))
    walk.run(limit: 4) { $0 - 1 }
    #expect(walk.mostFrames <= 17 * 17)
    #expect(walk.names(.done).count == 1_600 + 2 * 40 + 4)
  }

  @Test func aLoopOfLetsIsDoneWithoutRoomForFrames() {
    var sketch = Sketch()
    sketch.output(sketch.for("x", in: sketch.list()) { sketch, x in [sketch.let("y", sketch.text(x))] }[0])
    var walk = Walk(Graph(sketch.finished), World(passes: { _ in 5_000 }))
    walk.run(limit: 1)
    #expect(walk.mostFrames <= 17)
    #expect(walk.ends.count == 5_003)
  }

  @Test func anEmptyBodyIsDone() {
    var sketch = Sketch()
    sketch.for("x", in: sketch.list()) { _, _ in [] }
    var walk = Walk(Graph(sketch.finished), World(passes: { _ in 1_000 }))
    walk.run()
    #expect(walk.log == ["for_1"])
  }

  @Test func blocksMayStandDeepInsideEachOther() {
    var sketch = Sketch()
    func nest(_ sketch: inout Sketch, _ depth: Int, _ value: ValueID) -> [ValueID] {
      guard depth > 0 else { return [sketch.step("deep", value)] }
      return sketch.for("x\(depth)", in: sketch.value(value)) { sketch, x in nest(&sketch, depth - 1, x) }
    }
    let start = sketch.step("start")
    sketch.output(nest(&sketch, 100, start)[0])
    let graph = Graph(sketch.finished)
    var walk = Walk(graph, World(passes: { $0.path.count % 30 == 0 ? 2 : 1 }))
    walk.run()
    #expect(walk.names(.done).filter { $0.contains("step_deep") }.count == 16)
    #expect(
      walk.ends[Spot(path: [], site: Site(block: .main, node: NodeID(graph.main.nodes.count - 1)))] == .done)
  }
}
