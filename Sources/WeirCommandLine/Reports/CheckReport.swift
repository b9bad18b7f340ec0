import WeirDiagnostics
import WeirProject
import WeirValues

/// How `weir check` tells what it found.
enum CheckFormat: String, CaseIterable {
  case text, json, sarif, github
}

struct CheckReport {
  let files: [CheckedFile]
  let deniesWarnings: Bool
  let directory: String

  private var isWrong: Bool { files.isWrong(denyingWarnings: deniesWarnings) }

  /// For people on standard error, for programs on standard output.
  func show(as format: CheckFormat, on console: Console) {
    switch format {
    case .text: showText(on: console)
    case .json: console.print(json)
    case .sarif: console.print(SARIFLog(files, directory: directory).text)
    case .github: if !annotations.isEmpty { console.print(String(annotations.dropLast())) }
    }
  }

  // MARK: Text

  private func showText(on console: Console) {
    for (index, file) in files.filter(\.hasWords).enumerated() {
      if index > 0 { console.note("") }
      switch file.content {
      case .unread(let failure): console.fail(failure.message, help: failure.advice)
      case .read(let sources, let diagnostics):
        console.show(diagnostics, in: sources)
        console.note("\n\(file.path): \(diagnostics.summary)")
      }
    }
    if let denial { console.note("\n\(denial)") }
  }

  /// Why a check without an error ends like one with some.
  private var denial: String? {
    guard isWrong, !files.isWrong(denyingWarnings: false) else { return nil }
    let count = files.reduce(0) { $0 + $1.diagnostics.count { $0.severity == .warning } }
    return "\(count == 1 ? "the warning counts as an error" : "the \(count) warnings count as errors"),"
      + " as `--deny-warnings` says"
  }

  // MARK: JSON

  private var json: String {
    let object: Record = [
      "version": .int(1),
      "ok": .bool(!isWrong),
      "files": .list(files.map(json)),
    ]
    return Value.record(object).json(indent: 2)
  }

  private func json(_ file: CheckedFile) -> Value {
    switch file.content {
    case .unread(let failure):
      return .record([
        "path": .string(file.path), "failure": .string(failure.message),
        "help": failure.advice.map { .string($0) } ?? .null,
      ])
    case .read(let sources, let diagnostics):
      return .record(["path": .string(file.path), "diagnostics": diagnostics.json(in: sources)])
    }
  }

  // MARK: GitHub

  private var annotations: String {
    files.map { file in
      switch file.content {
      case .unread(let failure):
        let text = failure.advice.map { "\(failure.message)\nhelp: \($0)" } ?? failure.message
        return GitHubAnnotation(.error, [("file", file.path)], text).line
      case .read(let sources, let diagnostics): return diagnostics.gitHubAnnotations(in: sources)
      }
    }.joined()
  }
}
