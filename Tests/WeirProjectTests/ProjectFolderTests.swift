import Testing
import WeirProject
import WeirValues

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The files that a flow may read, and those that it may not.
struct ProjectFolderTests {
  /// A project with a flow's folder `flows` in it, and something that lies outside.
  private func project(_ contents: [String: [UInt8]] = [:]) throws -> TestFolder {
    let folder = try TestFolder(contents)
    try folder.makeFolder("project/.git")
    try folder.makeFolder("project/flows")
    return folder
  }

  private func files(_ folder: TestFolder, _ flows: String = "project/flows") -> ProjectFolder {
    ProjectFolder(ofFlowIn: "\(folder.path)/\(flows)")
  }

  private func reason(_ body: () throws -> Void) -> FileFailure.Reason? {
    do {
      try body()
      return nil
    } catch {
      return (error as? FileFailure)?.reason
    }
  }

  // MARK: The project

  @Test func theProjectIsTheNearestFolderWithGit() throws {
    let folder = try project()
    try folder.makeFolder("project/flows/deep/er")
    let project = files(folder, "project/flows/deep/er")
    #expect(project.root.hasSuffix("/project"))
    #expect(project.directory == project.root + "/flows/deep/er")
    try folder.makeFolder("project/flows/.git")
    #expect(files(folder, "project/flows/deep/er").root == project.root + "/flows")
  }

  @Test func aFileCalledGitMarksAProjectToo() throws {
    let folder = try TestFolder(["tree/.git": Array("gitdir: elsewhere".utf8), "tree/a/x.txt": [0x78]])
    #expect(try files(folder, "tree/a").text("../a/x.txt") == "x")
  }

  @Test func withoutGitTheFlowsFolderIsTheProject() throws {
    let folder = try TestFolder(["a/b/x.txt": [0x78], "a/y.txt": [0x79]])
    let files = files(folder, "a/b")
    #expect(files.root == files.directory)
    #expect(try files.text("x.txt") == "x")
    #expect(reason { _ = try files.text("../y.txt") } == .outside)
  }

  @Test func aFlowsFolderBehindALinkIsWhereItReallyLies() throws {
    let folder = try project(["project/flows/x.txt": [0x78]])
    try folder.link("elsewhere", to: "project/flows")
    #expect(files(folder, "elsewhere").root == files(folder).root)
    #expect(try files(folder, "elsewhere").text("x.txt") == "x")
  }

  // MARK: Inside

