import WeirProgram
import WeirValues

extension [String: String] {
  /// The variables that a program of a flow inherits: all but those that hold keys. A program that needs one
  /// is given it by `env`.
  func withoutSecrets(of program: Program) -> [String: String] {
    let secret = program.secretVariables
    return filter { !secret.contains($0.key) }
  }
}

extension Program {
  /// The variables of the vendors' keys, of the providers' own, and of secret inputs.
  fileprivate var secretVariables: Set<String> {
    var names: Set<String> = ["FAL_KEY", "OPENROUTER_API_KEY"]
    for flow in used + [main] {
      for provider in flow.providers {
        for value in [provider.key].compactMap({ $0 }) + provider.headers.map(\.value) {
          if case .environment(let name) = value.kind { names.insert(name) }
        }
      }
      for input in flow.inputs where types.resolved(types.withoutNull(input.type)) == .secret {
        names.insert(input.name.uppercased())
        if case .environment(let name) = input.defaultValue?.kind { names.insert(name) }
      }
    }
    return names
  }
}
