import Testing
import WeirValues

@testable import WeirReading

struct ReadingFailureTests {
  @Test(arguments: [
    ("I cannot do that.", "nothing in it is of type `int`, found the string \"I cannot do that.\""),
    (
      "The number that you are asking for is not to be had from me.",
      "nothing in it is of type `int`, found the string \"The number that you are asking for is n…\""
    ),
    ("<think>Hm.</think> No idea.", "nothing in it is of type `int`, found the string \"No idea.\""),
    ("<think>Hm.</think>", "nothing in it is of type `int`, found the string \"<think>Hm.</think>\""),
  ])
  func saysWhatTheAnswerWas(_ text: String, _ message: String) {
    let failure = #expect(throws: ReadingFailure.self) { try TypeTable().readAnswer(text, as: .int) }
    #expect(failure?.message(whole: "it") == message)
  }
}
