import Testing
import WeirTestSupport
import WeirValues

/// The strict reader against texts that are JSON, texts that are not, and texts that RFC 8259 leaves open.
struct JSONSuiteTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    let value: Value?

    var testDescription: String { name }

    init(_ line: Value) throws {
      name = try #require(line["name"]?.string)
      bytes =
        if let text = line["text"]?.string { Array(text.utf8) } else {
          try Self.bytes(hexadecimal: #require(line["hex"]?.string))
        }
      value = line["value"]
    }

    private static func bytes(hexadecimal text: String) throws -> [UInt8] {
      let digits = Array(text)
      return try stride(from: 0, to: digits.count, by: 2).map {
        try #require(UInt8(String(digits[$0...$0 + 1]), radix: 16))
      }
    }

    static func all(_ file: String) throws -> [Case] {
      try Golden.read("json/\(file).jsonl").split(separator: 0x0A).map {
        try Case(Value(json: Array($0)))
      }
    }
  }

  @Test(arguments: try Case.all("accepted"))
  func whatIsJSONIsAcceptedAndMeansThis(_ text: Case) throws {
    let value = try #require(text.value)
    let read = try Value(json: text.bytes)
    #expect(read == value)
    #expect(read.json() == value.json())
    #expect(try JSONDocument(text.bytes).value == value)
  }

  @Test(arguments: try Case.all("refused"))
  func whatIsNoJSONIsRefused(_ text: Case) {
    let error = #expect(throws: JSONError.self) { try Value(json: text.bytes) }
    #expect((0...text.bytes.count).contains(error?.offset ?? -1))
  }

  /// What is accepted must be the same when it is written and read again.
  @Test(arguments: try Case.all("either"))
  func whatTheRulesLeaveOpenIsSurvived(_ text: Case) throws {
    guard let value = try? Value(json: text.bytes) else { return }
    #expect(try Value(json: value.jsonBytes()) == value)
  }

  @Test func theCasesAreManyAndEachIsThereOnce() throws {
    let (accepted, refused, either) = (
      try Case.all("accepted"), try Case.all("refused"), try Case.all("either")
    )
    let files = Golden.names(in: "json").filter { $0.hasSuffix(".jsonl") }
    #expect(files == ["accepted.jsonl", "either.jsonl", "refused.jsonl"])
    #expect(accepted.count >= 120 && refused.count >= 250 && either.count >= 35)
    #expect(accepted.allSatisfy { $0.name.hasPrefix("y_") && $0.value != nil })
    #expect(refused.allSatisfy { $0.name.hasPrefix("n_") && $0.value == nil })
    #expect(either.allSatisfy { $0.name.hasPrefix("i_") && $0.value == nil })
    let names = (accepted + refused + either).map(\.name)
    #expect(Set(names).count == names.count)
  }
}
