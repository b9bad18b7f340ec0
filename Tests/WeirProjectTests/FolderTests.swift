import Testing
import WeirProject

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Which flows a folder holds, and how a flow is written.
struct FolderTests {
  private func folder(_ names: [String]) throws -> TestFolder {
    try TestFolder(Dictionary(uniqueKeysWithValues: names.map { ($0, Array("output 1\n".utf8)) }))
  }

  private func names(in folder: TestFolder) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.files.directory).sorted()
  }

  @Test(arguments: [
    (".", ["a.flow", "a/a.flow", "a/z.flow", "b.flow", "c.flow/d.flow"]), ("a", ["a/a.flow", "a/z.flow"]),
    ("a/", ["a/a.flow", "a/z.flow"]), ("./a", ["./a/a.flow", "./a/z.flow"]), ("notes.txt", ["notes.txt"]),
    ("missing", ["missing"]),
  ])
  func aFolderIsAllFlowsBelowItInOrderAndAllElseIsItself(_ path: String, _ expected: [String]) throws {
    let folder = try folder(["b.flow", "a/z.flow", "a/a.flow", "a.flow", "notes.txt", "c.flow/d.flow"])
    let found = try folder.files.flows(at: path)
    #expect(found == expected)
  }

  @Test func whatIsHiddenOrOfOthersIsLeftOut() throws {
    let folder = try folder([
      ".git/a.flow", ".build/a.flow", "node_modules/a.flow", "a/node_modules/b.flow", ".a.flow", "b.flow",
    ])
    let found = try folder.files.flows(at: ".")
    #expect(found == ["b.flow"])
  }

  @Test func aCircleOfLinksHasAnEndAndALinkToAFileIsAFile() throws {
    let folder = try folder(["a/b.flow", "x.txt"])
    try folder.link("a/up", to: "..")
    try folder.link("c.flow", to: "a/b.flow")
    try folder.link("gone.flow", to: "nowhere")
    let found = try folder.files.flows(at: ".")
    #expect(found == ["a/b.flow", "c.flow"])
  }

  @Test func aFolderWithoutFlowsIsToldOf() throws {
    let folder = try folder(["x.txt"])
    #expect(throws: LoadFailure.self) { try folder.files.flows(at: ".") }
  }

  // MARK: Writing

  @Test func aReplacedFileKeepsItsPermissionsAndLinks() throws {
    let folder = try folder(["a.flow"])
    let path = folder.files.resolve("a.flow")
    try FileManager.default.setAttributes([.posixPermissions: 0o754], ofItemAtPath: path)
    try folder.link("link.flow", to: "a.flow")
    try folder.files.replace("link.flow", with: Array("new\r\n".utf8))

    let bytes = try Data(contentsOf: URL(filePath: path))
    #expect(bytes == Data("new\r\n".utf8))
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.posixPermissions].map { "\($0)" } == "\(0o754)")
    let target = try FileManager.default.destinationOfSymbolicLink(atPath: folder.files.resolve("link.flow"))
    #expect(target == "a.flow")
    let left = try names(in: folder)
    #expect(left == ["a.flow", "link.flow"])
  }

  @Test func whatIsNotThereIsNotWritten() throws {
    let folder = try folder(["a.flow"])
    #expect(throws: LoadFailure.self) { try folder.files.replace("b.flow", with: []) }
    let left = try names(in: folder)
    #expect(left == ["a.flow"])
  }
}
