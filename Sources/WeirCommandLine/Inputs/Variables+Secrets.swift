import WeirProgram
import WeirValues

extension [String: String] {
  /// The variables that a program of a flow inherits: all but those that hold secrets, whichever part of the flow
  /// they are for. A program that needs one is given it by `env`.
  func withoutSecrets(of program: Program) -> [String: String] {
    let secret = program.secretVariables.union(program.variablesOfInputs)
      .union(["FAL_KEY", "OPENROUTER_API_KEY"])
    return filter { !secret.contains($0.key) }
  }
}

extension Program {
  /// Those that secret inputs may come from.
  fileprivate var variablesOfInputs: [String] {
    (used + [main]).flatMap(\.inputs)
      .filter { types.resolved(types.withoutNull($0.type)) == .secret }.map { $0.name.uppercased() }
  }
}
