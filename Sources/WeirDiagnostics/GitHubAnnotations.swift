extension [Diagnostic] {
  /// A line for each, as GitHub Actions reads them from a job's output and shows them on the lines
  /// of a change (GitHub: workflow commands, "Setting an error message"):
  ///
  /// ```
  /// ::error file=a.flow,line=2,endLine=2,col=17,endColumn=21,title=unknown-name::no value …
  /// ```
  ///
  /// Columns are left out where a place spans lines: GitHub refuses them there.
  package func gitHubAnnotations(in sources: SourceMap) -> String {
    var renderer = DiagnosticRenderer(sources)
    return map { $0.gitHubAnnotation(&renderer, sources) }.joined()
  }
}

extension Diagnostic {
  fileprivate func gitHubAnnotation(_ renderer: inout DiagnosticRenderer, _ sources: SourceMap) -> String {
    var properties: [(String, String)] = []
    if let file = sources[span.file], let start = renderer.position(of: span),
      let end = renderer.position(ofEndOf: span)
    {
      properties = [("file", file.path), ("line", "\(start.line)"), ("endLine", "\(end.line)")]
      if start.line == end.line {
        properties += [("col", "\(start.column)"), ("endColumn", "\(end.column)")]
      }
    }
    let text = help.map { "\(message)\nhelp: \($0)" } ?? message
    return GitHubAnnotation(severity, properties + [("title", code.name)], text).line
  }
}

/// One workflow command of GitHub Actions.
package struct GitHubAnnotation: Sendable {
  /// With its line break.
  package let line: String

  package init(_ severity: Diagnostic.Severity, _ properties: [(String, String)], _ text: String) {
    let word =
      switch severity {
      case .error: "error"
      case .warning: "warning"
      case .note: "notice"
      }
    let list = properties.map { "\($0)=\(Self.escaped($1, isProperty: true))" }.joined(separator: ",")
    line = "::\(word) \(list)::\(Self.escaped(text, isProperty: false))\n"
  }

  /// What would end the command or one of its properties, as GitHub's own toolkit writes it.
  private static func escaped(_ text: String, isProperty: Bool) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "%": escaped += "%25"
      case "\r": escaped += "%0D"
      case "\n": escaped += "%0A"
      case ":" where isProperty: escaped += "%3A"
      case "," where isProperty: escaped += "%2C"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
