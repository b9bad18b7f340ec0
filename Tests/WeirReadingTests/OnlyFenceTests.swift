import Testing
import WeirValues

@testable import WeirReading

/// A fence that is all of an answer but for words is read strictly, and means what it would mean else.
struct OnlyFenceTests {
  private func content(_ text: String) -> String? {
    let bytes = Array(text.utf8)
    return OnlyFence(in: bytes).map { String(decoding: bytes[$0.content], as: UTF8.self) }
  }

  @Test(arguments: [
    ("```json\n{\"a\": 1}\n```", "{\"a\": 1}", "json"),
    ("Here it is:\n\n```\n[1]\n```\n\nAll yours.", "[1]", ""),
    ("```json  \r\n  [1, 2]\r\n```\r\n", "[1, 2]", "json"),
    ("`````c++\n{}\n`````", "{}", "c++"),
    ("```\n[1]\n`````\n", "[1]", ""),
    ("```\n[\"```\"]\n```", "[\"```\"]", ""),
  ])
  func findsWhatIsInTheFence(_ text: String, _ content: String, _ language: String) {
    #expect(self.content(text) == content)
    #expect(OnlyFence(in: Array(text.utf8))?.language == language)
  }

  @Test(arguments: [
    "", "no fence", "{\"a\": 1}", "``\n{}\n``", "```json\n{}", "```json {}\n```", "```json\n\"a\"\n```",
    "```\n\n```", "````\n{}\n```", "```\n{}\n```json", "[see] ```\n{}\n```", "```\n{}\n``` or {}",
    "<think>no</think>\n```\n{}\n```", "```\n{}\n```\n</think>", "~~~\n{}\n~~~", "\u{FEFF}```\n{}\n```",
    "```the answer that you have been waiting for so long\n{}\n```",
  ])
  func knowsNothingOfOtherTexts(_ text: String) {
    #expect(content(text) == nil)
  }

  /// The strict way and the loose one say the same of where the value is and what was forgiven.
  @Test(arguments: [
    "{\"a\": 1}", "[{\"a\": 1}, {\"a\": 2}]", "{\"a\": \"\\u00e9\"}", "[]", "{\"a\": [1, 2], \"b\": null}",
  ])
  func meansWhatTheLooseReaderFinds(_ json: String) throws {
    let types = TypeTable()
    let text = "Here:\n\n```json\n\(json)\n```\n\nAnything else?"
    #expect(OnlyFence(in: Array(text.utf8)) != nil)
    let strict = try types.readAnswer(text, as: .json)
    var search = AnswerSearch(
      LooseReader.read(text), .json, WantedTypes(.json, in: types), in: types, ReadingOptions())
    let loose = try search.run()
    #expect(strict == loose)
    #expect(strict.place == .fence("json"))
    #expect(strict.changes.isEmpty)
  }
}
