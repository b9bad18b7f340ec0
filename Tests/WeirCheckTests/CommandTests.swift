import Testing
import WeirCheck
import WeirDiagnostics
import WeirSyntax

/// What is told of the command of a `run`, and where.
struct CommandTests {
  private func told(_ command: String) -> [(text: String, help: String?)] {
    let checked = Checked(
      "input n: int\ninput many: [string]\nstep a = run(\(command))\noutput [a, \"{{n}}\", many.join]\n")
    return checked.told.map { (checked.source.text(of: $0.span), $0.help) }
  }

  @Test func theWordThatIsNoTextIsUnderlinedAndItsMendIsShown() {
    #expect(told("[\"echo\", n + 1]").map(\.text) == ["n + 1"])
    #expect(told("[\"echo\", n + 1]").map(\.help) == ["write `\"{{n + 1}}\"`"])
    #expect(told("[\"echo\", many]").map(\.help) == ["put it behind the list: `[…] + many`"])
  }

  @Test func aLineOfAShellIsToldOnce() {
    let told = told("\"echo {{n}}\"")
    #expect(told.map(\.text) == ["\"echo {{n}}\""])
    #expect(told.first?.help?.hasPrefix("write each word by itself") == true)
  }
}
