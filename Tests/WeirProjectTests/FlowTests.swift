import Testing
import WeirDiagnostics
import WeirProject

/// Reading and checking in one call.
struct FlowTests {
  private func flow(_ text: String) -> Flow { Flow(SourceFile(path: "a.flow", text: text)) }

  @Test func diagnosticsOfParserAndCheckerStandInTheOrderOfTheSource() {
    let flow = flow(
      """
      input a: strng
      output "{{b}}
      let c = d
      """)
    #expect(flow.diagnostics.hasErrors)
    #expect(flow.diagnostics.map(\.code.name).prefix(1) == ["unknown-type"])
    let starts = flow.diagnostics.map(\.span.start)
    #expect(starts == starts.sorted())
    #expect(Set(flow.diagnostics.map(\.code.name)).isSuperset(of: ["unknown-type", "unknown-name"]))
  }

  @Test func whatIsNotUTF8IsADiagnostic() {
    let flow = Flow(SourceFile(path: "a.flow", bytes: Array("output \"caf".utf8) + [0xE9, 0x22, 0x0A]))
    #expect(flow.diagnostics.map(\.code.name) == ["not-utf8"])
  }

  @Test func aFlowWithoutOutputGivesItsLastStepAndAFileWithoutWorkIsAModule() {
    #expect(!flow(#"step a { model: "x/y", prompt: "z" }"#).isModule)
    #expect(!flow("output 1").isModule)
    #expect(flow("let a = 1").isModule)
    #expect(flow("").isModule)
  }

  @Test func theSourceIsThereForRenderers() {
    let flow = flow("output x\n")
    var renderer = DiagnosticRenderer(flow.sources)
    #expect(renderer.render(flow.diagnostics).contains("--> a.flow:1:8"))
  }
}
