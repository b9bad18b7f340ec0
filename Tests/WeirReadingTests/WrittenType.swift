import WeirCheck
import WeirDiagnostics
import WeirProgram
import WeirSyntax
import WeirValues

/// A type as a flow writes it, with the named types that it needs.
struct WrittenType: Sendable {
  let types: TypeTable
  let type: ValueType

  struct Mistake: Error, CustomStringConvertible {
    let description: String
  }

  /// `declarations` are entries of a flow: `type Mood = "calm" | "tense"`.
  init(_ text: String, declarations: String = "") throws(Mistake) {
    let flow = "\(declarations)\ninput answer: \(text)\noutput answer\n"
    let (file, told) = parse(SourceFile(path: "types.flow", text: flow))
    let checked = check(file)
    if let wrong = (told + checked.diagnostics).first(where: { $0.severity == .error }) {
      throw Mistake(description: "\(wrong.message): \(text)")
    }
    guard let input = checked.program.inputs.first else { throw Mistake(description: "no type: \(text)") }
    types = checked.program.types
    type = input.type
  }
}
