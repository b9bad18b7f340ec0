/// Draws diagnostics on the text that they are about.
///
/// ```
/// error[unknown-name]: no value named `captoin` is in scope
///   --> caption.flow:12:24
///    |
/// 12 |     Write a post about {{captoin}}
///    |                          ^^^^^^^
/// help: did you mean `caption`?
/// ```
package struct DiagnosticRenderer {
  private let sources: SourceMap
  private let style: Style
  private var lineTables: [FileID: LineTable] = [:]

  package init(_ sources: SourceMap, style: Style = .plain) {
    self.sources = sources
    self.style = style
  }

  /// All of them, a blank line between, each ending in a newline.
  package mutating func render(_ diagnostics: [Diagnostic]) -> String {
    var pieces: [String] = []
    for diagnostic in diagnostics { pieces.append(render(diagnostic)) }
    return pieces.joined(separator: "\n")
  }

  package mutating func render(_ diagnostic: Diagnostic) -> String {
    let tint = diagnostic.severity.tint
    var text = style.paint("\(diagnostic.severity.rawValue)[\(diagnostic.code.name)]", tint)
    text += style.paint(": \(diagnostic.message)", .strong) + "\n"
    for (index, label) in diagnostic.labels.enumerated() {
      text += excerpt(label, tint: index == 0 ? tint : .note)
    }
    for detail in diagnostic.details {
      text += "\(detail.title):\n" + detail.lines.map { "  \(Excerpt.printable($0))\n" }.joined()
    }
    if let help = diagnostic.help { text += style.paint("help", .help) + ": \(help)\n" }
    return text
  }

  /// Line and column of where a span begins, or nil when its file is not here.
  package mutating func position(of span: Span) -> SourcePosition? {
    lineTable(span.file)?.position(of: span.start)
  }

  /// Line and column of the first byte that is no longer in a span.
  package mutating func position(ofEndOf span: Span) -> SourcePosition? {
    lineTable(span.file)?.position(of: span.end)
  }

  private mutating func excerpt(_ label: Diagnostic.Label, tint: Style.Tint) -> String {
    guard let file = sources[label.span.file], let lines = lineTable(label.span.file) else { return "" }
    let start = lines.position(of: label.span.start)
    let line = lines.byteRange(ofLine: start.line)
    let gutter = String(repeating: " ", count: String(start.line).count)
    let shown = Excerpt(file.bytes[line], around: label.span.range)
    var marks = String(repeating: "^", count: max(1, shown.width))
    if let text = label.text { marks += " " + text }
    let bar = style.paint("|", .gutter)
    return """
      \(gutter)\(style.paint("-->", .gutter)) \(file.path):\(start.line):\(start.column)
      \(gutter) \(bar)
      \(style.paint(String(start.line), .gutter)) \(bar) \(shown.text)
      \(gutter) \(bar) \(shown.indent)\(style.paint(marks, tint))

      """
  }

  private mutating func lineTable(_ id: FileID) -> LineTable? {
    if let known = lineTables[id] { return known }
    guard let file = sources[id] else { return nil }
    let made = LineTable(file)
    lineTables[id] = made
    return made
  }
}

extension Diagnostic.Severity {
  fileprivate var tint: Style.Tint {
    switch self {
    case .error: .error
    case .warning: .warning
    case .note: .note
    }
  }
}

/// A line as it is shown: tabs as one blank, control characters as U+FFFD, and a very long line
/// cut to the stretch around what is marked.
private struct Excerpt {
  let text: String
  let indent: String
  let width: Int

  init(_ line: ArraySlice<UInt8>, around mark: Range<Int>) {
    let mark = mark.clamped(to: line.startIndex..<line.endIndex)
    let cut = Self.window(line, around: mark)
    let before = Self.printable(line[cut.lowerBound..<mark.lowerBound])
    let marked = Self.printable(line[mark.lowerBound..<min(mark.upperBound, cut.upperBound)])
    let after = Self.printable(line[min(mark.upperBound, cut.upperBound)..<cut.upperBound])
    let lead = cut.lowerBound > line.startIndex ? "…" : ""
    text = lead + before + marked + after + (cut.upperBound < line.endIndex ? "…" : "")
    indent = String(repeating: " ", count: Self.width(lead + before))
    width = Self.width(marked)
  }

  private static func window(_ line: ArraySlice<UInt8>, around mark: Range<Int>) -> Range<Int> {
    guard line.count > 200 else { return line.startIndex..<line.endIndex }
    var low = max(line.startIndex, mark.lowerBound - 80)
    var high = min(line.endIndex, max(low + 160, min(mark.upperBound, mark.lowerBound + 120)))
    while low > line.startIndex, line[low] & 0xC0 == 0x80 { low -= 1 }
    while high < line.endIndex, line[high] & 0xC0 == 0x80 { high += 1 }
    return low..<high
  }

  private static func width(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + $1.cellWidth }
  }

  private static func printable(_ bytes: ArraySlice<UInt8>) -> String {
    printable(String(decoding: bytes, as: UTF8.self))
  }

  static func printable(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isControl = scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)
      scalars.append(scalar == "\t" ? " " : isControl ? "\u{FFFD}" : scalar)
    }
    return String(scalars)
  }
}
