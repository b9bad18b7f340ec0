import WeirDiagnostics
import WeirSyntax
import WeirSyntaxSupport

// What the tests of this room say about trees and tokens, in one line each.

func source(_ text: String) -> SourceFile { SourceFile(path: "test.flow", text: text) }

/// The tokens of a text, parted by blanks, with `⏎` where the grammar's `NL` stands.
func tokens(_ text: String) -> String {
  let file = source(text)
  return lex(file).tokens.dropLast().map { token in
    let shown = String(decoding: file.bytes[token.range], as: UTF8.self)
    return (token.followsLineBreak ? "⏎ " : "") + shown
  }.joined(separator: " ")
}

/// The expression of `output …`, or what was told of it.
func expression(_ text: String) -> String {
  let (file, told) = parse(source("output \(text)\n"))
  if !told.isEmpty { return told.map(\.described).joined(separator: "; ") }
  guard file.entries.count == 1, case .output(let output) = file.entries[0] else { return "no output" }
  return Shorthand(output.value).text
}

/// The type of `input x: …`, or what was told of it.
func type(_ text: String) -> String {
  let (file, told) = parse(source("input x: \(text)\n"))
  if !told.isEmpty { return told.map(\.described).joined(separator: "; ") }
  guard file.entries.count == 1, case .input(let input) = file.entries[0] else { return "no input" }
  return Shorthand(input.type).text
}

/// The heads of the entries of a file, and what was told of it.
func entries(_ text: String) -> (heads: [String], told: [String]) {
  let (file, told) = parse(source(text))
  return (file.entries.map { Shorthand($0).text }, told.map(\.described))
}

extension Diagnostic {
  var described: String { "\(code.name): \(message)" }
}
