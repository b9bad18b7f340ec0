import WeirDiagnostics

/// Makes of the text of a string, as it was written, the text that is sent.
///
/// In a string on one line, escapes are read. In a block, the indentation of the closing quotes is
/// taken off every line, the line break before them is no text, and a line that holds only control
/// tags leaves nothing behind, its line break included:
///
/// ```
///     """                                  sent, with `polite` true:
///     {{ if polite }}                      |Dear reader,
///     Dear reader,                         |welcome.
///     {{ end }}
///     welcome.
///     """
/// ```
///
/// A line is made of fragments: the end of one text, the tags after it, the beginning of the next
/// text. Whether it is dropped is known only at its end, so the fragments of the line at hand wait.
///
/// One cook does all strings of a file, one after the other, so that its lists are made once.
struct TextCook {
  private let bytes: [UInt8]
  private let file: FileID
  /// Whether the bytes are known to be UTF-8.
  var isUTF8 = true
  private var opening: Span
  private var closing: Span
  private(set) var diagnostics: [Diagnostic] = []
  private(set) var dropsLastLineBreak = false
  private var mayHaveBackslash = true
  private var closesBesideText = false

  /// A stretch of a text, without the line break at its end, and where it belongs.
  private struct Fragment {
    let text: Int
    let range: Range<Int>
    /// The line break after it, as it stands in the file; empty where a tag or the end follows.
    let lineBreak: Range<Int>
    let startsLine: Bool
  }

  /// What is sent for all texts of the string at hand.
  private var sent: [UInt8] = []
  /// Where in it each text begins.
  private var starts: [Int] = []
  private var line: [Fragment] = []
  private var lineHasControl = false
  private var lineHasValue = false
  private var indentation = 0..<0

  init(bytes: [UInt8], file: FileID) {
    self.bytes = bytes
    self.file = file
    opening = Span(0..<0, in: file)
    closing = opening
  }

  /// Makes what is sent for each `text` among the items; `text` gives it.
  mutating func cook(_ items: [TextItem], isBlock: Bool, opening: Span, closing: Span) {
    self.opening = opening
    self.closing = closing
    diagnostics = []
    dropsLastLineBreak = false
    closesBesideText = false
    sent.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    // Asked once for the whole string: most have none.
    mayHaveBackslash = hasBackslash(opening.end..<max(opening.end, closing.start))
    if isBlock { cookBlock(items) } else { cookQuoted(items) }
    mayHaveBackslash = true
  }

  /// What is sent for the text of this number among those of the string that was cooked last.
  func text(_ number: Int) -> String {
    let end = number + 1 < starts.count ? starts[number + 1] : sent.count
    return sent.text(starts[number]..<end, isUTF8: isUTF8)
  }

  // MARK: One line

  private mutating func cookQuoted(_ items: [TextItem]) {
    for case .text(let span) in items {
      starts.append(sent.count)
      if hasBackslash(span.range) { readEscapes(span.range) } else { sent += bytes[span.range] }
    }
  }

  private mutating func readEscapes(_ range: Range<Int>) {
    var at = range.lowerBound
    while at < range.upperBound {
      guard bytes[at] == UInt8(ascii: "\\") else {
        sent.append(bytes[at])
        at += 1
        continue
      }
      at = readEscape(at, range.upperBound)
    }
  }

  /// Reads the escape at `start` and says where it ends.
  private mutating func readEscape(_ start: Int, _ limit: Int) -> Int {
    // A backslash that ends its line is part of what is not closed there, which was told.
    guard start + 1 < limit else { return limit }
    switch bytes[start + 1] {
    case UInt8(ascii: "n"): sent.append(0x0A)
    case UInt8(ascii: "t"): sent.append(0x09)
    case UInt8(ascii: "\""): sent.append(UInt8(ascii: "\""))
    case UInt8(ascii: "\\"): sent.append(UInt8(ascii: "\\"))
    case UInt8(ascii: "{") where start + 2 < limit && bytes[start + 2] == UInt8(ascii: "{"):
      sent += "{{".utf8
      return start + 3
    case UInt8(ascii: "u"):
      if let end = readCodePoint(start, limit) { return end }
      fallthrough
    default:
      let end = min(limit, scalarEnd(after: start + 1))
      sent += bytes[start..<end]
      let place = Span(start..<end, in: file)
      diagnostics.append(.badEscape(String(decoding: bytes[start..<end], as: UTF8.self), at: place))
      return end
    }
    return start + 2
  }

