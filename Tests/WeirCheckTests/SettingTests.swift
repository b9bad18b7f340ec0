import Testing
import WeirDiagnostics

/// What settings may say, where no golden tells it.
struct SettingTests {
  private func told(_ routing: String) -> [String] {
    Checked("step a {\n  model: \"a/m\"\n  routing: {\(routing)}\n  prompt: \"x\"\n}\n").told.map(\.code.name)
  }

  @Test(arguments: [
    "order: [\"google\"]", "only: [\"google\"]", "ignore: [\"google\"]", "allow_fallbacks: false",
    "require_parameters: true", "data_collection: \"deny\"", "zdr: true", "enforce_distillable_text: true",
    "quantizations: [\"fp8\"]", "sort: \"price\"", "max_price: {prompt: 1}", "preferred_min_throughput: 50",
    "preferred_max_latency: {p90: 3}",
  ])
  func everyPreferenceOfOpenRouterIsKnown(_ field: String) {
    #expect(told(field).isEmpty)
  }

  @Test func aPreferenceThatIsNoneIsTold() {
    #expect(told("ordr: [\"google\"]") == ["unknown-setting"])
  }
}
