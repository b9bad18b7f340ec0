import Testing
import WeirCommandLine
import WeirDiagnostics
import WeirProgram
import WeirProject
import WeirTestSupport
import WeirValues

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Every flow that the README, the reference of the language and the cookbook show runs without a key and
/// without a network.
struct SampleTests {
  struct Sample: Sendable, CustomTestStringConvertible {
    /// The file and the line.
    let place: String
    let text: String

    var testDescription: String { place }
  }

  static let samples = ["README.md", "docs/language.md", "docs/cookbook.md"].flatMap(fenced)

  private static func fenced(_ file: String) -> [Sample] {
    let page = Golden.projectFolder.appending(path: file)
    let text = (try? String(contentsOf: page, encoding: .utf8)) ?? ""
    var samples: [Sample] = []
    var open: (line: Int, text: String)?
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if line.hasPrefix("```") {
        if let block = open { samples.append(Sample(place: "\(file):\(block.line)", text: block.text)) }
        open = open == nil && line == "```flow" ? (number + 2, "") : nil
      } else {
        open?.text += line + "\n"
      }
    }
    return samples
  }

  @Test func thereAreSamples() {
    #expect(Self.samples.count > 30)
    #expect(Self.samples.count { $0.place.hasPrefix("docs/cookbook.md") } == 11)
  }

  @Test(arguments: samples) func runsOffline(_ sample: Sample) async throws {
    var invocation = try Invocation()
    try invocation.folder.copy(from: Golden.projectFolder.appending(path: "docs"))
    try invocation.folder.write(Array(sample.text.utf8), to: "sample.flow")
    try invocation.folder.write(
      Array(Data(contentsOf: Golden.projectFolder.appending(path: "workflows/pictures/cat.png"))),
      to: "cat.png")
    try invocation.folder.write(Array("name,text\nAda,Well done.\n".utf8), to: "messages.csv")
    invocation.variables["TOKEN"] = "token-of-the-test"

    let flow = Flow(SourceFile(path: "sample.flow", text: sample.text))
    let words = flow.program.inputs.flatMap { Self.words(for: $0, flow.program) }
    // Programs that change nothing, whatever they are given.
    let run = ["run", "--offline", "--allow-run=printf,git", "sample.flow"]
    let outcome = await invocation.run(run + words)

    // Outside of a repository `git diff` has nothing to compare.
    if sample.text.contains("\"git\""), outcome.error.contains("program-failed") { return }
    #expect(outcome.code == .done, "\(outcome.error)")
    #expect(!outcome.output.isEmpty || sample.text.contains("output"), "\(outcome.error)")
    #expect(!(outcome.output + outcome.error).contains("token-of-the-test"))
  }

  /// A value for an input that has none.
  private static func words(for input: Input, _ program: Program) -> [String] {
    let types = program.types
    guard input.defaultValue == nil, !types.isOptional(input.type), types.resolved(input.type) != .secret
    else {
      return []
    }
    return ["--" + input.name.split(separator: "_").joined(separator: "-"), value(input.type, program)]
  }

  private static func value(_ type: ValueType, _ program: Program) -> String {
    switch program.types.resolved(type) {
    case .image, .file: return "cat.png"
    case .list(let element, _):
      if program.types.carriesMedia(element) { return "cat.png" }
      return "[" + [value(element, program), value(element, program)].map(json).joined(separator: ", ") + "]"
    case .record(let fields):
      let pairs = fields.map { "\(Value.string($0.name).json()): \(json(value($0.type, program)))" }
      return "{" + pairs.joined(separator: ", ") + "}"
    case .int, .number, .constant: return "3"
    case .bool: return "true"
    // What the sample that takes an order reads of it.
    case .json: return "{\"lines\": []}"
    case .union(let members): return value(members[0], program)
    case .text(let text): return text
    default: return "word"
    }
  }

  /// What stands for a value inside JSON.
  private static func json(_ text: String) -> String {
    text.hasPrefix("[") || text.hasPrefix("{") || Int(text) != nil || text == "true"
      ? text : Value.string(text).json()
  }
}
