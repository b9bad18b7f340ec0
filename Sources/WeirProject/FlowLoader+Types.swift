import WeirCheck
package import WeirDiagnostics
import WeirSyntax
package import WeirValues

/// A type that was written by itself, with the flow in whose scope it was read.
package struct FlowType: Sendable {
  package let type: ValueType
  package let flow: Flow
  /// What is wrong or doubtful in the type, and all that is wrong in the flow.
  package let diagnostics: [Diagnostic]
}

extension FlowLoader {
  /// The type that `text` says, as if it stood at the end of the flow at `path`; without one, only the
  /// language's own types are there. `name` is what messages call the text.
  package mutating func loadType(
    _ text: String, named name: String, scope path: String?
  ) throws(LoadFailure) -> FlowType {
    let (expression, told) = parseType(SourceFile(id: newFile(), path: name, bytes: Array(text.utf8)))
    let scope = try path.map { path throws(LoadFailure) in try files.loadFlow(path) }
    let (flow, type) = load(
      scope ?? SourceFile(path: "", bytes: []),
      from: path.flatMap { FilePaths.real(files.resolve($0)) }, reading: expression)
    let own = expression.file.source.id
    let kept = flow.diagnostics.filter { $0.span.file == own || $0.severity == .error }
    return FlowType(type: type ?? .error, flow: flow, diagnostics: (told + kept).inSourceOrder())
  }
}
