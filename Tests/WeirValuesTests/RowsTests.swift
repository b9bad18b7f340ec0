import Testing
import WeirValues

/// What the bytes of a text file say.
struct RowsTests {
  private func rows(_ text: String, _ name: String = "a.csv") throws -> [Value] {
    try TextBytes(Array(text.utf8)).rows(of: name)
  }

  private func failure(_ text: String, _ name: String = "a.csv") -> FileFailure.Reason? {
    do {
      _ = try rows(text, name)
      return nil
    } catch {
      return error as? FileFailure.Reason
    }
  }

  // MARK: Text and lines

  @Test func aByteOrderMarkIsNoPartOfTheText() throws {
    let bytes = try TextBytes([0xEF, 0xBB, 0xBF] + Array("a\n".utf8))
    #expect(bytes.text == "a\n")
    #expect(bytes.lines == ["a"])
    #expect(try TextBytes([0xEF, 0xBB, 0xBF]).text == "")
  }

  @Test(arguments: [
    ([0x61, 0xFF], 1), ([0xC3], 0), ([0x61, 0xC3, 0xA9, 0xE2, 0x82], 3), ([0xED, 0xA0, 0x80], 0),
    ([0xFF, 0xFE, 0x61, 0x00], 0), ([0xC0, 0x80], 0),
  ])
  func theFirstByteThatIsNotUTF8IsTold(_ bytes: [UInt8], _ offset: Int) {
    #expect(throws: FileFailure.Reason.notUTF8(offset: offset)) { try TextBytes(bytes) }
  }

  @Test(arguments: ["", "a", "a\n", "a\nb", "a\r\nb\r\n", "\n", "\n\n", "a\n\nb", "a\rb\n", "é\r", "\r\n"])
  func linesAreThoseOfTheBuiltIn(_ text: String) throws {
    let builtin = try Builtins.named("lines")?.body([.string(text)])
    #expect(try TextBytes(Array(text.utf8)).lines.map { .string($0) } == builtin?.list)
  }