  private mutating func readCodePoint(_ start: Int, _ limit: Int) -> Int? {
    guard start + 2 < limit, bytes[start + 2] == UInt8(ascii: "{") else { return nil }
    let digits = bytes[(start + 3)..<min(limit, start + 12)].prefix { $0 != UInt8(ascii: "}") }
    guard digits.count <= 8, digits.endIndex < limit, digits.first != UInt8(ascii: "+"),
      let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16),
      let scalar = Unicode.Scalar(value)
    else { return nil }
    sent += String(scalar).utf8
    return digits.endIndex + 1
  }

  private func scalarEnd(after index: Int) -> Int {
    var end = index + 1
    while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
    return end
  }

  private static let lineFeeds = ByteSearch("\n")
  private static let backslashes = ByteSearch("\\")

  func hasBackslash(_ range: Range<Int>) -> Bool {
    mayHaveBackslash && Self.backslashes.next(in: bytes, range) < range.upperBound
  }

  // MARK: Blocks

  private mutating func cookBlock(_ items: [TextItem]) {
    indentation = readIndentation()
    var isFirstText = true
    var count = 0
    for item in items {
      if case .text(let span) = item {
        let range = isFirstText ? textAfterOpening(span.range) : span.range
        cookText(range, of: count, startsLine: isFirstText && range.lowerBound > span.start)
        count += 1
      } else if item.isControl {
        lineHasControl = true
      } else {
        lineHasValue = true
      }
      if isFirstText, case .text = item {} else if isFirstText { tellTextBesideOpening() }
      isFirstText = false
    }
    endBlock(count)
    if closesBesideText, diagnostics.isEmpty { diagnostics.append(.textBesideQuotes(false, at: closing)) }
  }

  private mutating func tellTextBesideOpening() {
    diagnostics.append(.textBesideQuotes(true, at: opening))
  }

  /// The blanks before the closing quotes.
  private mutating func readIndentation() -> Range<Int> {
    var start = closing.start
    while start > opening.end, bytes[start - 1] == 0x20 || bytes[start - 1] == 0x09 { start -= 1 }
    let isAlone = start > opening.end && bytes[start - 1] == 0x0A
    if !isAlone {
      // An unclosed block ends without quotes, at the beginning of a line; that was told.
      closesBesideText = closing.start < closing.end
      return 0..<0
    }
    return start..<closing.start
  }

  /// The text from the line after the opening quotes.
  private mutating func textAfterOpening(_ range: Range<Int>) -> Range<Int> {
    var at = range.lowerBound
    while at < range.upperBound, bytes[at] == 0x20 || bytes[at] == 0x09 || bytes[at] == 0x0D { at += 1 }
    guard at < range.upperBound, bytes[at] == 0x0A else {
      tellTextBesideOpening()
      return range
    }
    return at + 1..<range.upperBound
  }

  private mutating func cookText(_ range: Range<Int>, of text: Int, startsLine: Bool) {
    var start = range.lowerBound
    var startsLine = startsLine
    while true {
      let lineFeed = Self.lineFeeds.next(in: bytes, start..<range.upperBound)
      guard lineFeed < range.upperBound else { break }
      let end = lineFeed > start && bytes[lineFeed - 1] == 0x0D ? lineFeed - 1 : lineFeed
      let fragment = Fragment(
        text: text, range: start..<end, lineBreak: end..<lineFeed + 1, startsLine: startsLine)
      if line.isEmpty, !lineHasControl, !lineHasValue {
        send(fragment, isWholeLine: true)
      } else {
        line.append(fragment)
        endLine()
      }
      start = lineFeed + 1
      startsLine = true
    }
    if start < range.upperBound || startsLine {
      line.append(
        Fragment(
          text: text, range: start..<range.upperBound,
          lineBreak: range.upperBound..<range.upperBound, startsLine: startsLine))
    }
  }

  private mutating func endLine() {
    defer { forgetLine() }
    if lineHasControl, !lineHasValue, line.allSatisfy({ isBlank($0.range) }) { return }
    for fragment in line { send(fragment, isWholeLine: line.count == 1) }
  }

  private mutating func forgetLine() {
    line.removeAll(keepingCapacity: true)
    lineHasControl = false
    lineHasValue = false
  }

  /// The last line is the indentation of the closing quotes, and the line break before it is no text.
  private mutating func endBlock(_ count: Int) {
    // What stands on the closing line beside blanks was told; it is sent as a line of its own.
    let isClosingLine = !lineHasControl && !lineHasValue && line.allSatisfy { isBlank($0.range) }
    if isClosingLine { forgetLine() } else { endLine() }
    begin(count - 1)
    if count > 0 { dropLastLineBreak() }
  }

  /// The texts up to this one have begun; what comes is the end of this one.
  private mutating func begin(_ text: Int) {
    while starts.count <= text { starts.append(sent.count) }
  }

  /// Takes off the last line break of the block: the one that was just sent, or, when control tags
  /// stand after it, the one that is rendered last.
  private mutating func dropLastLineBreak() {
    if starts[starts.count - 1] == sent.count {
      dropsLastLineBreak = true
    } else if sent.last == 0x0A {
      sent.removeLast()
    }
  }

  private mutating func send(_ fragment: Fragment, isWholeLine: Bool) {
    var range = fragment.range
    if fragment.startsLine, !indentation.isEmpty {
      if isIndented(range) {
        range = range.lowerBound + indentation.count..<range.upperBound
      } else if isBlank(range), isWholeLine {
        range = range.upperBound..<range.upperBound
      } else {
        tellIndentation(range)
      }
    }
    begin(fragment.text)
    appendBlockText(range)
    if !fragment.lineBreak.isEmpty { sent.append(0x0A) }
  }

  private func isIndented(_ range: Range<Int>) -> Bool {
    guard range.count >= indentation.count else { return false }
    var at = range.lowerBound
    for blank in indentation {
      if bytes[at] != bytes[blank] { return false }
      at += 1
    }
    return true
  }

  private mutating func tellIndentation(_ range: Range<Int>) {
    let blanks = bytes[range].prefix { $0 == 0x20 || $0 == 0x09 }.count
    let place = Span(range.lowerBound..<range.lowerBound + blanks + 1, in: file)
    diagnostics.append(.badIndentation(at: place, closing: closing))
  }

  /// `\{{` is two braces and `\"""` three quotes; nothing else is an escape.
  private mutating func appendBlockText(_ range: Range<Int>) {
    guard hasBackslash(range) else {
      sent += bytes[range]
      return
    }
    var at = range.lowerBound
    while at < range.upperBound {
      if bytes[at] == UInt8(ascii: "\\"), escapes(at, range.upperBound) { at += 1 }
      sent.append(bytes[at])
      at += 1
    }
  }

  private func escapes(_ at: Int, _ limit: Int) -> Bool {
    let rest = bytes[(at + 1)..<limit]
    return rest.starts(with: Array("{{".utf8)) || rest.starts(with: Array("\"\"\"".utf8))
  }

  private func isBlank(_ range: Range<Int>) -> Bool {
    bytes[range].allSatisfy { $0 == 0x20 || $0 == 0x09 }
  }
}