  @Test func pathsAreRelativeToTheFlowsFolder() throws {
    let folder = try project([
      "project/flows/a.txt": Array("a".utf8), "project/flows/in/b.txt": Array("b".utf8),
      "project/data/c.txt": Array("c".utf8), "project/..d.txt": Array("d".utf8),
    ])
    let files = files(folder)
    for (path, text) in [
      ("a.txt", "a"), ("./a.txt", "a"), ("in/b.txt", "b"), ("in//b.txt", "b"), ("in/../a.txt", "a"),
      ("../data/c.txt", "c"), ("../flows/../data/./c.txt", "c"), ("../..d.txt", "d"),
    ] { #expect(try files.text(path) == text) }
  }

  @Test func linksWithinTheProjectAreFollowed() throws {
    let folder = try project(["project/data/c.txt": Array("c".utf8)])
    try folder.link("project/flows/c.txt", to: "../data/c.txt")
    try folder.link("project/flows/all", to: "\(folder.path)/project/data")
    let files = files(folder)
    #expect(try files.text("c.txt") == "c")
    #expect(try files.text("all/c.txt") == "c")
  }

  // MARK: Outside

  @Test(arguments: [
    "../../secret.txt", "../../../etc/passwd", "..", "../..", "in/../../../secret.txt", "../../nothing",
    "../../project/flows/a.txt", "./../../secret.txt", "nowhere/../../../secret.txt",
  ])
  func whatLiesAboveTheProjectIsRefused(_ path: String) throws {
    let folder = try project(["secret.txt": [0x73], "project/flows/a.txt": [0x61]])
    try folder.makeFolder("project/flows/in")
    #expect(reason { _ = try files(folder).text(path) } == (path == ".." ? .folder : .outside))
  }

  @Test func anAbsolutePathIsRefusedWhereverItLeads() throws {
    let folder = try project(["project/flows/a.txt": [0x61]])
    let files = files(folder)
    #expect(reason { _ = try files.text("/etc/passwd") } == .absolute)
    #expect(reason { _ = try files.text(files.directory + "/a.txt") } == .absolute)
    #expect(reason { _ = try files.image("https://example.com/a.png") } == .address)
    #expect(reason { _ = try files.image("data:image/png;base64,AAAA") } == .address)
    #expect(reason { _ = try files.text("") } == .empty)
    #expect(reason { _ = try files.text("a\0.txt") } == .missing(nearest: nil))
  }

  @Test func aLinkThatLeadsOutIsRefused() throws {
    let folder = try project(["secret.txt": [0x73], "outer/other.txt": [0x6F]])
    try folder.link("project/flows/file.txt", to: "../../secret.txt")
    try folder.link("project/flows/absolute.txt", to: "\(folder.path)/secret.txt")
    try folder.link("project/flows/folder", to: "../../outer")
    try folder.link("project/flows/twice.txt", to: "file.txt")
    let files = files(folder)
    for path in ["file.txt", "absolute.txt", "folder/other.txt", "twice.txt", "folder", "folder/../outer"] {
      #expect(reason { _ = try files.text(path) } == .linkOutside, "\(path)")
    }
    // What lies outside is not told by its name either.
    #expect(reason { _ = try files.text("folder/othr.txt") } == .linkOutside)
  }

  /// The beginning of the project's path is not the project.
  @Test func aNeighbourWithALongerNameIsOutside() throws {
    let folder = try project(["project-b/x.txt": [0x78]])
    try folder.link("project/flows/x.txt", to: "../../project-b/x.txt")
    #expect(reason { _ = try files(folder).text("x.txt") } == .linkOutside)
  }

  /// As if the link had been put there between the look and the reading.
  @Test func whatBecomesALinkIsNotFollowed() throws {
    let folder = try project(["secret.txt": [0x73], "project/flows/in/a.txt": [0x61]])
    try folder.link("project/flows/out.txt", to: "../../secret.txt")
    try folder.link("project/flows/outer", to: "../..")
    let root = files(folder).root
    #expect(try ConfinedFile(below: root, ["flows", "in", "a.txt"]).bytes(atMost: 10) == [0x61])
    for steps in [["flows", "out.txt"], ["flows", "outer", "secret.txt"]] {
      #expect(throws: FileFailure.Reason.linkOutside) {
        try ConfinedFile(below: root, steps).bytes(atMost: 10)
      }
    }
  }

  // MARK: What is no file

  @Test func whatIsMissingIsToldWithTheNearestName() throws {
    let folder = try project(["project/flows/notes.txt": [], "project/flows/in/notes.txt": []])
    let files = files(folder)
    #expect(reason { _ = try files.text("note.txt") } == .missing(nearest: "notes.txt"))
    #expect(reason { _ = try files.text("in/note.txt") } == .missing(nearest: "in/notes.txt"))
    #expect(reason { _ = try files.text("../flows/nots.txt") } == .missing(nearest: "../flows/notes.txt"))
    #expect(reason { _ = try files.text("unlike.md") } == .missing(nearest: nil))
    #expect(reason { _ = try files.text("none/notes.txt") } == .missingFolder("none"))
    #expect(reason { _ = try files.text("notes.txt/a") } == .missingFolder("notes.txt"))
    try folder.link("project/flows/broken.txt", to: "nowhere.txt")
    #expect(reason { _ = try files.text("broken.txt") } == .missing(nearest: nil))
  }

  @Test func foldersPipesAndDevicesAreRefusedAtOnce() throws {
    let folder = try project()
    try folder.makeFolder("project/flows/in")
    try folder.makePipe("project/flows/pipe")
    let files = files(folder)
    #expect(reason { _ = try files.text("in") } == .folder)
    #expect(reason { _ = try files.text(".") } == .folder)
    #expect(reason { _ = try files.text("..") } == .folder)
    #expect(reason { _ = try files.text("pipe") } == .special)
    #expect(reason { _ = try ProjectFolder(ofFlowIn: "/dev").text("null") } == .special)
  }

