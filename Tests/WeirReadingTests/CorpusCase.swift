import Testing
import WeirTestSupport
import WeirValues

@testable import WeirReading

/// A line of `Tests/Golden/reading`: a type, what a model said, and what that means.
struct CorpusCase: Sendable, CustomTestStringConvertible {
  let file: String
  let name: String
  let type: String
  let declarations: String
  let text: String
  let options: ReadingOptions
  /// What it may mean; nil where it must be refused.
  let value: Value?
  /// The words for why it may be refused; empty where it must be read.
  let reasons: [Substring]

  var testDescription: String { "\(file): \(name)" }

  init(line: Value, of file: String) throws {
    self.file = file
    name = try #require(line["name"]?.string)
    type = try #require(line["type"]?.string)
    declarations = line["types"]?.string ?? ""
    text = try #require(line["text"]?.string)
    options = ReadingOptions(
      allowsPartial: line["partial"] == .bool(true), wrapper: line["wrapper"]?.string)
    value = line["value"]
    reasons = (line["refused"]?.string ?? "").split(separator: "|")
  }

  /// All cases, file by file.
  static func all() throws -> [CorpusCase] {
    var cases: [CorpusCase] = []
    for file in Golden.names(in: "reading") where file.hasSuffix(".jsonl") {
      for line in try Golden.read("reading/\(file)").split(separator: 0x0A) {
        cases.append(try CorpusCase(line: Value(json: Array(line)), of: file))
      }
    }
    return cases
  }
}

extension ReadingFailure {
  /// The word of the corpus for why.
  var word: Substring {
    switch reason {
    case .empty: "empty"
    case .nothingFound: "nothing"
    case .unfit: "unfit"
    case .ambiguous: "ambiguous"
    case .cutOff: "cut-off"
    }
  }
}
