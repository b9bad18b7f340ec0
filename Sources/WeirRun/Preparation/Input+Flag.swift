package import WeirProgram

extension Input {
  /// How a command line names it: `--max-words`.
  package var flag: String { "--" + name.map { $0 == "_" ? "-" : String($0) }.joined() }
}
