import WeirProgram
import WeirValues

/// What steps offer to models is looked at before the first request as well: programs that are not
/// allowed, secrets that are not there, steps of flows that could not ask anybody.
extension Preparation {
  mutating func readTools(of step: Step, asking models: [ModelChoice]) {
    for offered in step.settings.tools {
      let tool = program[offered.id]
      switch tool.action {
      case .run(let run):
        for parameter in tool.parameters { parameter.defaultValue.map { readFiles(in: $0) } }
        read(run, as: "tool `\(tool.name)`")
      case .flow(let flow): read(flow, of: tool, for: "\(options.namePrefix)\(step.name)", asking: models)
      }
    }
  }

  /// As far as that is possible without what the model will give.
  private mutating func read(_ flow: FlowID, of tool: Tool, for name: String, asking models: [ModelChoice]) {
    guard toolFlows.insert(ToolFlow(flow: flow, models: models)).inserted else { return }
    var inside = options.inside(tool, of: name, asking: models)
    inside.openInputs = Set(tool.parameters.map(\.name))
    var preparation = Preparation(program.running(flow), inside)
    preparation.prepare()
    for diagnostic in preparation.diagnostics { tell(diagnostic) }
    toolSteps += preparation.run.steps
  }

  /// A flow that was looked at.
  struct ToolFlow: Hashable {
    let flow: FlowID
    let models: [ModelChoice]
  }
}
