import WeirEndpoint
import WeirValues

/// A prompt under construction: neighbouring texts become one part.
struct PromptBuilder {
  private var parts: [PromptPart] = []
  private var text = ""
  private(set) var hasMedia = false

  mutating func add(_ piece: String) { text += piece }

  /// Takes off a line break that came last.
  mutating func dropLastLineBreak() {
    if text.utf8.last == UInt8(ascii: "\n") { text.unicodeScalars.removeLast() }
  }

  mutating func add(_ picture: Picture) {
    hasMedia = true
    closeText()
    parts.append(.picture(picture))
  }

  /// A text goes in as text, everything else as itself.
  mutating func add(_ document: Document) {
    if let text = document.text { return add(text) }
    hasMedia = true
    closeText()
    parts.append(.document(document))
  }

  /// All text in it, without the pictures.
  var plainText: String { parts.isEmpty ? text : (parts + [.text(text)]).text }

  consuming func finish() -> [PromptPart] {
    closeText()
    return parts
  }

  private mutating func closeText() {
    guard !text.isEmpty else { return }
    parts.append(.text(text))
    text = ""
  }
}