  @Test func whatIsNotJSONIsToldWithItsLine() throws {
    #expect(try TextBytes(Array("\u{FEFF}{\"a\": [1]}\n".utf8)).json() == .record(["a": .list([.int(1)])]))
    #expect(throws: FileFailure.Reason.notJSON(line: 3, message: "expected a value")) {
      try TextBytes(Array("{\n  \"a\":\n  x\n}".utf8)).json()
    }
    #expect(
      throws: FileFailure.Reason.notJSON(line: 1, message: "expected a value, found the end of the text")
    ) { try TextBytes([]).json() }
  }

  // MARK: CSV

  private func texts(_ rows: [Value]) -> [[String: String]] {
    rows.map { row in
      Dictionary(uniqueKeysWithValues: row.record!.fields.map { ($0.name, $0.value.string!) })
    }
  }

  @Test(arguments: [
    ("a,b\n1,2\n", [["a": "1", "b": "2"]]),
    ("a,b\r\n1,2\r\n3,4", [["a": "1", "b": "2"], ["a": "3", "b": "4"]]),
    ("\u{FEFF}a\n1\n", [["a": "1"]]),
    ("\u{FEFF}\"a\"\n1\n", [["a": "1"]]),
    ("a,b\n,\n", [["a": "", "b": ""]]),
    ("a\n\n1\n\r\n\n2\n\n", [["a": "1"], ["a": "2"]]),
    ("a\n\"\"\n", [["a": ""]]),
    ("a,b\n\"x,y\",\"say \"\"hi\"\"\"\n", [["a": "x,y", "b": "say \"hi\""]]),
    ("a,b\n\"one\r\ntwo\n\",3\n", [["a": "one\r\ntwo\n", "b": "3"]]),
    ("a\n\"\"\"\"\n", [["a": "\""]]),
    ("a\n\"\"\"x\"\"\"", [["a": "\"x\""]]),
    ("a,b\n5\" disk, x \n", [["a": "5\" disk", "b": " x "]]),
    ("a b,naïve\n日本,\u{1F600}\n", [["a b": "日本", "naïve": "\u{1F600}"]]),
    ("a\n1\rx\n", [["a": "1\rx"]]),
    ("a\n1\r", [["a": "1\r"]]),
    ("a,b\n", []), ("a", []), ("", []), ("\n\n", []),
  ])
  func csvIsRead(_ text: String, _ expected: [[String: String]]) throws {
    #expect(texts(try rows(text)) == expected)
  }

  @Test func columnsKeepTheirOrder() throws {
    let names = (0..<40).map { "column \($0)" }
    let text = names.reversed().joined(separator: ",") + "\n" + names.joined(separator: ",") + "\n"
    let row = try #require(try rows(text).first?.record)
    #expect(Array(row.names) == names.reversed())
    #expect(row["column 39"] == .string("column 0"))
  }

  @Test func tabsPartTheFieldsOfTSV() throws {
    #expect(texts(try rows("a\tb\n1,5\t\"x\ty\"\n", "x.TSV")) == [["a": "1,5", "b": "x\ty"]])
  }

  @Test(arguments: [
    ("a,b\n1\n", 2, "expected 2 fields, found 1 field"),
    ("a,b\n1,2\n\n1,2,3\n", 4, "expected 2 fields, found 3 fields"),
    ("a\n\"x\ny\",z\n", 2, "expected 1 field, found 2 fields"),
    ("a,b\n\"x\ny\",1\n\"x\n", 4, "a quote is opened and never closed"),
    ("a\n\"x\" y\n", 2, "expected a separator or the end of the line after the closing quote"),
    ("a\n\"x\"\r", 2, "expected a separator or the end of the line after the closing quote"),
    ("a,b,a\n", 1, "two columns are called `a`"),
    ("\na,,b\n", 2, "column 2 has no name"),
    ("\"\n", 1, "a quote is opened and never closed"),
  ])
  func aRowThatIsWrongIsToldWithItsLine(_ text: String, _ line: Int, _ message: String) {
    #expect(failure(text) == .badRow(line: line, message: message))
  }

  // MARK: JSON Lines

  @Test(arguments: ["x.jsonl", "x.ndjson", "X.JSONL"])
  func jsonLinesAreRead(_ name: String) throws {
    let text = "{\"a\": 1}\r\n\n  \t\n[2]\n\"x\"\nnull"
    #expect(try rows(text, name) == [.record(["a": .int(1)]), .list([.int(2)]), .string("x"), .null])
    #expect(try rows("", name) == [])
  }

  @Test func aWrongLineIsToldWithItsNumber() {
    #expect(
      failure("{}\n\n{\"a\" 1}\n", "a.jsonl")
        == .badRow(line: 3, message: "expected `:` after the name (at byte 6 of the line)"))
    #expect(
      failure("1\n2 3\n", "a.jsonl")
        == .badRow(line: 2, message: "text after the end of the JSON (at byte 3 of the line)"))
  }

  @Test(arguments: ["a.txt", "a", "csv", "a.csv.gz", "a.json", ""])
  func whatIsNotKnownToHoldRowsIsTold(_ name: String) {
    #expect(failure("a\n1\n", name) == .noRows)
  }

  /// Four times as long may take about four times as long; a quadratic reader takes sixteen times.
  @Test func theTimeGrowsWithTheLengthOnly() throws {
    func time(_ count: Int) throws -> Duration {
      let text = "a,b\n" + String(repeating: "\"x \"\"y\"\" z\",w\n", count: count)
      let clock = ContinuousClock()
      var best = Duration.seconds(60)
      for _ in 0..<3 { best = min(best, try clock.measure { _ = try rows(text) }) }
      return best
    }
    let (short, long) = (try time(5_000), try time(20_000))
    #expect(long < short * 10)
  }
}
