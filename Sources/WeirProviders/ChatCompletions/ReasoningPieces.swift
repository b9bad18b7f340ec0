import WeirValues

/// What a model thought before it answered, put together from its pieces.
///
/// Servers have two words for the text, `reasoning` and `reasoning_content`; OpenRouter has details beside
/// it, which it wants back as they came where a conversation goes on after tools were called.
struct ReasoningPieces: Sendable {
  private var said = ""
  private var isSaidAsContent = false
  private var entries: [Record] = []

  var isEmpty: Bool { said.isEmpty && entries.isEmpty }

  /// nil where there is none.
  var text: String? {
    if !said.isEmpty { return said }
    let words = entries.compactMap(Self.words)
    return words.isEmpty ? nil : words.joined()
  }

  /// The reasoning in the server's own form. What has no details is wanted back by some servers, under
  /// the name that it came under, but only where tools were called.
  func details(forCalls hasCalls: Bool) -> Value? {
    if !entries.isEmpty { return .list(entries.map { .record($0) }) }
    return hasCalls && isSaidAsContent ? .record(["reasoning_content": .string(said)]) : nil
  }

  /// Takes what a message, or a piece of one, holds of it; gives the text that is new.
  mutating func take(_ message: Value, isWhole: Bool) -> String? {
    let details = message["reasoning_details"]?.list?.compactMap(\.record) ?? []
    if isWhole { entries = details } else { for detail in details { take(detail) } }
    let content = message["reasoning_content"]?.string
    if content != nil { isSaidAsContent = true }
    if let words = message["reasoning"]?.string ?? content {
      said += words
      return words.isEmpty ? nil : words
    }
    let words = details.compactMap(Self.words).joined()
    return words.isEmpty ? nil : words
  }

  /// A part of a content: `{"type": "thinking", "thinking": [{"type": "text", "text": …}]}`, as Mistral has it.
  mutating func take(part: Value) -> String? {
    guard let thinking = part["thinking"] else { return nil }
    let words = thinking.string ?? (thinking.list ?? []).compactMap { $0["text"]?.string }.joined()
    said += words
    return words.isEmpty ? nil : words
  }

  private static func words(_ detail: Record) -> String? {
    detail["text"]?.string ?? detail["summary"]?.string
  }

  // MARK: - Details

  /// A text or a summary goes on where one of its place and type has begun; all else stands for itself.
  private mutating func take(_ detail: Record) {
    guard Self.words(detail) != nil || detail["signature"]?.string != nil, let last = entries.indices.last
    else { return entries.append(detail) }
    let found = entries.indices.reversed().first {
      Self.goesOn(entries[$0], with: detail, isLast: $0 == last)
    }
    guard let found else { return entries.append(detail) }
    for field in detail.fields { Self.join(field, to: &entries[found]) }
  }

  private static func goesOn(_ entry: Record, with detail: Record, isLast: Bool) -> Bool {
    guard entry["type"] == detail["type"] else { return false }
    if let index = detail["index"], !index.isNull { return entry["index"] == index }
    return isLast
  }

  private static func join(_ field: Record.Field, to entry: inout Record) {
    guard !field.value.isNull else { return }
    if field.name == "text" || field.name == "summary", let more = field.value.string {
      entry[field.name] = .string((entry[field.name]?.string ?? "") + more)
    } else {
      entry[field.name] = field.value
    }
  }
}
