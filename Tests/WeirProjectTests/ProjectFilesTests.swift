import Testing
import WeirDiagnostics
import WeirProject

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Reading files, and the words for what cannot be read.
struct ProjectFilesTests {
  private func failure(_ body: () throws -> Void) -> LoadFailure? {
    #expect(throws: LoadFailure.self) { try body() }
  }

  @Test func aFlowIsItsBytesUnderTheNameThatWasGiven() throws {
    let folder = try TestFolder(["flows/a.flow": Array("output 1\n".utf8)])
    let source = try folder.files.loadFlow("flows/a.flow")
    #expect(source.path == "flows/a.flow")
    #expect(source.bytes == Array("output 1\n".utf8))
  }

  @Test func anAbsolutePathStandsForItself() throws {
    let folder = try TestFolder(["a.flow": [0x31]])
    let path = folder.files.resolve("a.flow")
    #expect(path.hasPrefix("/"))
    #expect(try ProjectFiles(directory: "/").loadFlow(path).bytes == [0x31])
  }

  @Test(arguments: [
    ("pots.flow", "there is no flow `pots.flow`", "did you mean `post.flow`?"),
    ("sub/pots.flow", "there is no flow `sub/pots.flow`", "did you mean `sub/post.flow`?"),
    ("other.flow", "there is no flow `other.flow`", nil),
    ("none/post.flow", "there is no flow `none/post.flow`: the folder `none` does not exist", nil),
    ("post.flow/x.flow", "there is no flow `post.flow/x.flow`: the folder `post.flow` does not exist", nil),
    ("sub", "`sub` is a folder, not a flow", nil),
  ])
  func whatIsNoFileIsToldWithTheNearestName(_ path: String, _ message: String, _ advice: String?) throws {
    let folder = try TestFolder(["post.flow": [], "sub/post.flow": []])
    let failure = failure { _ = try folder.files.loadFlow(path) }
    #expect(failure?.message == message)
    #expect(failure?.advice == advice)
  }

  @Test func aFileAtTheLimitIsReadAndALargerOneIsNot() throws {
    let folder = try TestFolder()
    try folder.makeSparseFile("a.bin", size: 2 << 20)
    #expect(try folder.files.read("a.bin", atMost: 2 << 20, as: "file").count == 2 << 20)
    let failure = failure { _ = try folder.files.read("a.bin", atMost: (2 << 20) - 1, as: "file") }
    #expect(failure?.message == "the file `a.bin` has 2097152 bytes; at most 1 MB are read")
  }

  @Test func aFlowThatIsTooLargeIsNotRead() throws {
    let folder = try TestFolder()
    try folder.makeSparseFile("a.flow", size: ProjectFiles.greatestFlow + 1)
    let failure = failure { _ = try folder.files.loadFlow("a.flow") }
    #expect(failure?.message == "the flow `a.flow` has 67108865 bytes; at most 64 MB are read")
  }

  @Test func linksLeadToTheirFiles() throws {
    let folder = try TestFolder(["a.flow": [0x31]])
    try folder.link("b.flow", to: "a.flow")
    try folder.link("broken.flow", to: "nowhere.flow")
    #expect(try folder.files.loadFlow("b.flow").bytes == [0x31])
    let failure = failure { _ = try folder.files.loadFlow("broken.flow") }
    #expect(failure?.message == "there is no flow `broken.flow`")
  }

  @Test func aPipeIsReadToItsEnd() throws {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    let text = Array("from a pipe".utf8)
    #expect(write(ends[1], text, text.count) == text.count)
    close(ends[1])
    defer { close(ends[0]) }
    let data = try ProjectFiles(directory: "/").read("/dev/fd/\(ends[0])", atMost: 100, as: "file")
    #expect(Array(data) == text)
  }

  @Test func aPipeWithTooMuchInItIsRefused() throws {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    #expect(write(ends[1], [UInt8](repeating: 1, count: 11), 11) == 11)
    close(ends[1])
    defer { close(ends[0]) }
    let path = "/dev/fd/\(ends[0])"
    let failure = failure { _ = try ProjectFiles(directory: "/").read(path, atMost: 10, as: "file") }
    #expect(failure?.message.contains("is too large") == true)
  }

  @Test func aFolderToWorkInThatIsGoneIsNamed() {
    let files = ProjectFiles(directory: "/nowhere/at/all")
    let failure = failure { _ = try files.loadFlow("a.flow") }
    #expect(failure?.message == "there is no flow `a.flow`: the folder `/nowhere/at/all` does not exist")
  }

  @Test func existsIsTrueOfWhatIsThere() throws {
    let folder = try TestFolder(["a.flow": []])
    #expect(folder.files.exists("a.flow"))
    #expect(!folder.files.exists("b.flow"))
  }
}
