import WeirDiagnostics
import WeirValues

extension [Diagnostic] {
  /// What is told as data: code, severity, message, help, places, and the edits that mend it.
  func json(in sources: SourceMap) -> Value {
    var places = PlaceJSON(sources)
    return .list(
      map { diagnostic in
        var record: Record = [
          "code": .string(diagnostic.code.name),
          "severity": .string(diagnostic.severity.rawValue),
          "message": .string(diagnostic.message),
          "help": diagnostic.help.map { .string($0) } ?? .null,
          "labels": .list(
            diagnostic.labels.map { label in
              places.json(label.span, "text", label.text.map { .string($0) } ?? .null)
            }),
          "edits": .list(
            diagnostic.edits.map { places.json($0.span, "replacement", .string($0.replacement)) }),
        ]
        if !diagnostic.details.isEmpty { record["details"] = .list(diagnostic.details.map(\.json)) }
        return .record(record)
      })
  }
}

extension Diagnostic.Detail {
  fileprivate var json: Value {
    .record(["title": .string(title), "text": .string(lines.joined(separator: "\n"))])
  }
}

/// Writes places as lines and columns from 1, and as bytes.
private struct PlaceJSON {
  private let sources: SourceMap
  private var renderer: DiagnosticRenderer

  init(_ sources: SourceMap) {
    self.sources = sources
    renderer = DiagnosticRenderer(sources)
  }

  /// The place, and one more field about it.
  mutating func json(_ span: Span, _ name: String, _ value: Value) -> Value {
    let start = renderer.position(of: span)
    let end = renderer.position(ofEndOf: span)
    return .record([
      "path": sources[span.file].map { .string($0.path) } ?? .null,
      "line": start.map { .int($0.line) } ?? .null,
      "column": start.map { .int($0.column) } ?? .null,
      "end_line": end.map { .int($0.line) } ?? .null,
      "end_column": end.map { .int($0.column) } ?? .null,
      "offset": .int(span.start),
      "length": .int(span.end - span.start),
      name: value,
    ])
  }
}
