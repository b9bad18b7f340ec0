import Testing
import WeirCommandLine
import WeirTestSupport

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The lines that `workflows/README.md` gives to try do what it says.
///
/// Those that start a program are left out, since it would see the machine and not the test.
struct WorkflowTests {
  static let lines: [String] = {
    let page = Golden.projectFolder.appending(path: "workflows/README.md")
    let text = (try? String(contentsOf: page, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").map(String.init).filter {
      $0.hasPrefix("weir run ") && !$0.contains("--allow-run")
    }
  }()

  @Test(arguments: lines) func runsWithoutAKeyAndWithoutANetwork(_ line: String) async throws {
    var words = CommandWords.split(line).dropFirst().map(String.init)
    let flow = try #require(words.first { $0.hasSuffix(".flow") })
    var invocation = try Invocation()
    try invocation.folder.copy(from: Golden.projectFolder.appending(path: "workflows"), to: "workflows")
    if let mark = words.firstIndex(of: "<") {
      invocation.input = try invocation.folder.text(words[mark + 1])
      words.removeSubrange(mark...(mark + 1))
    }

    let outcome = await invocation.run(words)

    #expect(outcome.code == .done, "\(outcome.error)")
    #expect(!outcome.output.isEmpty)
    // What is on a tape was asked in the words that the tape has.
    let tape = flow.dropLast(5) + ".tape.jsonl"
    if invocation.folder.has(String(tape)) { #expect(!outcome.error.contains("made up"), "\(outcome.error)") }
  }

  @Test func everyWorkflowHasALine() throws {
    let folder = Golden.projectFolder.appending(path: "workflows").path
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".flow") }
    let page = try String(contentsOf: Golden.projectFolder.appending(path: "workflows/README.md"), encoding: .utf8)
    #expect(names.count >= 15)
    for name in names {
      #expect(page.contains(" workflows/\(name)"), "\(name)")
      #expect(page.contains("| `\(name)` |"), "\(name)")
    }
  }
}
