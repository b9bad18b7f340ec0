package import WeirDiagnostics
package import WeirEndpoint
package import WeirProgram

/// What a run of this flow would be told of its settings whatever it is given: values that no endpoint takes, and
/// settings for which the endpoint that is named has no word.
///
/// For a flow that is only checked. Its inputs stay open, the defaults of them as well, and no file is read.
package func literalFaults(
  of program: Program, _ options: RunOptions, by endpoints: [String: any Endpoint]
) -> [Diagnostic] {
  var options = options
  options.openInputs = Set(program.inputs.map(\.name))
  var preparation = Preparation(program, options)
  preparation.prepare()
  let told = preparation.diagnostics.filter { $0.code == .settingOutOfRange }
  return (told + preparation.run.objections(of: endpoints)).inSourceOrder()
}
