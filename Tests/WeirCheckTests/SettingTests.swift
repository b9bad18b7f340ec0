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

  @Test(arguments: ["top_k: 1", "min_p: 0.1", "frequency_penalty: 1", "logit_bias: {}"])
  func whatGoesToTheServiceAsItIsStandsInOptions(_ setting: String) throws {
    let checked = Checked("step a {\n  model: \"a/m\"\n  \(setting)\n  prompt: \"x\"\n}\n")
    let told = try #require(checked.told.first)
    #expect(told.code.name == "unknown-setting")
    #expect(told.help?.contains("`options: { \(setting.prefix { $0 != ":" }): … }`") == true)
    #expect(told.edits.isEmpty)
  }

  @Test func aPreferenceThatIsNoneIsTold() {
    #expect(told("ordr: [\"google\"]") == ["unknown-setting"])
  }
}
