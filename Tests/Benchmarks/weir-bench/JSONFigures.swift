import WeirValues

/// How fast JSON is read and written: a list of chat completions, a megabyte in all.
enum JSONFigures {
  private static let rounds = 15

  static func measure() {
    let bytes = document
    guard let value = try? Value(json: bytes) else { return print("the document is not JSON") }
    var count = 0
    let reading = Stopwatch.median(of: rounds) { count = (try? Value(json: bytes).list?.count) ?? 0 }
    print("json_completions", count)
    print("json_read", reading.megabytesPerSecond(bytes.count))
    let writing = Stopwatch.median(of: rounds) { count = value.jsonBytes().count }
    print("json_bytes", count)
    print("json_write", writing.megabytesPerSecond(count))
  }

  private static var document: [UInt8] {
    let completions = (0..<1_000).map { completion(number: $0) }
    return Array("[\(completions.joined(separator: ","))]".utf8)
  }

  private static func completion(number: Int) -> String {
    let sentence =
      "A reader of the \\\"harbour\\\" at dusk asks for \(number) stones; the light is warm – naïve.\\n"
    let content = String(repeating: sentence, count: 6)
    return """
      {"id":"gen-\(1_700_000_000 + number)","object":"chat.completion","created":\(1_700_000_000 + number),\
      "model":"google/gemini-2.5-flash","provider":"Google","choices":[{"index":0,"logprobs":null,\
      "finish_reason":"stop","native_finish_reason":"STOP","message":{"role":"assistant","content":"\(content)",\
      "refusal":null,"reasoning":null}}],"usage":{"prompt_tokens":\(number),"completion_tokens":118,\
      "total_tokens":\(number + 118),"cost":0.000\(number + 1),"prompt_tokens_details":{"cached_tokens":0}}}
      """
  }
}
