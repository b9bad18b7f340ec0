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
/// Those that start a program are left out: it would see the machine, and not what the test gives.
struct WorkflowTests {
  static let page = Page("workflows/README.md")
  static let lines = page.lines.filter { $0.hasPrefix("weir run ") && !$0.contains("--allow-run") }

  @Test(arguments: lines) func runsWithoutAKeyAndWithoutANetwork(_ line: String) async throws {
    let folder = try TestFolder()
    try folder.copy(from: Golden.projectFolder.appending(path: "workflows"), to: "workflows")
    let outcome = try await TriedLine(line).run(in: folder)

    #expect(outcome.code == .done, "\(outcome.error)")
    #expect(outcome.output.count > 1)
    // What is on a tape was asked in the words that the tape has, those of the used flows too.
    let flow = try #require(CommandWords.split(line).first { $0.hasSuffix(".flow") })
    if folder.has("\(flow.dropLast(5)).tape.jsonl") {
      #expect(!outcome.error.contains("made up"), "\(outcome.error)")
    }
  }

  @Test func everyWorkflowHasARowAndALine() {
    let names = Page.names(in: "workflows").filter { $0.hasSuffix(".flow") }
    #expect(names.count >= 15)
    for name in names {
      #expect(Self.page.lines.contains { $0.hasPrefix("| `\(name)` |") }, "\(name)")
      #expect(Self.page.lines.contains { $0.contains(" workflows/\(name)") }, "\(name)")
    }
  }
}
