import WeirDiagnostics
import WeirProject
import WeirValues

/// What a check found in the form that code scanning services read: one run of SARIF 2.1.0
/// (OASIS: Static Analysis Results Interchange Format, version 2.1.0).
///
/// Paths are relative to the working folder. Columns count Unicode scalars, and a lone CR ends a line, as
/// everywhere in Weir.
struct SARIFLog {
  private let directory: String
  private var codes: [DiagnosticCode: Int] = [:]
  private var rules: [Value] = []
  private var results: [Value] = []
  private var notifications: [Value] = []

  init(_ files: [CheckedFile], directory: String) {
    self.directory = directory
    for file in files {
      switch file.content {
      case .read(let sources, let diagnostics):
        var renderer = DiagnosticRenderer(sources)
        for diagnostic in diagnostics { results.append(result(diagnostic, sources, &renderer)) }
      case .unread(let failure):
        notifications.append(
          .record([
            "level": .string("error"), "message": message(failure.message, failure.advice),
            "locations": .list([
              .record(["physicalLocation": .record(["artifactLocation": artifact(file.path)])])
            ]),
          ]))
      }
    }
  }

  var text: String {
    let version = Value.string(CommandLine.version)
    let driver: Record = [
      "name": .string("weir"), "version": version, "semanticVersion": version, "rules": .list(rules),
    ]
    let invocation: Record = [
      "executionSuccessful": .bool(notifications.isEmpty),
      "toolExecutionNotifications": .list(notifications),
    ]
    let run: Record = [
      "tool": .record(["driver": .record(driver)]),
      "invocations": .list([.record(invocation)]),
      "columnKind": .string("unicodeCodePoints"),
      "newlineSequences": .list(["\r\n", "\n", "\r"].map { .string($0) }),
      "results": .list(results),
    ]
    let log: Record = [
      "$schema": .string(Self.schema), "version": .string("2.1.0"), "runs": .list([.record(run)]),
    ]
    return Value.record(log).json(indent: 2)
  }

  private static let schema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

  // MARK: Rules

  private mutating func ruleIndex(of diagnostic: Diagnostic) -> Int {
    if let index = codes[diagnostic.code] { return index }
    let code = diagnostic.code
    codes[code] = rules.count
    let help: Record = [
      "text": .string("\(code.explanation)\n\nWrong:\n\n\(code.wrong)\nRight:\n\n\(code.right)"),
      "markdown": .string(code.page),
    ]
    rules.append(
      .record([
        "id": .string(code.name),
        "shortDescription": Self.text(code.firstSentence),
        "fullDescription": Self.text(code.explanation),
        "help": .record(help),
        "defaultConfiguration": .record(["level": .string(diagnostic.severity.rawValue)]),
      ]))
    return rules.count - 1
  }

  // MARK: Results

  private mutating func result(
    _ diagnostic: Diagnostic, _ sources: SourceMap, _ renderer: inout DiagnosticRenderer
  ) -> Value {
    var fields: Record = [
      "ruleId": .string(diagnostic.code.name),
      "ruleIndex": .int(ruleIndex(of: diagnostic)),
      "level": .string(diagnostic.severity.rawValue),
      "message": message(diagnostic.message, diagnostic.help),
      "locations": .list([.record(["physicalLocation": place(diagnostic.span, sources, &renderer)])]),
    ]
    if diagnostic.labels.count > 1 {
      var others: [Value] = []
      for (index, label) in diagnostic.labels.dropFirst().enumerated() {
        others.append(related(label, index + 1, sources, &renderer))
      }
      fields["relatedLocations"] = .list(others)
    }
    if !diagnostic.edits.isEmpty { fields["fixes"] = .list([fix(diagnostic, sources, &renderer)]) }
    return .record(fields)
  }

  private func related(
    _ label: Diagnostic.Label, _ id: Int, _ sources: SourceMap, _ renderer: inout DiagnosticRenderer
  ) -> Value {
    var fields: Record = ["id": .int(id), "physicalLocation": place(label.span, sources, &renderer)]
    if let text = label.text { fields["message"] = Self.text(text) }
    return .record(fields)
  }

  /// All edits of a diagnostic lie in its own file.
  private func fix(
    _ diagnostic: Diagnostic, _ sources: SourceMap, _ renderer: inout DiagnosticRenderer
  ) -> Value {
    var replacements: [Value] = []
    for edit in diagnostic.edits {
      replacements.append(
        .record([
          "deletedRegion": region(edit.span, &renderer),
          "insertedContent": Self.text(edit.replacement),
        ]))
    }
    let change: Record = [
      "artifactLocation": artifact(sources[diagnostic.span.file]?.path ?? ""),
      "replacements": .list(replacements),
    ]
    return .record([
      "description": Self.text(diagnostic.help ?? diagnostic.message),
      "artifactChanges": .list([.record(change)]),
    ])
  }

  /// The first sentence says what is wrong, a paragraph of its own how to mend it.
  private func message(_ text: String, _ help: String?) -> Value {
    Self.text(help.map { "\(text).\n\nHelp: \($0)" } ?? "\(text).")
  }

  private static func text(_ text: String) -> Value { .record(["text": .string(text)]) }

  // MARK: Places

  private func place(
    _ span: Span, _ sources: SourceMap, _ renderer: inout DiagnosticRenderer
  ) -> Value {
    .record([
      "artifactLocation": artifact(sources[span.file]?.path ?? ""),
      "region": region(span, &renderer),
    ])
  }

  private func region(_ span: Span, _ renderer: inout DiagnosticRenderer) -> Value {
    guard let start = renderer.position(of: span), let end = renderer.position(ofEndOf: span) else {
      return .record(["startLine": .int(1)])
    }
    return .record([
      "startLine": .int(start.line), "startColumn": .int(start.column),
      "endLine": .int(end.line), "endColumn": .int(end.column),
    ])
  }

  private func artifact(_ path: String) -> Value {
    .record(["uri": .string(RelativeURI(path, from: directory).text)])
  }
}

/// A path as a URI: relative with forward slashes below a folder, else absolute.
struct RelativeURI {
  let text: String

  init(_ path: String, from directory: String) {
    let root = directory.hasSuffix("/") ? directory : directory + "/"
    let isBelow = path.hasPrefix(root)
    let inside = isBelow ? path.dropFirst(root.utf8.count) : path[...]
    let isAbsolute = inside.hasPrefix("/")
    let parts = Self.withoutDots(inside.split(separator: "/"))
    text = (isAbsolute ? "file:///" : "") + parts.map(Self.encoded).joined(separator: "/")
  }

  private static func withoutDots(_ parts: [Substring]) -> [Substring] {
    var kept: [Substring] = []
    for part in parts where part != "." {
      if part == "..", let last = kept.last, last != ".." { kept.removeLast() } else { kept.append(part) }
    }
    return kept
  }

  /// All but what RFC 3986 calls unreserved.
  private static func encoded(_ part: Substring) -> String {
    part.utf8.map { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        String(UnicodeScalar(byte))
      default: (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
      }
    }.joined()
  }
}

extension DiagnosticCode {
  fileprivate var firstSentence: String {
    explanation.firstRange(of: ". ").map { String(explanation[..<$0.lowerBound]) + "." } ?? explanation
  }
}
