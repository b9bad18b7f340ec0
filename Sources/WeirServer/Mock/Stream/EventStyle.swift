/// How events are written as bytes. Everything here is allowed by the rules of server-sent events, but what
/// says that it is not.
struct EventStyle: Sendable, Hashable {
  enum LineEnd: String, Sendable, CaseIterable {
    case lf, crlf, cr

    var bytes: [UInt8] {
      switch self {
      case .lf: [0x0A]
      case .crlf: [0x0D, 0x0A]
      case .cr: [0x0D]
      }
    }
  }

  var lineEnd = LineEnd.lf
  /// `data: …`, else `data:…`.
  var hasSpace = true
  /// Begins with the byte order mark.
  var hasMark = false
  /// A comment before every event.
  var hasComments = false
  /// `event`, `id` and `retry` with every event.
  var hasFields = false
  /// The JSON of an event on several `data:` lines.
  var isSpread = false
  /// The blank line after an event. Without it, which is against the rules, every line is an event.
  var hasBlankLines = true
  /// The blank line after the last event.
  var hasLastBlankLine = true
  /// Bytes of a chunk; nil for an event each, cut only where it holds more than ASCII.
  var chunk: Int?

  static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  func bytes(of event: MockEvent, isFirst: Bool, isLast: Bool) -> [UInt8] {
    var bytes: [UInt8] = isFirst && hasMark ? Self.mark : []
    let end = lineEnd.bytes
    func line(_ text: some Sequence<UInt8>) {
      bytes += text
      bytes += end
    }
    switch event.content {
    case .comment(let text):
      line(": \(text)".utf8)
      bytes += end
    case .data(let data):
      if hasComments { line(": the mock is still there".utf8) }
      if hasFields { for field in ["event: message", "id: 1", "retry: 3000"] { line(field.utf8) } }
      for part in isSpread ? spread(data) : [data[...]] { line((hasSpace ? "data: " : "data:").utf8 + part) }
      if isLast ? hasLastBlankLine : hasBlankLines { bytes += end }
    }
    return bytes
  }

  /// Cut behind the opening brace and before the closing one, where JSON may have line breaks.
  private func spread(_ data: [UInt8]) -> [ArraySlice<UInt8>] {
    guard data.count > 2, data.first == UInt8(ascii: "{") else { return [data[...]] }
    return [data[..<1], data[1..<(data.count - 1)], data[(data.count - 1)...]]
  }
}
