import WeirDiagnostics
import WeirGraph
import WeirProject
import WeirValues

extension Command {
  private static let format = Option.value("format", "FORMAT", "mermaid (the default), dot or json")

  static let graph = Command(
    name: "graph", summary: "Show what a flow's steps wait for", operands: "FILE [options]",
    options: [format]
  ) { words, environment in
    let arguments = try Arguments(words, [format] + Option.everywhere)
    guard arguments.operands.count == 1 else {
      throw UsageError("`weir graph` takes one flow", help: "weir graph FILE")
    }
    let files = ProjectFiles(directory: environment.directory)
    guard let flow = Flow.load(arguments.operands[0], files, environment.console) else { return .invalid }
    let graph = Graph(flow.program)
    switch arguments.value(format) ?? "mermaid" {
    case "mermaid": environment.console.print(graph.mermaid().withoutLastLineBreak)
    case "dot": environment.console.print(graph.dot().withoutLastLineBreak)
    case "json": environment.console.print(graph.json().json(indent: 2))
    case let other:
      throw UsageError("there is no format `\(other)`", help: "--format takes mermaid, dot or json")
    }
    return .done
  }
}

extension Flow {
  /// The flow at a path without errors; else they are shown, and there is none. Warnings are shown.
  static func load(_ path: String, _ files: ProjectFiles, _ console: Console) -> Flow? {
    do {
      var loader = FlowLoader(files)
      let flow = try loader.load(path)
      console.show(flow.diagnostics, in: flow.sources)
      guard flow.diagnostics.hasErrors else { return flow }
      console.note("\n\(path): \(flow.diagnostics.summary)")
    } catch {
      console.fail(error.message, help: error.advice)
    }
    return nil
  }
}

extension String {
  var withoutLastLineBreak: String { hasSuffix("\n") ? String(dropLast()) : self }
}
