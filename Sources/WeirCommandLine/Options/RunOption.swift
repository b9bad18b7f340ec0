/// The options of `weir run`.
enum RunOption {
  static let inputs = Option.value("inputs", "FILE", "Read inputs from a JSON object; options win over it")
  static let offline = Option.flag(
    "offline", "Ask nobody: answer from the flow's tape (NAME.tape.jsonl beside it), make up the rest")
  static let provider = Option.value("provider", "NAME", "Whom to ask where a model names no provider")
  static let model = Option.value("model", "MODEL", "Ask this model in every step, whatever the flow says")
  static let concurrency = Option.value("concurrency", "N", "How many requests may be under way at once")
  static let allowRun = Option.value("allow-run", "NAMES", "Let the flow run these programs: `git,jq`")
  static let json = Option.flag("json", "Print the result and all about the steps as one JSON object")
  static let stream = Option.flag(
    "stream", "Show the answer while it comes, where the result is the text of one step")
  static let events = Option.flag("events", "Print everything that happens as JSON, an object a line")
  static let shareLimits = Option.flag(
    "share-limits", "Share the providers' limits with the other runs on this machine that say so")
  static let reconcile = Option.flag(
    "reconcile", "Ask OpenRouter afterwards what it has written down as the cost of each answer")
  static let quiet = Option.flag("quiet", "Show no progress and no warnings")
  static let verbose = Option.flag("verbose", "Also show what had to be forgiven in each answer")

  static let all = [
    inputs, offline, provider, model, concurrency, allowRun, stream, json, events, shareLimits, reconcile,
    quiet,
    verbose,
  ]

  /// Whether a run with these words is likely to ask somebody; seen at a glance, before all else.
  static func mayAsk(_ words: [String]) -> Bool { !words.contains("--\(offline.name)") }

  /// The options before the flow's file, the file, and the words after it; nil without a file.
  static func parts(of words: [String]) throws(UsageError) -> (Arguments, String, [String])? {
    var arguments = Arguments()
    var reader = WordReader(words)
    while let word = reader.next() {
      guard word.hasPrefix("-"), word != "-" else {
        var rest: [String] = []
        while let next = reader.next() { rest.append(next) }
        return (arguments, word, rest)
      }
      do {
        try arguments.read(word, &reader, all + Option.everywhere)
      } catch  where error.help == nil && !isOwn(word) && words.contains(where: { $0.hasSuffix(".flow") }) {
        throw UsageError(error.message, help: "the inputs of a flow stand after its file")
      }
    }
    return nil
  }

  static func allowedPrograms(_ arguments: Arguments) -> Set<String> {
    Set(
      arguments.all(allowRun).flatMap {
        $0.utf8.split(separator: UInt8(ascii: ",")).compactMap { String($0) }
      })
  }

  private static func isOwn(_ word: String) -> Bool {
    (all + Option.everywhere).contains { $0.name == Arguments.split(word).name }
  }
}
