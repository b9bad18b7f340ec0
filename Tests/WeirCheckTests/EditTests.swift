import Testing
import WeirCheck
import WeirDiagnostics
import WeirSyntax

/// Which mistakes have a mend that is safe to make unread, and what becomes of them.
struct EditTests {
  /// The text with the edits of one check made.
  private func mended(_ text: String) -> String {
    let checked = Checked(text)
    return String(decoding: checked.told.mending(checked.source.bytes).bytes, as: UTF8.self)
  }

  @Test(
    arguments: [
      // Misspelt names.
      ("input name: string\noutput nmae", "input name: string\noutput name"),
      (
        "input name: string\noutput \"{{nmae}} {{nmae}}\"", "input name: string\noutput \"{{name}} {{name}}\""
      ),
      ("input a: strng\noutput a", "input a: string\noutput a"),
      ("input a: str\noutput a", "input a: string\noutput a"),
      ("input text: string\noutput text.uper", "input text: string\noutput text.upper"),
      ("input text: string\noutput text.splt(\",\")", "input text: string\noutput text.split(\",\")"),
      (
        "type P { title: string }\ninput p: P\noutput p.titel",
        "type P { title: string }\ninput p: P\noutput p.title"
      ),
      ("step a { modell: \"m\", prompt: \"p\" }", "step a { model: \"m\", prompt: \"p\" }"),
      ("limits { concurency: 3 }\noutput 1", "limits { concurrency: 3 }\noutput 1"),
      (
        "provider p { kind: \"opnai\", url: \"http://a/v1\" }\noutput 1",
        "provider p { kind: \"openai\", url: \"http://a/v1\" }\noutput 1"
      ),
      ("outptu 1", "output 1"),
      // What may be null in a text.
      ("input a: string?\noutput \"{{a}}\"", "input a: string?\noutput \"{{a ?? \"\"}}\""),
      (
        "input a: string?\ninput b: bool\noutput \"{{ if b then a else a }}\"",
        "input a: string?\ninput b: bool\noutput \"{{ (if b then a else a) ?? \"\" }}\""
      ),
      ("input a: (\"x\" | null)\noutput 1", "input a: (\"x\" | null)\noutput 1"),
      // What is superfluous.
      ("input a: string\noutput a ?? \"b\"", "input a: string\noutput a"),
      ("# Why.\nlet a = 1 # what\noutput 2\n", "# Why.\noutput 2\n"),
      ("let a = [\n  1,\n  2,\n]\r\noutput 2\r\n", "output 2\r\n"),
      ("output 2\nlet a = 1", "output 2\n"),
      ("# Why.\nuse \"./kit.flow\" as kit # what\noutput 2\n", "# Why.\noutput 2\n"),
      (
        "step a {\n  model: \"m\"\n  seed: 1\n  seed: 1 # again\n  prompt: \"p\"\n}",
        "step a {\n  model: \"m\"\n  seed: 1\n  prompt: \"p\"\n}"
      ),
      (
        "step a { seed: 1, seed: 1, model: \"m\", prompt: \"p\" }",
        "step a { seed: 1, model: \"m\", prompt: \"p\" }"
      ),
      (
        "step a { model: \"m\", prompt: \"p\", seed: 1, seed: 1 }",
        "step a { model: \"m\", prompt: \"p\", seed: 1 }"
      ),
      ("output [1,, 2]", "output [1, 2]"), ("output [,1]", "output [1]"),
      ("output {a: 1,, b: 2}", "output {a: 1, b: 2}"),
      // What other languages write.
      ("step a { model = \"m\", prompt: \"p\" }", "step a { model: \"m\", prompt: \"p\" }"),
      ("step a { model: 'm', prompt: “p” }", "step a { model: \"m\", prompt: \"p\" }"),
      ("let a = true&&false\noutput a", "let a = true and false\noutput a"),
      ("let a = true || false;\noutput a; # so", "let a = true or false\noutput a # so"),
      ("input a: [string]\noutput a.join(with: \",\")", "input a: [string]\noutput a.join(\",\")"),
      // Comments that allow nothing.
      ("# weir: allow unused-input\noutput 1", "output 1"),
      ("output 1  # weir: allow unused-input, unused-let", "output 1"),
      (
        "# weir: allow no-modle\nstep a { prompt: \"p\" }", "# weir: allow no-model\nstep a { prompt: \"p\" }"
      ),
    ])
  func aSafeMendIsMade(_ text: String, _ expected: String) {
    #expect(mended(text) == expected)
  }

  @Test(
    arguments: [
      // Two names are near, or one is to every name.
      "input cat: string\ninput car: string\noutput \"{{caz}} {{cat}} {{car}}\"",
      "input caption: string\ninput captions: string\noutput \"{{captoin}}{{captions}}{{caption}}\"",
      "input b: string\noutput a", "input ab: string\noutput ac",
      // The second setting says something else.
      "step a { model: \"m\", seed: 1, seed: 2, prompt: \"p\" }",
      // Without the rest the type would be another.
      "input a: int\nlet b = a ?? 0.5\noutput b",
      // A comment would be lost.
      "input a: string\noutput a\n  ?? # why\n  \"b\"",
      // It may be what a misspelt name meant, or stands beside something else.
      "let cat = 1\nlet car = 2\noutput caz",
      "input a: int?\noutput \"{{a}}\"",
      "step a { model: 'it\"s', prompt: '{{b}}' }",
      "input a: string; input b: string\noutput \"{{a}}{{b}}\"",
      "output (1)(2)", "input a: [string]\noutput a.join(x: 1, y: 2)",
      // Of two words one is of use.
      "# weir: allow unused-input, unused-let\ninput a: string\noutput 1",
    ])
  func whatCouldBeMeantOtherwiseIsLeftAlone(_ text: String) {
    #expect(mended(text) == text)
  }

  @Test(arguments: CodeTests.codes.map(\.name)) func whatIsRightStaysByteForByte(_ name: String) throws {
    let code = try #require(CodeTests.codes.first { $0.name == name })
    #expect(mended(code.right) == code.right)
  }
}
