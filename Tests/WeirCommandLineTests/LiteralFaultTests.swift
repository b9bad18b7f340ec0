import Testing
import WeirCommandLine

/// What `weir check` tells of settings that no run could be made with, whatever it is given.
struct LiteralFaultTests {
  private func check(_ settings: String, before: String = "") async throws -> Outcome {
    let flow = "\(before)step a {\n  prompt: \"Say hello.\"\n  \(settings)\n}\n"
    return try await Invocation(["a.flow": flow]).run(["check", "a.flow"])
  }

  @Test(arguments: [
    ("model: \"\"", "`model` must name a model, found \"\"", "3:10"),
    ("model: []", "`model` must name at least one model, found an empty list", "3:10"),
    (
      "model: \"openrouter:a/b\"\n  via: \"queue\"",
      "step `a` cannot ask `openrouter`: openrouter.ai has no queue", "4:8"
    ),
    (
      "model: \"fal:a/b\"\n  webhook: \"https://example.com/hook\"",
      "step `a` cannot ask `fal`: a webhook is for fal's queue alone", "4:12"
    ),
    (
      "model: \"a/b\"\n  webhook: \"https://example.com/hook\"", "a webhook is for fal's queue alone", "4:12"
    ),
    ("model: \"fal:a/b\"\n  seed: 7", "fal's `openrouter/router` has no `seed`", "4:9"),
    ("model: [\"fal:a/b\"]\n  top_p: 0.5", "fal's `openrouter/router` has no `top_p`", "4:10"),
    ("model: \"a/b\"\n  options: { stream: true }", "`stream` in `options`", "4:12"),
    ("model: \"fal-openai:a/b\"\n  routing: { sort: \"price\" }", "has no `routing`", "4:12"),
  ])
  func aLiteralThatNoRunTakesIsTold(_ settings: String, _ message: String, _ place: String) async throws {
    let outcome = try await check(settings)
    #expect(outcome.code == .invalid, "\(outcome.error)")
    #expect(outcome.error.contains(message), "\(outcome.error)")
    #expect(outcome.error.contains("--> a.flow:\(place)"), "\(outcome.error)")
    #expect(outcome.error.split(separator: "error[").count == 1, "\(outcome.error)")
  }

  @Test(arguments: [
    ("model: \"a/b\"\n  seed: 7", ""), ("model: \"a/b\"\n  via: \"queue\"", ""),
    ("model: \"openrouter:a/b\"\n  seed: 7", ""),
    ("model: which", "input which: string = \"\"\n"),
    ("model: \"fal:a/b\"\n  seed: n", "input n: int = 7\n"),
    ("model: \"a/b\"\n  seed: 7", "provider mine { kind: \"openai\", url: \"http://127.0.0.1:1/v1\" }\n"),
  ])
  func whatHangsOnTheRunIsNotTold(_ settings: String, _ before: String) async throws {
    let outcome = try await check(settings, before: before)
    #expect(outcome.code == .done, "\(outcome.error)")
  }

  @Test(arguments: [
    (
      "routing: { sort: \"cheap\" }", "`sort` of `routing` cannot be `cheap`",
      "`\"price\"`, `\"throughput\"`, `\"latency\"`"
    ),
    ("routing: { data_collection: \"denny\" }", "cannot be `denny`", "did you mean `\"deny\"`?"),
    ("reasoning: \"hgh\"", "`reasoning` cannot be `hgh`", "did you mean `\"high\"`?"),
    ("options: [1]", "`options` must be a record, found `[int]`", "write it as `options: { min_p: 0.1 }`"),
    ("webhook: \"example.com\"", "`example.com` is not an address", "https://example.com/hook"),
  ])
  func aWrongWordIsToldWithTheRightOne(_ setting: String, _ message: String, _ help: String) async throws {
    let outcome = try await check("model: \"openrouter:a/b\"\n  \(setting)")
    #expect(outcome.code == .invalid)
    #expect(outcome.error.contains(message) && outcome.error.contains(help), "\(outcome.error)")
  }

  @Test func aMisspeltFieldOfRoutingIsMendedByItself() async throws {
    let step =
      "step a {\n  model: \"openrouter:a/b\"\n  routing: { sort: \"price\", ordre: [\"x\"] }\n  prompt: \"Hi\"\n}\n"
    let invocation = try Invocation(["a.flow": step])
    let outcome = await invocation.run(["check", "--fix", "a.flow"])
    #expect(outcome.code == .done, "\(outcome.error)")
    #expect(try invocation.folder.text("a.flow") == step.replacing("ordre", with: "order"))
  }

  @Test func anAddressInCapitalsIsOne() async throws {
    let outcome = try await check(
      "model: \"fal:a/b\"\n  via: \"queue\"\n  webhook: \"HTTPS://example.com/hook\"")
    #expect(outcome.code == .done, "\(outcome.error)")
  }
}
