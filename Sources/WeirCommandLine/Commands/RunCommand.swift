import WeirDiagnostics
import WeirEndpoint
import WeirProcess
import WeirProgram
import WeirProject
import WeirProviders
import WeirRun
import WeirValues

extension Command {
  static let run = Command(
    name: "run", summary: "Run a flow", operands: "[options] FILE [--input value …]",
    options: RunOption.all,
    details: """
      The inputs of the flow stand after FILE, by their names; `weir run FILE --help` lists them. A list is
      given by repeating its option, a record as JSON. `@path` reads a value from a file, `-` from standard
      input, and `@@` begins a text that itself begins with `@`. A picture is a path, an http address, a
      `data:` URI or `-`. A secret may also come from the environment, by its name in capitals.

      The result alone goes to standard output, progress to standard error. Exit codes: 0 done, 1 the command
      line is wrong, 2 the flow or an input is wrong and nothing was asked, 3 a step failed, 5 its limit of time
      was over, 130 interrupted.
      """,
    body: runFlow)

  private static func runFlow(_ words: [String], _ environment: CommandEnvironment) async throws -> ExitCode {
    guard let (before, path, after) = try RunOption.parts(of: words) else {
      if words.contains("--help") || words.contains("-h") {
        environment.console.print(String(Command.run.helpText.dropLast()))
        return .done
      }
      throw UsageError("`weir run` needs a flow", help: "weir run [options] FILE [--input value …]")
    }
    // Opening the network library takes longer than all that comes before the first request.
    let transport = RunOption.mayAsk(words) ? environment.makeTransport() : nil
    let files = ProjectFiles(directory: environment.directory)
    let flow: Flow
    do {
      var loader = FlowLoader(files)
      flow = try loader.load(path)
    } catch {
      if before.has(RunOption.json) {
        environment.console.print(RunJSON(refused: .list([]), error: error.message).text)
      }
      throw UsageError(error.message, help: error.advice, exitCode: .invalid)
    }
    if FlowHelp.isAsked(before: before, after: after, flow.program) {
      environment.console.print(FlowHelp.text(of: flow, path))
      return .done
    }
    let parsed = try FlowArguments(
      after, for: flow.program, RunOption.all + Option.everywhere, adding: before)
    return try await FlowRun(flow, path, parsed, files, environment, transport).run()
  }
}

enum RunOption {
  static let inputs = Option.value("inputs", "FILE", "Read inputs from a JSON object; options win over it")
  static let offline = Option.flag(
    "offline", "Ask nobody: answer from the flow's tape (NAME.tape.jsonl beside it), make up the rest")
  static let provider = Option.value("provider", "NAME", "Whom to ask where a model names no provider")
  static let model = Option.value("model", "MODEL", "Ask this model in every step, whatever the flow says")
  static let concurrency = Option.value("concurrency", "N", "How many requests may be under way at once")
  static let allowRun = Option.value("allow-run", "NAMES", "Let the flow run these programs: `git,jq`")
  static let json = Option.flag("json", "Print the result and all about the steps as one JSON object")
  static let quiet = Option.flag("quiet", "Show no progress and no warnings")
  static let verbose = Option.flag("verbose", "Also show what had to be forgiven in each answer")

  static let all = [inputs, offline, provider, model, concurrency, allowRun, json, quiet, verbose]

  /// Whether a run with these words is likely to ask somebody; seen at a glance, before all else.
  static func mayAsk(_ words: [String]) -> Bool { !words.contains("--\(offline.name)") }

  /// The options before the flow's file, the file, and the words after it; nil without a file.
  static func parts(of words: [String]) throws(UsageError) -> (Arguments, String, [String])? {
    var arguments = Arguments()
    var reader = WordReader(words)
    while let word = reader.next() {
      guard word.hasPrefix("-"), word != "-" else {
        var rest: [String] = []
        while let next = reader.next() { rest.append(next) }
        return (arguments, word, rest)
      }
      do {
        try arguments.read(word, &reader, all + Option.everywhere)
      } catch  where error.help == nil && !isOwn(word) && words.contains(where: { $0.hasSuffix(".flow") }) {
        throw UsageError(error.message, help: "the inputs of a flow stand after its file")
      }
    }
    return nil
  }

