import WeirDiagnostics
import WeirProject
import WeirValues

extension Command {
  private static let json = Option.flag("json", "Print the diagnostics as one JSON object on standard output")

  static let check = Command(
    name: "check", summary: "Check flows without running them", operands: "FILE… [options]",
    options: [json],
    details: "Exit code 0 when nothing is wrong (warnings are nothing wrong), 2 when something is."
  ) { words, environment in
    let arguments = try Command.checkArguments(words)
    let files = ProjectFiles(directory: environment.directory)
    var checked: [CheckedFile] = []
    for path in arguments.operands { checked.append(CheckedFile(path, in: files)) }
    if arguments.has(json) {
      environment.console.print(CheckedFile.json(checked))
    } else {
      let told = checked.filter(\.hasWords)
      for (index, file) in told.enumerated() {
        if index > 0 { environment.console.note("") }
        file.show(on: environment.console)
      }
    }
    return checked.contains(where: \.isWrong) ? .invalid : .done
  }

  private static func checkArguments(_ words: [String]) throws(UsageError) -> Arguments {
    let arguments = try Arguments(words, [json] + Option.everywhere)
    if arguments.operands.isEmpty {
      throw UsageError("`weir check` needs the flows to check", help: "weir check FILE…")
    }
    return arguments
  }
}

/// A file that `weir check` was given: a flow with its diagnostics, or why there is none.
private enum CheckedFile {
  case flow(String, Flow)
  case unread(String, LoadFailure)

  init(_ path: String, in files: ProjectFiles) {
    do {
      self = .flow(path, Flow(try files.loadFlow(path)))
    } catch {
      self = .unread(path, error)
    }
  }

  var isWrong: Bool {
    switch self {
    case .flow(_, let flow): flow.diagnostics.hasErrors
    case .unread: true
    }
  }

  /// Whether there is anything to tell.
  var hasWords: Bool {
    switch self {
    case .flow(_, let flow): !flow.diagnostics.isEmpty
    case .unread: true
    }
  }

  func show(on console: Console) {
    switch self {
    case .unread(_, let failure): console.fail(failure.message, help: failure.advice)
    case .flow(let path, let flow):
      console.show(flow.diagnostics, in: flow.sources)
      console.note("\n\(path): \(flow.diagnostics.summary)")
    }
  }

  // MARK: JSON

  static func json(_ files: [CheckedFile]) -> String {
    let object: Record = [
      "version": .int(1),
      "ok": .bool(!files.contains(where: \.isWrong)),
      "files": .list(files.map(\.json)),
    ]
    return Value.record(object).json(indent: 2)
  }

  private var json: Value {
    switch self {
    case .unread(let path, let failure):
      return .record([
        "path": .string(path), "failure": .string(failure.message),
        "help": failure.advice.map { .string($0) } ?? .null,
      ])
    case .flow(let path, let flow):
      return .record([
        "path": .string(path), "diagnostics": flow.diagnostics.json(in: flow.sources),
      ])
    }
  }
}

extension [Diagnostic] {
  /// `2 errors, 1 warning`
  var summary: String {
    let errors = count { $0.severity == .error }
    let warnings = count { $0.severity == .warning }
    var parts: [String] = []
    if errors > 0 { parts.append("\(errors) error\(errors == 1 ? "" : "s")") }
    if warnings > 0 { parts.append("\(warnings) warning\(warnings == 1 ? "" : "s")") }
    return parts.joined(separator: ", ")
  }

  /// The same facts as data: code, severity, message, places, help.
  func json(in sources: SourceMap) -> Value {
    var renderer = DiagnosticRenderer(sources)
    return .list(
      map { diagnostic in
        .record([
          "code": .string(diagnostic.code.name),
          "severity": .string(diagnostic.severity.rawValue),
          "message": .string(diagnostic.message),
          "help": diagnostic.help.map { .string($0) } ?? .null,
          "labels": .list(diagnostic.labels.map { json($0, &renderer, sources) }),
        ])
      })
  }

  private func json(
    _ label: Diagnostic.Label, _ renderer: inout DiagnosticRenderer, _ sources: SourceMap
  ) -> Value {
    let start = renderer.position(of: label.span)
    let end = renderer.position(of: Span(label.span.end..<label.span.end, in: label.span.file))
    return .record([
      "path": sources[label.span.file].map { .string($0.path) } ?? .null,
      "line": start.map { .int($0.line) } ?? .null,
      "column": start.map { .int($0.column) } ?? .null,
      "end_line": end.map { .int($0.line) } ?? .null,
      "end_column": end.map { .int($0.column) } ?? .null,
      "offset": .int(label.span.start),
      "length": .int(label.span.end - label.span.start),
      "text": label.text.map { .string($0) } ?? .null,
    ])
  }
}
