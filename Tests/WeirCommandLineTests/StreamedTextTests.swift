import Testing
import WeirEndpoint
import WeirRun

@testable import WeirCommandLine

struct StreamedTextTests {
  private let pass = StepPass(step: "poem", pass: [])

  /// What stands on the screen in the end.
  private func screen(_ events: [AnswerEvent], result: String) -> String {
    var text = StreamedText(of: "poem")
    let pieces = events.map { text.text(for: .answering(pass, $0)) }
    return pieces.joined() + text.rest(of: result)
  }

  @Test func piecesAreWrittenAsTheyCome() {
    var text = StreamedText(of: "poem")
    #expect(text.text(for: .answering(pass, .text("Roses"))) == "Roses")
    #expect(text.text(for: .answering(pass, .text(" are"))) == " are")
    #expect(text.rest(of: "Roses are") == "\n")
  }

  @Test func whiteSpaceAtTheEndsIsLeftOutAsInTheResult() {
    #expect(
      screen(
        [.text("\n "), .text("Roses\n"), .text("\nare "), .text("red.\n\n")], result: "Roses\n\nare red.")
        == "Roses\n\nare red.\n")
  }

  @Test func whatIsSaidAgainIsNotWrittenAgain() {
    let events: [AnswerEvent] = [.text("Roses are"), .rewritten(""), .text("Roses"), .text(" are red")]
    #expect(screen(events, result: "Roses are red") == "Roses are red\n")
  }

  @Test func anAnswerThatBeginsAnewStandsOnALineOfItsOwn() {
    let events: [AnswerEvent] = [.text("Roses are"), .rewritten(""), .text("Violets"), .text(" too")]
    #expect(screen(events, result: "Violets too") == "Roses are\nViolets too\n")
  }

  @Test func aRewrittenTextGoesOnWhereItIsTheSame() {
    #expect(screen([.text("Roses"), .rewritten("Roses are")], result: "Roses are") == "Roses are\n")
    #expect(screen([.text("Roses are"), .rewritten("Rose")], result: "Rose") == "Roses are\nRose\n")
  }

  @Test func aResultThatDidNotComeInPiecesIsWrittenWhole() {
    #expect(screen([], result: "Roses") == "Roses\n")
    #expect(screen([.text("Roses")], result: "nothing") == "Roses\nnothing\n")
    #expect(screen([], result: " as it is ") == " as it is \n")
  }

  @Test func otherStepsAndPassesAreNotItsText() {
    var text = StreamedText(of: "poem")
    #expect(text.text(for: .answering(StepPass(step: "title", pass: []), .text("No"))) == "")
    #expect(text.text(for: .answering(StepPass(step: "poem", pass: [1]), .text("No"))) == "")
    #expect(text.text(for: .answering(pass, .reasoning("No"))) == "")
    #expect(!text.isOpen)
  }

  @Test func charactersThatArePartedComeWhole() {
    let whole = "né 世界 🌍"
    let events = whole.unicodeScalars.map { AnswerEvent.text(String($0)) }
    #expect(screen(events, result: whole) == "\(whole)\n")
  }

  @Test func theLineOnWhichTheResultBeginsIsKnown() {
    func line(_ events: [AnswerEvent], _ result: String) -> Int? {
      var text = StreamedText(of: "poem")
      for event in events { _ = text.text(for: .answering(pass, event)) }
      _ = text.rest(of: result)
      return text.newBeginning
    }
    #expect(line([.text("Roses are"), .rewritten(""), .text("Roses")], "Roses are red") == nil)
    #expect(line([.text("Roses\nare"), .rewritten(""), .text("Violets")], "Violets too") == 3)
    #expect(line([.text("Roses are red")], "nothing") == 2)
    #expect(line([.text("a\nb"), .rewritten("c\nd"), .rewritten("e")], "e") == 5)
    #expect(line([], "Roses") == nil)
  }
}