  static func allowedPrograms(_ arguments: Arguments) -> Set<String> {
    Set(
      arguments.all(allowRun).flatMap {
        $0.utf8.split(separator: UInt8(ascii: ",")).compactMap { String($0) }
      })
  }

  private static func isOwn(_ word: String) -> Bool {
    (all + Option.everywhere).contains { $0.name == Arguments.split(word).name }
  }
}

/// One run of a flow from the command line.
private struct FlowRun {
  private let flow: Flow
  private let path: String
  private let parsed: FlowArguments
  private let files: ProjectFiles
  private let environment: CommandEnvironment
  /// Nil where nobody is likely to be asked.
  private let transport: (any Transport)?

  init(
    _ flow: Flow, _ path: String, _ parsed: FlowArguments, _ files: ProjectFiles,
    _ environment: CommandEnvironment, _ transport: (any Transport)?
  ) {
    self.flow = flow
    self.path = path
    self.parsed = parsed
    self.files = files
    self.environment = environment
    self.transport = transport
  }

  private var arguments: Arguments { parsed.arguments }
  private var console: Console { environment.console }
  private var isQuiet: Bool { arguments.has(RunOption.quiet) }
  private var isOffline: Bool { arguments.has(RunOption.offline) }

  /// With `--json` there is an object on standard output whatever happens.
  func run() async throws(UsageError) -> ExitCode {
    do {
      return try await begin()
    } catch {
      if arguments.has(RunOption.json) {
        console.print(RunJSON(refused: .list([]), error: error.message).text)
      }
      throw error
    }
  }

  private func begin() async throws(UsageError) -> ExitCode {
    // A missing model is told when it is known whether `--model` gives one.
    let told = flow.diagnostics.filter { $0.code != .noModel && (!isQuiet || $0.severity == .error) }
    if told.hasErrors { return refuse(told) }
    if flow.isModule { return refuse(told + [.emptyFlow(flow.source)]) }
    var given = GivenInputs(for: flow.program, files, environment)
    try given.read(parsed.inputs, inputsFile: arguments.value(RunOption.inputs))
    if given.diagnostics.hasErrors { return refuse(told + given.diagnostics) }
    let providers = try Providers(
      of: flow.program, chosen: arguments.value(RunOption.provider), environment)
    var options = RunOptions(
      inputs: given.values, providers: providers.names, defaultProvider: providers.defaultName)
    let secrets = given.lookUpSecret
    options.model = arguments.value(RunOption.model)
    options.standIn = isOffline ? "none" : nil
    options.secrets = secrets
    options.files = { [flow, files] in ProjectFolder(ofFlowIn: flow.folder(of: $0, files)) }
    options.folders = { [flow, files] in flow.folder(of: $0, files) }
    options.allowedPrograms = RunOption.allowedPrograms(arguments)
    let (prepared, diagnostics) = prepare(flow.program, options)
    guard let prepared else { return refuse(told + diagnostics) }
    let relay = EventRelay()
    let endpoints = try self.endpoints(of: prepared, providers, secrets, relay)
    let objections = prepared.objections(of: endpoints)
    if objections.hasErrors { return refuse(told + diagnostics + objections) }
    show(told + diagnostics)
    noteBudget()
    return try await run(prepared, endpoints, relay)
  }

