import Testing
import WeirCommandLine
import WeirTestSupport

/// What stands in `docs/cookbook.md` runs, offline, as its reader would run it.
struct CookbookTests {
  struct Recipe: Sendable, CustomTestStringConvertible {
    let flow: String
    let line: String

    var testDescription: String { line }
  }

  /// Each block of a flow with the block of its command line.
  static let recipes: [Recipe] = {
    let blocks = Page("docs/cookbook.md").blocks
    return zip(blocks, blocks.dropFirst()).compactMap { flow, line in
      flow.language == "flow" && line.language == "sh" ? Recipe(flow: flow.text, line: line.text) : nil
    }
  }()

  @Test(arguments: recipes) func runsWithMadeUpAnswers(_ recipe: Recipe) async throws {
    let name = try #require(CommandWords.split(recipe.line).first { $0.hasSuffix(".flow") })
    let folder = try TestFolder([name: recipe.flow])
    try putWhatIsNamed(in: recipe.line, into: folder)

    let outcome = try await TriedLine(recipe.line).run(in: folder)

    #expect(outcome.code == .done, "\(outcome.error)")
    #expect(outcome.output.count > 1)
    #expect(!outcome.error.contains("warning"), "\(outcome.error)")
  }

  @Test func thereAreTen() {
    #expect(Self.recipes.count >= 10)
    #expect(Self.recipes.count == Page("docs/cookbook.md").blocks.count { $0.language == "flow" })
  }

  /// A file for every word of the line that is the name of one.
  private func putWhatIsNamed(in line: String, into folder: TestFolder) throws {
    for word in CommandWords.split(line) {
      let name = String(word.drop { $0 == "@" })
      if name.hasSuffix(".txt") {
        try folder.write(Array("The bridge opens again on 3 May.\n".utf8), to: name)
      } else if name.hasSuffix(".csv") {
        try folder.write(Array("text\nThe bridge opens again.\nIt is closed.\n".utf8), to: name)
      } else if name.hasSuffix(".jpg") {
        let picture = try Golden.projectFile("workflows/pictures/rocket.jpg")
        try folder.write(picture, to: name)
      }
    }
  }
}
