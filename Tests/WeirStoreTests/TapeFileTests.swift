import Testing
import WeirEndpoint
import WeirStore
import WeirValues

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

@Suite struct TapeFileTests {
  private func read(_ text: String) throws(TapeFileError) -> Tape {
    try TapeFile.tape(in: Array(text.utf8), named: "post.jsonl")
  }

  @Test func readsALineForEachAnswer() throws {
    let tape = try read(
      """
      \u{FEFF}{"step":"caption","prompt":"Caption\\n[image 1]","pictures":["sha256:00"],"answer":"A tiger."}\r

      {"answer":{"title":"Tiger","tags":[]},"model":"m","usage":{"prompt_tokens":3,"cost":0.5}}
      {"answer":""}
      """)
    #expect(tape.entries.map(\.step) == ["caption", nil, nil])
    #expect(tape.entries.map(\.answer) == ["A tiger.", "{\n  \"title\": \"Tiger\",\n  \"tags\": []\n}", ""])
    #expect(tape.entries[0].prompt == "Caption\n[image 1]")
    #expect(tape.entries[1].usage == Usage(promptTokens: 3, cost: Number(0.5)))
    #expect(try read("").entries.isEmpty)
  }

  @Test func tellsEveryBadLineWithItsNumber() throws {
    let error = #expect(throws: TapeFileError.self) {
      try read(
        """
        {"answer":"good"}
        {"answer":"cut
        # a comment

        {"prompt":"p"}
        {"answer":"a","promt":"p"}
        {"answer":"a","prompt":3}
        {"answer":"a","pictures":"x"}
        {"answer":"a","usage":{"cost":"much"}}
        ["answer"]
        {"calls":[{"name":"f"}]}
        """)
    }
    #expect(
      error?.description == """
        post.jsonl:2: no JSON: the string is not closed, at byte 15 of the line
        post.jsonl:3: no JSON: expected a value, at byte 1 of the line
        post.jsonl:5: `answer` is missing
        post.jsonl:6: no entry has a field `promt`; the fields are `step`, `turns`, `prompt`, `pictures`, `answer`, `calls`, `model`, `usage`
        post.jsonl:7: `prompt` must be a string, found the number 3
        post.jsonl:8: `pictures` must be a list of strings, `sha256:…` or addresses
        post.jsonl:9: `usage.cost` must be a number, found a string
        post.jsonl:10: expected an object, found a list
        post.jsonl:11: `calls` must be a list of `{"name": "…", "arguments": {…}}`
        """)
  }

  @Test func writesWhatItReads() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "weir-tape-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var calling = Tape.Entry(prompt: "q", answer: "")
    calling.calls = [TapeCall("f", #"{"a":1,"b":[]}"#), TapeCall("g", #"{"a": 1}"#), TapeCall("h", "{")]
    let tape = Tape([Tape.Entry(prompt: "p\n", answer: "a"), Tape.Entry(step: "s", answer: "b"), calling])
    let file = folder.appending(path: "t.jsonl")
    try Data(TapeFile.bytes(of: tape)).write(to: file)
    #expect(try TapeFile.read(file.path).entries == tape.entries)
    let missing = #expect(throws: TapeFileError.self) { try TapeFile.read(folder.path + "/no.jsonl") }
    #expect(missing?.description == "\(folder.path)/no.jsonl: the tape cannot be read")
  }
}