  private func run(
    _ prepared: PreparedRun, _ endpoints: [String: any Endpoint], _ relay: EventRelay
  ) async throws(UsageError) -> ExitCode {
    let concurrency = try arguments.wholeNumber(RunOption.concurrency, 1...100_000)
    let executor = endpoints.isEmpty ? nil : transport?.executor
    System.returnFreeMemory()
    let run: @Sendable (@escaping @Sendable (RunEvent) -> Void) async -> RunReport = { observe in
      relay.pass(to: observe)
      return await withTaskExecutorPreference(executor) {
        await Runner(
          prepared, endpoints: endpoints,
          programs: SystemPrograms(environment: environment.variables.withoutSecrets(of: flow.program)),
          concurrency: concurrency, keepsPasses: arguments.has(RunOption.json), observe: observe
        ).run()
      }
    }
    let report =
      isQuiet
      ? await run { _ in }
      : await ProgressPrinter(console, isVerbose: arguments.has(RunOption.verbose)).show(
        prepared.names, while: run)
    return finish(report)
  }

  private func endpoints(
    of prepared: PreparedRun, _ providers: Providers,
    _ secrets: @escaping @Sendable (SecretSource) -> Secret?, _ relay: EventRelay
  ) throws(UsageError) -> [String: any Endpoint] {
    let used = Set(prepared.steps.flatMap { $0.models.map(\.provider) })
    if isOffline {
      let endpoint = OfflineEndpoint(tape: try tape())
      return Dictionary(uniqueKeysWithValues: used.map { ($0, endpoint) })
    }
    let transport = transport ?? environment.makeTransport()
    return try providers.endpoints(used, of: prepared, secrets, over: transport) { endpoint in
      let forms = StrongestForm(
        endpoint,
        observe: { notice in
          relay.tell(
            .loweringForm(
              StepPass(step: notice.step, pass: notice.pass), model: notice.model, refused: notice.refused,
              to: notice.next, why: notice.failure.message))
        })
      return Retry(
        forms,
        observe: { notice in
          relay.tell(
            .retrying(
              StepPass(step: notice.step, pass: notice.pass), wait: notice.wait, why: notice.failure.message))
        })
    }
  }

  /// The tape beside the flow, if there is one.
  private func tape() throws(UsageError) -> Tape? {
    let name = path.hasSuffix(".flow") ? String(path.dropLast(5)) : path
    let tapePath = "\(name).tape.jsonl"
    return files.exists(tapePath) ? try files.loadTape(tapePath) : nil
  }

  private func noteBudget() {
    guard let budget = flow.program.limits.budget, !isQuiet else { return }
    console.note(
      "note: the `budget` of \(budget.money) is shown by `weir graph`, and does not stop a run yet\n")
  }

  // MARK: What is told

  /// What is wrong before anything was asked.
  private func refuse(_ diagnostics: [Diagnostic]) -> ExitCode {
    console.show(diagnostics.inSourceOrder(), in: flow.sources)
    if arguments.has(RunOption.json) {
      console.print(RunJSON(refused: diagnostics.json(in: flow.sources)).text)
    }
    return .invalid
  }

  /// A blank line parts them from what comes below.
  private func show(_ diagnostics: [Diagnostic]) {
    console.show(diagnostics.inSourceOrder(), in: flow.sources)
    if !diagnostics.isEmpty, !isQuiet { console.note("") }
  }

  private func finish(_ report: RunReport) -> ExitCode {
    let diagnostics = report.diagnostics.filter { !isQuiet || $0.severity == .error }
    show(diagnostics)
    if !isQuiet { RunSummary(report).write(on: console) }
    if arguments.has(RunOption.json) {
      let json = RunJSON(report: report, diagnostics: diagnostics.json(in: flow.sources))
      console.print(json.text)
    } else if let output = report.output, report.end == .finished {
      if case .string(let text) = output {
        console.print(text)
      } else {
        console.print(output.json(indent: 2))
      }
    }
    switch report.end {
    case .cancelled: return .interrupted
    case .outOfTime: return .limit
    case .finished: break
    }
    return report.isComplete ? .done : .failed
  }
}

extension Diagnostic {
  fileprivate static func emptyFlow(_ source: SourceFile) -> Diagnostic {
    Diagnostic(
      .emptyFlow, "there is nothing to run: the file has neither a step nor an output",
      at: Span(0..<min(1, source.bytes.count), in: source.id),
      help: "add a step or an `output`; `weir check` checks a file of types and names")
  }
}
