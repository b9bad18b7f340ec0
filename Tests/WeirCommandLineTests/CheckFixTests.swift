import Testing

@testable import WeirCommandLine

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What `weir check --fix` does to the files.
struct CheckFixTests {
  private static let files = [
    "a.flow": "input name: string\r\noutput \"Größe {{nmae}}\"",
    "b.flow": "# Kept.\nlet unused = 1\n\noutput 1\n",
    "clean.flow": "output   1   # not pretty\n\n\n",
    "doubtful.flow": "input cat: string\ninput car: string\noutput \"{{caz}}{{cat}}{{car}}\"\n",
    "notes.txt": "input a: strng\n",
  ]

  private func text(_ name: String, in folder: TestFolder) throws -> String {
    String(decoding: try Data(contentsOf: URL(filePath: "\(folder.path)/\(name)")), as: UTF8.self)
  }

  @Test func onlyWhatIsMendedIsWritten() async throws {
    let invocation = try Invocation(Self.files)
    let folder = invocation.folder
    let untouched = ["clean.flow", "doubtful.flow", "notes.txt"]
    let before = try untouched.map { try number(of: $0, in: folder) }
    let outcome = await invocation.run(["check", "--fix"])

    #expect(outcome.code == .invalid)
    #expect(outcome.error.hasSuffix("mended 2 places in 2 files\n"))
    #expect(outcome.error.contains("doubtful.flow: 1 error"))
    #expect(try text("a.flow", in: folder) == "input name: string\r\noutput \"Größe {{name}}\"")
    #expect(try text("b.flow", in: folder) == "# Kept.\n\noutput 1\n")
    for name in untouched { #expect(try text(name, in: folder) == Self.files[name]) }
    #expect(try untouched.map { try number(of: $0, in: folder) } == before)

    let again = await invocation.run(["check", "--fix"])
    #expect(again.error.hasSuffix("nothing to mend\n"))
    #expect(try text("a.flow", in: folder) == "input name: string\r\noutput \"Größe {{name}}\"")
  }

  /// The number of the file on its disk, which is another one once it was replaced.
  private func number(of name: String, in folder: TestFolder) throws -> UInt64? {
    let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder.path)/\(name)")
    return attributes[.systemFileNumber] as? UInt64
  }

  @Test(arguments: [["--fix", "--diff"], ["--diff"]]) func aDiffWritesNothing(_ options: [String])
    async throws
  {
    let invocation = try Invocation(Self.files)
    let outcome = await invocation.run(["check"] + options)
    #expect(outcome.code == .invalid)
    #expect(outcome.output.contains("-output \"Größe {{nmae}}\"\n\\ No newline at end of file\n"))
    for (name, text) in Self.files { #expect(try self.text(name, in: invocation.folder) == text) }
  }

  @Test func aFileThatCannotBeWrittenIsToldOf() async throws {
    let invocation = try Invocation(["a/a.flow": "outptu 1\n"])
    let folder = "\(invocation.folder.path)/a"
    try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder)
    defer { try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder) }
    // To the superuser every folder is writable.
    guard !FileManager.default.isWritableFile(atPath: folder) else { return }
    let outcome = await invocation.run(["check", "--fix", "a"])
    #expect(outcome.code == .invalid)
    #expect(outcome.error.contains("cannot be written"))
    #expect(outcome.error.hasSuffix("nothing to mend\n"))
  }

  /// The order of the report is that of the files, on however many cores they are checked.
  @Test func manyFilesAreToldInTheirOrder() async throws {
    let names = (100..<200).map { "f\($0).flow" }
    let invocation = try Invocation(
      Dictionary(uniqueKeysWithValues: names.map { ($0, "output nothing\n") }))
    let outcome = await invocation.run(["check", "--format", "github"])
    let told = outcome.output.split(separator: "\n").map { $0.dropFirst(13).prefix(9) }
    #expect(told == names.map { $0[...] })
  }
}

struct RelativeURITests {
  @Test(
    arguments: [
      ("a.flow", "a.flow"), ("./a/b.flow", "a/b.flow"), ("a//b.flow", "a/b.flow"),
      ("a/../b.flow", "b.flow"), ("../b.flow", "../b.flow"), ("/flows/a.flow", "a.flow"),
      ("/other/a.flow", "file:///other/a.flow"), ("/flowsheet/a.flow", "file:///flowsheet/a.flow"),
      ("a b/ü:#?%.flow", "a%20b/%C3%BC%3A%23%3F%25.flow"), ("a-b_c~d.1.flow", "a-b_c~d.1.flow"),
    ])
  func aPathIsAURI(_ path: String, _ expected: String) {
    #expect(RelativeURI(path, from: "/flows").text == expected)
  }
}