  @Test func aFileThatIsTooLargeIsNotRead() throws {
    let folder = try project()
    let limit = ProjectFolder.greatestFile
    try folder.makeSparseFile("project/flows/large.txt", size: limit + 1)
    let files = files(folder)
    #expect(reason { _ = try files.text("large.txt") } == .tooLarge(bytes: limit + 1, limit: limit))
    try folder.makeSparseFile("project/flows/small.txt", size: 11)
    #expect(try files.bytes("small.txt", atMost: 11).count == 11)
    #expect(throws: FileFailure("small.txt", .tooLarge(bytes: 11, limit: 10))) {
      try files.bytes("small.txt", atMost: 10)
    }
  }

  // MARK: What is in it

  @Test func filesAreReadInEveryWay() throws {
    let folder = try project([
      "project/flows/a.txt": Array("one\r\ntwo\n".utf8), "project/flows/a.json": Array("{\"a\": 1}".utf8),
      "project/flows/a.csv": Array("x,y\n1,2\n".utf8), "project/flows/a.jsonl": Array("1\n2\n".utf8),
      "project/flows/a.png": PictureBytes.png, "project/flows/a.pdf": Array("%PDF-1.4".utf8),
    ])
    let files: any FlowFiles = files(folder)
    #expect(try files.text("a.txt") == "one\r\ntwo\n")
    #expect(try files.lines("a.txt") == ["one", "two"])
    #expect(try files.json("a.json") == .record(["a": .int(1)]))
    #expect(try files.rows("a.csv") == [.record(["x": .string("1"), "y": .string("2")])])
    #expect(try files.rows("a.jsonl") == [.int(1), .int(2)])
    #expect(try files.image("a.png") == .bytes(Data(PictureBytes.png), .png))
    #expect(try files.file("a.png") == .image(.bytes(Data(PictureBytes.png), .png)))
    let document = try #require(Document(name: "a.pdf", bytes: Data("%PDF-1.4".utf8)))
    #expect(try files.file("./a.pdf") == .file(document))
  }

  @Test func whatIsWrongInAFileIsTold() throws {
    let folder = try project([
      "project/flows/latin.txt": [0x63, 0x61, 0x66, 0xE9], "project/flows/a.json": Array("{\n".utf8),
      "project/flows/a.csv": Array("x,y\n1\n".utf8), "project/flows/a.bin": [0x1F, 0x8B, 8, 0],
    ])
    let files = files(folder)
    for read in [files.text, { try files.lines($0).joined() }, { try files.json($0).json() }] {
      #expect(reason { _ = try read("latin.txt") } == .notUTF8(offset: 3))
    }
    #expect(
      reason { _ = try files.json("a.json") }
        == .notJSON(line: 2, message: "expected a name in double quotes"))
    #expect(
      reason { _ = try files.rows("a.csv") }
        == .badRow(line: 2, message: "expected 2 fields, found 1 field"))
    #expect(reason { _ = try files.rows("latin.txt") } == .notUTF8(offset: 3))
    #expect(reason { _ = try files.rows("a.json") } == .noRows)
    #expect(reason { _ = try files.image("a.json") } == .notPicture("it is text"))
    #expect(
      reason { _ = try files.file("a.bin") } == .notDocument("it begins with the bytes 1F 8B 08 00"))
  }

  // MARK: Words

  @Test func everyFailureHasItsWordsAndWhatToDo() {
    let cases: [(FileFailure.Reason, String, String?)] = [
      (.absolute, "`p` is an absolute path, which another machine does not have", "name a file by its path"),
      (.outside, "`p` leads out of the project's folder", "name a file by its path"),
      (.linkOutside, "`p` leads out of the project's folder by a symbolic link", "put the file itself"),
      (.missing(nearest: "q"), "there is no file `p`", "did you mean `q`?"),
      (.missing(nearest: nil), "there is no file `p`", nil),
      (.missingFolder("f"), "there is no file `p`: the folder `f` does not exist", nil),
      (.tooLarge(bytes: 67_108_865, limit: 64 << 20), "`p` has 67108865 bytes; at most 64 MB are read", nil),
      (
        .notUTF8(offset: 3), "`p` is not UTF-8 text: the byte at offset 3 begins no character",
        "save it as UTF-8"
      ),
      (.badRow(line: 2, message: "m"), "line 2 of `p`: m", nil),
      (.noRows, "`p` is not known to hold rows", "`.csv`, `.tsv`, `.jsonl` and `.ndjson` are read"),
    ]
    for (reason, message, advice) in cases {
      let failure = FileFailure("p", reason)
      #expect(failure.message == message)
      #expect((failure.advice == nil) == (advice == nil))
      #expect(failure.advice?.hasPrefix(advice ?? "") != false)
    }
  }
}
