import WeirDiagnostics
import WeirProgram
import WeirProject
import WeirValues

/// What `weir run FILE --help` says: what the flow does, and what it needs.
enum FlowHelp {
  /// Whether help is asked for; an input may be called `help`.
  static func isAsked(before: Arguments, after: [String], _ program: Program) -> Bool {
    if before.has(.help) || after.contains("-h") { return true }
    return after.contains("--help") && !program.inputs.contains { $0.name == "help" }
  }

  static func text(of flow: Flow, _ path: String) -> String {
    let program = flow.program
    let types = program.types
    let usage = program.inputs.map { input in
      input.isRequired(types) ? " \(input.usage(types))" : " [\(input.usage(types))]"
    }
    var text = "Usage: weir run \(path)\(usage.joined())\n"
    if let about = program.about { text = "\(about)\n\n" + text }
    if !program.inputs.isEmpty {
      let rows = program.inputs.map { input in
        (input.usage(types), input.description(types) { flow.source.text(of: $0) })
      }
      text += "\nInputs:\n" + Help.table(rows)
    }
    let result = program.outputs.map { output in
      let type = types.describe(output.expression.type)
      return output.name.map { "\($0): \(type)" } ?? type
    }
    if !result.isEmpty { text += "\nResult: \(result.joined(separator: ", "))\n" }
    return text + "\n`weir help run` lists Weir's own options."
  }
}
