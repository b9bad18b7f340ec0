import WeirDiagnostics
import WeirProject
import WeirRun

extension Command {
  static let check = Command(
    name: "check", summary: "Check flows without running them", operands: "[FILE or FOLDER …] [options]",
    options: CheckOption.all,
    details: """
      Of a FOLDER all flows below it are checked, and without any FILE those of the current folder. `--fix`
      makes only changes that are safe to make unread; with `--diff` they are shown on standard output and
      nothing is written.

      A comment `# weir: allow CODE` silences warnings with that code on the line below it, or on its own.

      Exit code 0 when nothing is wrong (warnings are nothing wrong), 2 when something is.
      """
  ) { words, environment in
    let arguments = try Arguments(words, CheckOption.all + Option.everywhere)
    return await FlowCheck(arguments, environment, format: try CheckOption.format(of: arguments)).run()
  }
}

private enum CheckOption {
  static let format = Option.value("format", "FORMAT", "How to tell: text, json, sarif or github")
  static let json = Option.flag("json", "The same as `--format json`")
  static let denyWarnings = Option.flag("deny-warnings", "End with exit code 2 when there is a warning")
  static let fix = Option.flag("fix", "Mend what can safely be mended, and tell what is left")
  static let diff = Option.flag("diff", "Show what `--fix` would change as a unified diff, and write nothing")

  static let all = [format, json, denyWarnings, fix, diff]

  static func format(of arguments: Arguments) throws(UsageError) -> CheckFormat {
    let name = arguments.value(format) ?? (arguments.has(json) ? "json" : "text")
    let known = CheckFormat.allCases.map(\.rawValue)
    guard let format = CheckFormat(rawValue: name) else {
      throw UsageError(
        "there is no format `\(name)`",
        help: known.nearest(to: name).map { "did you mean `\($0)`?" }
          ?? "it is one of " + known.map { "`\($0)`" }.joined(separator: ", "))
    }
    if format != .text, arguments.has(json), format != .json {
      throw UsageError("`--json` is `--format json`", help: "give one of the two")
    }
    if format != .text, arguments.has(diff) {
      throw UsageError(
        "`--diff` writes to standard output, and so does `--format \(name)`", help: "call it twice")
    }
    return format
  }
}

/// One call of `weir check`.
private struct FlowCheck {
  private let arguments: Arguments
  private let environment: CommandEnvironment
  private let format: CheckFormat
  private let files: ProjectFiles

  init(_ arguments: Arguments, _ environment: CommandEnvironment, format: CheckFormat) {
    self.arguments = arguments
    self.environment = environment
    self.format = format
    files = ProjectFiles(directory: environment.directory)
  }

  private var showsDiff: Bool { arguments.has(CheckOption.diff) }
  private var mends: Bool { arguments.has(CheckOption.fix) || showsDiff }

  func run() async -> ExitCode {
    let checked = await checkAll(FlowOperand.all(arguments.operands, in: files))
    let report = CheckReport(
      files: checked, deniesWarnings: arguments.has(CheckOption.denyWarnings),
      directory: environment.directory)
    if showsDiff { printDiff(checked) }
    report.show(as: format, on: environment.console)
    if mends { noteMends(checked) }
    return checked.isWrong(denyingWarnings: report.deniesWarnings) ? .invalid : .done
  }

  // MARK: Checking

  /// What several of them use is read once.
  private func checkAll(_ operands: [FlowOperand]) async -> [CheckedFile] {
    await operands.inLanes { lane in
      var loader = FlowLoader(files)
      return lane.map { check($0, &loader) }
    }
  }

  private func check(_ operand: FlowOperand, _ loader: inout FlowLoader) -> CheckedFile {
    switch operand {
    case .none(let path, let failure): CheckedFile(path, unread: failure)
    case .flow(let path) where mends:
      CheckedFile(mending: path, &loader, in: files, onlyShown: showsDiff, faultsOfModels)
    case .flow(let path): CheckedFile(path, &loader, faultsOfModels)
    }
  }

  /// Whether the models that a flow names are of providers that there are; of a flow in which nothing else is wrong
  /// what a run would be told of its settings, and what catalogues at hand say of its models.
  private func faultsOfModels(of flow: Flow) -> [Diagnostic] {
    guard let providers = try? Providers(of: flow.program, chosen: nil, environment) else { return [] }
    let unknown = unknownProviders(of: flow.program, by: providers.resolver)
    if flow.diagnostics.hasErrors { return unknown }
    let resolver = ModelResolver(providers: providers.names, defaultProvider: providers.nameByFlow)
    let literal = literalFaults(of: flow.program, by: providers.judges, asking: resolver)
    return unknown + literal + (Catalogues(environment).hasAny ? shortcomings(of: flow, providers) : [])
  }

  private func shortcomings(of flow: Flow, _ providers: Providers) -> [Diagnostic] {
    var options = RunOptions(providers: providers.names, defaultProvider: providers.defaultName)
    options.files = { [files] in ProjectFolder(ofFlowIn: flow.folder(of: $0, files)) }
    return WeirRun.shortcomings(
      of: flow.program, options, by: providers.knownModels(of: providers.names), at: Catalogues.now)
  }

  // MARK: Mends

  private func printDiff(_ checked: [CheckedFile]) {
    let diff = checked.compactMap { file in
      file.mend.map { unifiedDiff(from: $0.old, to: $0.new, path: file.path) }
    }.joined()
    if !diff.isEmpty { environment.console.print(String(diff.dropLast())) }
  }

  /// `mended 3 places in 2 files`
  private func noteMends(_ checked: [CheckedFile]) {
    let mends = checked.compactMap(\.mend)
    let count = mends.reduce(0) { $0 + $1.count }
    let places = "\(count) place\(count == 1 ? "" : "s") in \(mends.count) file\(mends.count == 1 ? "" : "s")"
    let hasWords = format == .text && checked.contains(where: \.hasWords)
    let text = count == 0 ? "nothing to mend" : "\(showsDiff ? "would mend" : "mended") \(places)"
    environment.console.note((hasWords ? "\n" : "") + text)
  }
}
