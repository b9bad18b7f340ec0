import WeirDiagnostics
import WeirProject
import WeirRun

/// The type that a command is about, as its options say it.
enum TypeOption {
  static let type = Option.value(
    "type", "EXPR", "The type: a name, `[string]`, `{name: string, age: int?}`, `\"a\" | \"b\"`, with `where`"
  )
  static let types = Option.value("types", "FILE", "Take the types and names of this flow")

  static let all = [type, types]

  /// The type, or nil where it is wrong, which is shown then.
  static func read(
    _ arguments: Arguments, for command: String, _ environment: CommandEnvironment
  ) throws(UsageError) -> StandaloneType? {
    guard let text = arguments.value(type) else {
      throw UsageError(
        "`weir \(command)` needs a type", help: "weir \(command) --type '{name: string, age: int?}'")
    }
    let files = ProjectFiles(directory: environment.directory)
    let found: FlowType
    do {
      var loader = FlowLoader(files)
      found = try loader.loadType(text, named: "--type", scope: arguments.value(types))
    } catch {
      throw UsageError(error.message, help: error.advice, exitCode: .invalid)
    }
    let (flow, console) = (found.flow, environment.console)
    console.show(found.diagnostics, in: flow.sources)
    if found.diagnostics.hasErrors { return nil }
    let type = StandaloneType(
      found.type, in: flow.program,
      files: FileReading { [flow, files] in ProjectFolder(ofFlowIn: flow.folder(of: $0, files)) })
    console.show(type.diagnostics, in: flow.sources)
    return type.diagnostics.hasErrors ? nil : type
  }
}
