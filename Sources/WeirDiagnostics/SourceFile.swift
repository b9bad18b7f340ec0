/// A file that somebody wrote, as bytes, with a name to show to people.
///
/// Positions in it are byte offsets. Lines and columns are made from them only when a person
/// is to read them. It does not know what the text means.
package struct SourceFile: Sendable {
  package let id: FileID
  /// The name as the user gave it, for messages.
  package let path: String
  package let bytes: [UInt8]

  package init(id: FileID = FileID(0), path: String, bytes: [UInt8]) {
    self.id = id
    self.path = path
    self.bytes = bytes
  }

  package init(path: String, text: String) {
    self.init(path: path, bytes: Array(text.utf8))
  }

  /// The text under a span, with U+FFFD for what is not UTF-8.
  package func text(of span: Span) -> String {
    String(decoding: bytes[span.range.clamped(to: 0..<bytes.count)], as: UTF8.self)
  }
}

/// Which file of a `SourceMap` a span lies in.
package struct FileID: Sendable, Hashable {
  package let rawValue: UInt32
  package init(_ rawValue: UInt32) { self.rawValue = rawValue }
}

/// A stretch of bytes of one source file.
package struct Span: Sendable, Hashable {
  package let file: FileID
  private let lower: UInt32
  private let upper: UInt32

  package init(_ range: Range<Int>, in file: FileID) {
    self.file = file
    lower = UInt32(range.lowerBound)
    upper = UInt32(range.upperBound)
  }

  package var start: Int { Int(lower) }
  package var end: Int { Int(upper) }
  package var range: Range<Int> { start..<end }

  /// The smallest span that holds both; `other` must lie in the same file.
  package func joined(_ other: Span) -> Span {
    Span(min(start, other.start)..<max(end, other.end), in: file)
  }
}

/// The files that the spans of some diagnostics refer to.
package struct SourceMap: Sendable {
  private var files: [FileID: SourceFile] = [:]

  package init(_ files: [SourceFile] = []) {
    for file in files { add(file) }
  }

  package mutating func add(_ file: SourceFile) { files[file.id] = file }

  package subscript(id: FileID) -> SourceFile? { files[id] }
}
