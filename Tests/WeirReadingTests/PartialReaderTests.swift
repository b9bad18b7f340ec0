import Testing
import WeirReadingSupport
import WeirValues

@testable import WeirReading

struct PartialReaderTests {
  private static let person: ValueType = .record([
    RecordField("name", .string), RecordField("age", .union([.int, .null])),
    RecordField("tags", .list(.string)),
  ])

  /// The values that are shown on the way, each once, as JSON.
  private func shown(
    _ text: String, _ type: ValueType, withOpenText: Bool = false, wrapper: String? = nil
  ) throws -> [String] {
    var reader = PartialReader(type, in: TypeTable(), ReadingOptions(wrapper: wrapper))
    var shown: [String] = []
    for byte in text.utf8 {
      reader.feed([byte])
      if let json = reader.value(withOpenText: withOpenText)?.json(), json != shown.last {
        shown.append(json)
      }
    }
    return shown
  }

  @Test func completeFieldsAreShownOneAfterTheOther() throws {
    #expect(
      try shown(#"Here: {"name": "Ada", "age": 36, "tags": ["a", "b"]} done"#, Self.person) == [
        "{}", #"{"name":"Ada"}"#, #"{"name":"Ada","age":36}"#, #"{"name":"Ada","age":36,"tags":[]}"#,
        #"{"name":"Ada","age":36,"tags":["a"]}"#, #"{"name":"Ada","age":36,"tags":["a","b"]}"#,
      ])
  }

  @Test func theOpenTextIsShownWhereItIsAskedFor() throws {
    let shown = try shown(#"{"name": "Ada", "tags": []}"#, Self.person, withOpenText: true)
    #expect(
      shown == ["{}", #"{"name":"A"}"#, #"{"name":"Ad"}"#, #"{"name":"Ada"}"#, #"{"name":"Ada","tags":[]}"#])
  }

  @Test func aBrokenAnswerInAFenceIsShownToo() throws {
    let shown = try shown("```json\n{name: 'Ada', \"tags\": ['x',],}\n```\n", Self.person)
    #expect(shown.contains(#"{"name":"Ada"}"#))
    #expect(shown.last == #"{"name":"Ada","age":null,"tags":["x"]}"#)
  }

  @Test func whatIsWrappedIsShownWithoutItsWrapper() throws {
    let shown = try shown(#"{"value": ["a", "b"]}"#, .list(.string), wrapper: "value")
    #expect(shown == ["[]", #"["a"]"#, #"["a","b"]"#])
  }

  @Test func whatIsOnlyThoughtIsNotShown() throws {
    let shown = try shown(
      #"<think>{"name": "Bob", "tags": []}</think>{"name": "Ada", "tags": []}"#, Self.person)
    #expect(shown.last == #"{"name":"Ada","tags":[]}"#)
    #expect(!shown.contains { $0.contains("Bob") })
  }

  @Test func aTextIsShownAsItComes() throws {
    #expect(try shown("Hi!", .string, withOpenText: true) == [#""H""#, #""Hi""#, #""Hi!""#])
    #expect(try shown("Hi!", .string).isEmpty)
  }

  @Test(arguments: 0..<8)
  func theEndMeansWhatTheWholeMeans(_ part: UInt64) throws {
    for seed in part * 60..<(part + 1) * 60 {
      let answer = DamagedAnswer(seed: seed)
      var reader = PartialReader(answer.type, in: TypeTable())
      for byte in answer.text.utf8 { reader.feed([byte]) }
      let whole = try? TypeTable().readAnswer(answer.text, as: answer.type)
      #expect((try? reader.finish())?.value == whole?.value, "\(answer.story)")
    }
  }

  @Test(arguments: ["1e999", "[1e999]", "[1e999,]", "[[1e999]]"])
  func aNumberBeyondADoubleMeansTheSameInPieces(_ text: String) throws {
    let type = ValueType.union([.number, .list(.number)])
    var reader = PartialReader(type, in: TypeTable())
    for byte in text.utf8 { reader.feed([byte]) }
    let whole = try? TypeTable().readAnswer(text, as: type)
    #expect((try? reader.finish())?.value == whole?.value)
  }

  @Test func nothingMeansNothing() {
    var reader = PartialReader(.int, in: TypeTable())
    #expect(reader.value() == nil)
    #expect(throws: ReadingFailure.self) { try reader.finish() }
  }
}
