import Testing
import WeirCommandLine
import WeirReading
import WeirTestSupport
import WeirValues

/// `docs/reading.md` says what the program does.
struct ReadingPageTests {
  private let page = Page("docs/reading.md")

  @Test func theTableHasEveryChange() throws {
    let head = try #require(page.lines.firstIndex { $0.hasPrefix("| Word | What was forgiven |") })
    let end = try #require(page.lines[head...].firstIndex { !$0.hasPrefix("|") })
    let lines = page.lines[...(head + 1)] + Reading.Change.Kind.allCases.map(\.row) + page.lines[end...]
    Golden.expect(lines.joined(separator: "\n"), matches: "../../docs/reading.md")
  }

  @Test func theExampleIsReadAsThePageSays() async throws {
    let blocks = page.blocks
    let place = try #require(blocks.firstIndex { $0.language == "json" })
    try #require(place > 1)
    var words = CommandWords.split(blocks[place - 1].text)
    #expect(Array(words.suffix(2)) == ["<", "answer.txt"])
    words.removeLast(2)
    var invocation = try Invocation()
    invocation.input = blocks[place - 2].text
    let outcome = await invocation.run(words.dropFirst() + ["--explain"])
    #expect(outcome.code == .done)
    #expect(outcome.output == blocks[place].text)
    #expect(outcome.error == blocks[place + 1].text)
  }
}

extension Reading.Change.Kind {
  fileprivate var row: String {
    "| `\(rawValue)` | \(phrase) | \(cost) | \(isSyntax ? "mended" : "coerced") |"
  }
}
