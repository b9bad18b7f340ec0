import Testing

/// A line of a page that its reader may try, as far as it is about `weir`: `… | weir run … < file | …`.
/// It is run with `--offline`, so that nobody is asked.
struct TriedLine {
  /// The words behind `weir`.
  private var words: [String]
  /// The file that is piped in.
  private var pipedFile: String?
  private let hasPipeBefore: Bool

  init(_ line: String) throws {
    let parts = CommandWords.split(line).split(separator: "|")
    let place = try #require(parts.firstIndex { $0.first == "weir" })
    words = Array(parts[place].dropFirst())
    hasPipeBefore = place > 0
    if let mark = words.firstIndex(of: "<") {
      pipedFile = words[mark + 1]
      words.removeSubrange(mark...(mark + 1))
    }
    if !words.contains("--offline") { words.insert("--offline", at: 1) }
  }

  func run(in folder: TestFolder) async throws -> Outcome {
    var invocation = Invocation(in: folder)
    if let pipedFile { invocation.input = try folder.text(pipedFile) }
    if hasPipeBefore { invocation.input = "What the program before it prints.\n" }
    return await invocation.run(words)
  }
}
