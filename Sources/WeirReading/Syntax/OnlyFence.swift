/// The one fence of a text in which nothing else may hold a value: what models mostly write, a few words and
/// then JSON.
struct OnlyFence {
  let language: String
  /// What is in it, without the blanks at its ends. It begins with a bracket.
  let content: Range<Int>

  /// More signs than this nobody writes.
  private static let longest = 32

  /// Nil for any other text, and where it is not quite plain.
  init?(in text: [UInt8]) {
    guard let start = text.firstIndex(where: \.mayBeginValue), text[start] == .backtick,
      let last = text.lastIndex(where: \.mayBeginValue), text[last] == .backtick
    else { return nil }
    let signs = text[start...].prefix { $0 == .backtick }
    let word = text[signs.endIndex...].prefix { $0.isOfLanguage }
    let line = text[word.endIndex...].prefix { $0 == .blank || $0 == .tab }
    guard (3...Self.longest).contains(signs.count), word.count + line.count < Self.longest,
      line.endIndex < last, text[line.endIndex].isLineEnd
    else { return nil }
    var end = last
    while end > line.endIndex, text[end - 1] == .backtick { end -= 1 }
    guard (signs.count...Self.longest).contains(last + 1 - end),
      last + 1 == text.count || text[last + 1].isLineEnd
    else { return nil }
    var content = text[line.endIndex..<end].drop(while: \.isBlank)
    while let byte = content.last, byte.isBlank { content.removeLast() }
    guard content.first == .openBrace || content.first == .openBracket else { return nil }
    language = String(decoding: word, as: UTF8.self)
    self.content = content.indices
  }
}

extension UInt8 {
  /// Whether a value, a fence or a tag may begin with it.
  fileprivate var mayBeginValue: Bool {
    switch self {
    case .openBrace, .openBracket, .backtick, .tilde, .less, 0xEF: true
    default: false
    }
  }

  fileprivate var isLineEnd: Bool { self == .newline || self == .carriageReturn }
}
