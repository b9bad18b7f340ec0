import Testing
import WeirProject
import WeirValues

/// Which files a pattern finds.
struct PathPatternTests {
  private func folder() throws -> TestFolder {
    let names = [
      "flows/a.md", "flows/b.md", "flows/b.txt", "flows/.hidden.md", "flows/page-1.png", "flows/page-10.png",
      "flows/B.md", "flows/é.md", "flows/docs/c.md", "flows/docs/deep/d.md", "flows/docs/deep/er/e.md",
      "flows/docs/.git/f.md", "flows/[x].md", "data/g.csv", ".git/config", "outer/h.md",
    ]
    let folder = try TestFolder(
      Dictionary(uniqueKeysWithValues: names.map { ("project/\($0)", [UInt8]()) }))
    try folder.link("project/flows/docs/circle", to: "..")
    try folder.link("project/flows/docs/out", to: "../../..")
    try folder.link("project/flows/link.md", to: "a.md")
    try folder.link("project/flows/broken.md", to: "nowhere")
    try folder.link("project/flows/secret.md", to: "/etc/passwd")
    try folder.makePipe("project/flows/pipe.md")
    return folder
  }

  private func paths(_ pattern: String, _ folder: TestFolder? = nil) throws -> [String] {
    let folder = try folder ?? self.folder()
    return try withExtendedLifetime(folder) {
      try ProjectFolder(ofFlowIn: "\(folder.path)/project/flows").paths(pattern)
    }
  }

  @Test(arguments: [
    ("*.md", ["B.md", "[x].md", "a.md", "b.md", "link.md", "é.md"]),
    ("./*.md", ["B.md", "[x].md", "a.md", "b.md", "link.md", "é.md"]),
    ("?.md", ["B.md", "a.md", "b.md", "é.md"]),
    ("[ab].md", ["a.md", "b.md"]), ("[a-z].md", ["a.md", "b.md"]), ("[!a-z].md", ["B.md", "é.md"]),
    ("[^a]?md", ["B.md", "b.md", "é.md"]), ("[[]x[]].md", ["[x].md"]),
    ("page-*.png", ["page-1.png", "page-10.png"]), ("page-?.png", ["page-1.png"]),
    ("*-1*g", ["page-1.png", "page-10.png"]), ("b.*", ["b.md", "b.txt"]),
    (".*.md", [".hidden.md"]), ("[.]hidden.md", []), ("?hidden.md", []), (".hidden.md", [".hidden.md"]),
    ("docs/*.md", ["docs/c.md"]),
    (
      "docs/*/*.md",
      // A link to a folder is followed where the pattern says its name.
      ["B", "[x]", "a", "b", "link", "é"].map { "docs/circle/\($0).md" } + ["docs/deep/d.md"]
    ),
    ("docs/**/*.md", ["docs/c.md", "docs/deep/d.md", "docs/deep/er/e.md"]),
    ("docs/**", ["docs/c.md", "docs/deep/d.md", "docs/deep/er/e.md"]),
    ("docs/**/**/e.md", ["docs/deep/er/e.md"]), ("**/er/**", ["docs/deep/er/e.md"]),
    ("**/deep/**/*.md", ["docs/deep/d.md", "docs/deep/er/e.md"]),
    ("docs/.git/*", ["docs/.git/f.md"]), ("docs/.*/f.md", ["docs/.git/f.md"]), ("docs/*/f.md", []),
    ("../data/*", ["../data/g.csv"]), ("../*/*.csv", ["../data/g.csv"]), ("../**/h.md", ["../outer/h.md"]),
    ("a.md", ["a.md"]), ("nothing.md", []), ("nowhere/*.md", []), ("docs", []), ("a.md/*", []),
    ("a.md/**", []), ("docs/out/*", []), ("docs/out/project/flows/a.md", []), ("secret.md", []),
    ("broken.md", []), ("pipe.md", []), ("*.MD", []),
  ])
  func filesThatFitAreFoundInTheOrderOfTheirBytes(_ pattern: String, _ expected: [String]) throws {
    #expect(try paths(pattern) == expected)
  }

  @Test func whatIsFoundCanBeRead() throws {
    let folder = try folder()
    let project = ProjectFolder(ofFlowIn: "\(folder.path)/project/flows")
    for pattern in ["**", "../**", "docs/circle/*"] {
      let found = try project.paths(pattern)
      #expect(found.count > 3)
      for path in found { #expect(try project.text(path) == "") }
    }
  }

  @Test(arguments: [
    ("/etc/*", FileFailure.Reason.absolute), ("../../*", .outside), ("../../project/flows/*", .outside),
    ("", .empty), ("docs/../*", .badPattern("`..` can stand only at its start")),
    ("[ab", .badPattern("the `[` in `[ab` is never closed")),
    ("[]", .badPattern("the `[` in `[]` is never closed")),
    ("[z-a]", .badPattern("`z-a` in `[z-a]` is the wrong way round")),
    ("..", .badPattern("it names no file")), ("./", .badPattern("it names no file")),
    ("a\0b", .badPattern("it holds a NUL character")),
  ])
  func aPatternThatCannotBeIsTold(_ pattern: String, _ reason: FileFailure.Reason) {
    #expect(throws: FileFailure(pattern, reason)) { try paths(pattern) }
  }

  /// Matching that went back to every `*` would take longer than anybody waits.
  @Test func manyOpenPartsTakeNoTime() throws {
    let name = String(repeating: "a", count: 250)
    let folder = try TestFolder(["project/flows/\(name)": []])
    #expect(try paths(String(repeating: "*a", count: 120) + "b", folder) == [])
    #expect(try paths(String(repeating: "a*", count: 120), folder) == [name])
    let deep = (0..<60).map { _ in "a" }.joined(separator: "/")
    let tree = try TestFolder(["project/flows/\(deep)/x": []])
    #expect(try paths(String(repeating: "**/a/", count: 25) + "y", tree) == [])
    #expect(try paths(String(repeating: "**/a/", count: 25) + "**/x", tree) == ["\(deep)/x"])
  }
}
