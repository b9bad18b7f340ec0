import WeirProgram
import WeirValues

extension Program {
  /// The same with one of the used flows as the one that is run, for a call by a model. Only the limits of
  /// the flow that a person runs count, and its providers are the ones that there are.
  func running(_ flow: FlowID) -> Program {
    var program = self
    program.main = self[flow]
    program.main.name = ""
    program.main.limits = Limits()
    program.main.providers = main.providers
    // Those that it uses stand before it.
    program.used = Array(used.prefix(flow.index))
    return program
  }
}

extension RunOptions {
  /// For a flow that is run as a tool: a model gives its inputs, and no secret of the caller's is its own. Where
  /// nothing there names a model, it asks those that the calling step asks. `caller` is the name of that step, so
  /// that steps of one flow that two steps call are told apart.
  func inside(_ tool: Tool, of caller: String, asking models: [ModelChoice]) -> RunOptions {
    var options = self
    options.inputs = [:]
    options.openInputs = []
    options.secrets = { [secrets] source in
      if case .input = source { return nil }
      return secrets(source)
    }
    options.inheritedModel = .list(models.map { .string("\($0.provider):\($0.model)") })
    options.namePrefix = "\(caller).\(tool.name)."
    return options
  }
}
