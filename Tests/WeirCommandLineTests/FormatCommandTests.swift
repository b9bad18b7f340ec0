import Testing
import WeirCommandLine

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What `weir fmt` does to the files.
struct FormatCommandTests {
  private static let files = [
    "a.flow": "output  \"Größe\"",
    "clean.flow": "output \"Größe\"\n",
    "deep/b.flow": "\u{FEFF}let a = [\r\n1]\r\noutput a # why\r\n",
    "mistake.flow": "output  (1\n",
    "notes.txt": "output  1",
    ".hidden/c.flow": "output  1",
  ]

  /// The number of the file on its disk, which is another one once it was replaced.
  private func number(of name: String, in folder: TestFolder) throws -> UInt64? {
    let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder.path)/\(name)")
    return attributes[.systemFileNumber] as? UInt64
  }

  @Test func onlyWhatChangesIsWritten() async throws {
    let invocation = try Invocation(Self.files)
    let folder = invocation.folder
    let untouched = ["clean.flow", "mistake.flow", "notes.txt", ".hidden/c.flow"]
    let before = try untouched.map { try number(of: $0, in: folder) }
    let outcome = await invocation.run(["fmt"])

    #expect(outcome.code == .invalid)
    #expect(outcome.output == "")
    #expect(outcome.error.hasSuffix("\nformatted 2 of 4 flows, 1 could not be read\n"))
    #expect(try folder.text("a.flow") == "output \"Größe\"\n")
    #expect(try folder.text("deep/b.flow") == "let a = [\n  1,\n]\n\noutput a  # why\n")
    for name in untouched { #expect(try folder.text(name) == Self.files[name]) }
    #expect(try untouched.map { try number(of: $0, in: folder) } == before)

    let again = await invocation.run(["fmt", "a.flow", "deep"])
    #expect(again.code == .done)
    #expect(again.error == "formatted 0 of 2 flows\n")
  }

  @Test(arguments: [["--check"], ["--diff"], ["--check", "--diff"]])
  func whatOnlyShowsWritesNothing(_ options: [String]) async throws {
    let invocation = try Invocation(Self.files)
    let outcome = await invocation.run(["fmt", "a.flow", "clean.flow", "deep"] + options)
    #expect(outcome.code == (options.contains("--check") ? .unmet : .done))
    #expect(outcome.output.contains("a.flow"))
    #expect(!outcome.output.contains("clean.flow"))
    for (name, text) in Self.files { #expect(try invocation.folder.text(name) == text) }
  }

  @Test func manyFilesAreToldInTheirOrder() async throws {
    let names = (0..<100).map { "f\($0 + 100).flow" }
    let invocation = try Invocation(
      Dictionary(
        uniqueKeysWithValues: names.enumerated().map { ($1, $0 % 3 == 0 ? "output  1\n" : "output 1\n") }))
    let outcome = await invocation.run(["fmt", "--check"])
    #expect(outcome.code == .unmet)
    let told = outcome.output.split(separator: "\n").map(String.init)
    #expect(told == names.enumerated().filter { $0.offset % 3 == 0 }.map(\.element))
  }
}
