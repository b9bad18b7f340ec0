import WeirDiagnostics
import WeirProgram
import WeirRun
import WeirValues

/// The words behind a flow's file: its inputs, and those options of Weir that no input is called.
struct FlowArguments {
  private(set) var arguments: Arguments
  /// What stood after each input's flag, by the name of the input.
  private(set) var inputs: [String: [String]] = [:]

  private let program: Program
  private let options: [Option]

  /// Adds to the options that stood before the file.
  init(
    _ words: [String], for program: Program, _ options: [Option], adding arguments: Arguments
  ) throws(UsageError) {
    self.program = program
    self.options = options
    self.arguments = arguments
    var reader = WordReader(words)
    while let word = reader.next() {
      guard word.hasPrefix("--") || word == "-h" else {
        throw UsageError(
          "`\(word)` belongs to no input", help: "inputs are given by name: `--name value`")
      }
      try read(word, &reader)
    }
  }

  private mutating func read(_ word: String, _ reader: inout WordReader) throws(UsageError) {
    let (name, attached) = Arguments.split(word)
    let field = name.map { $0 == "-" ? "_" : String($0) }.joined()
    if word != "-h", let input = program.inputs.first(where: { $0.name == field }) {
      try read(input, attached, &reader)
    } else if options.contains(where: { $0.name == name }) {
      try arguments.read(word, &reader, options)
    } else {
      throw unknown(word)
    }
  }

  /// A `bool` may stand without a value.
  private mutating func read(
    _ input: Input, _ attached: String?, _ reader: inout WordReader
  ) throws(UsageError) {
    if program.types.resolved(program.types.withoutNull(input.type)) == .bool, attached == nil,
      reader.peek?.hasPrefix("-") ?? true
    {
      inputs[input.name, default: []].append("true")
      return
    }
    guard let value = attached ?? reader.nextValue() else {
      throw UsageError(
        "the input `\(input.name)` needs a value", help: "write `\(input.usage(program.types))`")
    }
    inputs[input.name, default: []].append(value)
  }

  private func unknown(_ word: String) -> UsageError {
    let known = program.inputs.map(\.flag) + options.map { "--\($0.name)" }
    let (name, _) = Arguments.split(word)
    let near = known.nearest(to: "--\(name)").map { "did you mean `\($0)`?" }
    let inputs = program.inputs.map(\.flag).joined(separator: ", ")
    return UsageError(
      "the flow has no input `--\(name)`",
      help: near ?? (inputs.isEmpty ? "the flow has no inputs" : "its inputs are \(inputs)"))
  }
}
