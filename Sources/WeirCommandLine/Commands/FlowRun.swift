import WeirDiagnostics
import WeirEndpoint
import WeirProcess
import WeirProgram
import WeirProject
import WeirProviders
import WeirRun
import WeirStore
import WeirValues

/// One run of a flow from the command line.
struct FlowRun {
  private let flow: Flow
  private let path: String
  private let parsed: FlowArguments
  private let files: ProjectFiles
  private let environment: CommandEnvironment
  /// Nil where nobody is likely to be asked.
  private let transport: (any Transport)?
  private let ledger = Ledger()

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

  /// What programs inherit.
  private var programVariables: [String: String] { environment.variables.withoutSecrets(of: flow.program) }

  /// With `--json` and `--events` there is an object on standard output whatever happens.
  func run() async throws(UsageError) -> ExitCode {
    try refuseContradictions()
    do {
      return try await begin()
    } catch {
      printRefusal(.list([]), error: error.message)
      throw error
    }
  }

  private func refuseContradictions() throws(UsageError) {
    let ways = [RunOption.json, RunOption.events, RunOption.stream].filter(arguments.has)
    guard ways.count > 1 else { return }
    throw UsageError(
      "`--\(ways[0].name)` and `--\(ways[1].name)` do not go together",
      help: "`--events` has the answers while they come, and ends with what `--json` prints")
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
    options.model = try providers.model(given: arguments.value(RunOption.model))
    options.standIn = isOffline ? "none" : nil
    options.secrets = secrets
    options.files = { [flow, files] in ProjectFolder(ofFlowIn: flow.folder(of: $0, files)) }
    options.folders = { [flow, files] in flow.folder(of: $0, files) }
    options.allowedPrograms = RunOption.allowedPrograms(arguments)
    if !isOffline {
      options.findProgram = { [programVariables] program, folder in
        SystemPrograms.failure(toFind: program, in: folder, environment: programVariables)
      }
    }
    let (prepared, diagnostics) = prepare(flow.program, options)
    guard let prepared else { return refuse(told + diagnostics) }
    let relay = EventRelay()
    let endpoints = try self.endpoints(of: prepared, providers, secrets, relay)
    let objections = prepared.objections(of: endpoints) + shortcomings(of: prepared, providers)
    if objections.hasErrors { return refuse(told + diagnostics + objections) }
    show(told + diagnostics + objections)
    noteBudget()
    return try await run(prepared, endpoints, relay)
  }

  private func run(
    _ prepared: PreparedRun, _ endpoints: [String: any Endpoint], _ relay: EventRelay
  ) async throws(UsageError) -> ExitCode {
    let concurrency = try arguments.wholeNumber(RunOption.concurrency, 1...100_000)
    let executor = endpoints.isEmpty ? nil : transport?.executor
    System.returnFreeMemory(afterText: flow.source.bytes.count)
    let detail = self.detail
    let isWatched = arguments.has(RunOption.stream) || arguments.has(RunOption.events)
    let run: @Sendable (@escaping @Sendable (RunEvent) -> Void) async -> RunReport = { observe in
      relay.pass(to: observe)
      return await withTaskExecutorPreference(executor) {
        await Runner(
          prepared, endpoints: endpoints,
          programs: SystemPrograms(environment: programVariables),
          concurrency: concurrency, detail: detail, isWatched: isWatched,
          observe: observe
        ).run()
      }
    }
    guard !isQuiet || isWatched else {
      return finish(await run { _ in }, ResultWriter(console: console), await reconciliation())
    }
    let (report, writer) = await watch(prepared, run)
    return finish(report, writer, await reconciliation())
  }

  /// What nobody will be told is not kept.
  private var detail: RunReport.Detail {
    if arguments.has(RunOption.json) { return .passes }
    return arguments.has(RunOption.events) ? .steps : .sums
  }

  private func reconciliation() async -> Reconciliation? {
    arguments.has(RunOption.reconcile) ? await ledger.reconcile() : nil
  }

  private func watch(
    _ prepared: PreparedRun, _ run: @Sendable (@escaping @Sendable (RunEvent) -> Void) async -> RunReport
  ) async -> (RunReport, ResultWriter) {
    let clock = RunClock.continuous
    let hasEvents = arguments.has(RunOption.events)
    let text = arguments.has(RunOption.stream) ? prepared.program.stepOfResult.map(StreamedText.init) : nil
    // Text that comes below lines that change would be wiped out with them.
    let isLive = console.isTerminal && !(text != nil && console.isOutputTerminal)
    let progress =
      isQuiet
      ? nil
      : ProgressView(
        prepared.names, isLive: isLive, isVerbose: arguments.has(RunOption.verbose), style: console.style)
    if hasEvents { console.write(EventLines.begin(prepared.names)) }
    return await RunWatch(clock: clock, ticks: isLive && !isQuiet).write(
      by: { [console] in
        let events = hasEvents ? EventLines(prepared, at: clock.now()) : nil
        return RunWriter(console, progress: progress, events: events, text: text)
      }, while: run)
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
    let limits = ProviderLimits(
      of: flow.program, concurrency: try arguments.wholeNumber(RunOption.concurrency, 1...100_000),
      isShared: arguments.has(RunOption.shareLimits), environment)
    return try providers.endpoints(used, of: prepared, secrets, over: transport) {
      (settings, endpoint) throws(UsageError) in
      let forms = StrongestForm(
        try limits.limit(kept(endpoint, settings), settings),
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

  /// The endpoint with what is kept of its requests and answers beside the run.
  private func kept(_ endpoint: any Endpoint, _ settings: ProviderSettings) -> any Endpoint {
    let noted = arguments.has(RunOption.reconcile) ? ledger.noting(endpoint, of: settings.name) : endpoint
    guard settings.kind.hasQueue else { return noted }
    return JobKeeping(
      noted, on: .beside(environment.directory), settings, flow: path, now: { Catalogues.now })
  }

  /// What catalogues at hand say of the models that will be asked.
  private func shortcomings(of prepared: PreparedRun, _ providers: Providers) -> [Diagnostic] {
    if isOffline { return [] }
    let used = Set(prepared.steps.flatMap { $0.models.map(\.provider) })
    return prepared.shortcomings(by: providers.knownModels(of: used), at: Catalogues.now)
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
    printRefusal(diagnostics.json(in: flow.sources), error: nil)
    return .invalid
  }

  private func printRefusal(_ diagnostics: Value, error: String?) {
    let report = RunJSON(refused: diagnostics, error: error)
    if arguments.has(RunOption.json) { console.print(report.text) }
    if arguments.has(RunOption.events) { console.write(EventLines.end(report)) }
  }

  /// A blank line parts them from what comes below.
  private func show(_ diagnostics: [Diagnostic]) {
    console.show(diagnostics.inSourceOrder(), in: flow.sources)
    if !diagnostics.isEmpty, !isQuiet { console.note("") }
  }

  private func finish(_ report: RunReport, _ writer: ResultWriter, _ reconciliation: Reconciliation?)
    -> ExitCode
  {
    let diagnostics = report.diagnostics.filter { !isQuiet || $0.severity == .error }
    write(report, diagnostics, writer, reconciliation)
    show(diagnostics)
    if !isQuiet { RunSummary(report).write(on: console) }
    if report.end != .finished { tellWhatIsLeft(by: report) }
    if let reconciliation { console.note(reconciliation.text) }
    switch report.end {
    case .cancelled: return .interrupted
    case .outOfTime: return .limit
    case .finished: break
    }
    return report.isComplete ? .done : .failed
  }

  /// The requests of a run that was cut off, of which nobody has said that they were taken back.
  private func tellWhatIsLeft(by report: RunReport) {
    let start = Catalogues.now - Int(report.duration / .seconds(1)) - 1
    for entry in JobShelf.beside(environment.directory).all where entry.flow == path && entry.time >= start {
      let id = entry.job.id
      console.note(
        "step \(entry.step) has left the request \(id) in a queue: `weir job \(id)` fetches its answer, "
          + "and with `--cancel` takes it back")
    }
  }

  /// The result, or all about the run, on standard output.
  private func write(
    _ report: RunReport, _ diagnostics: [Diagnostic], _ writer: ResultWriter,
    _ reconciliation: Reconciliation?
  ) {
    // Made where it is asked for: for many steps it is larger than what they answered.
    var json: RunJSON {
      var json = RunJSON(report: report, diagnostics: diagnostics.json(in: flow.sources))
      json.reconciliation = reconciliation
      return json
    }
    if arguments.has(RunOption.json) {
      console.print(json.text)
    } else if arguments.has(RunOption.events) {
      console.write(EventLines.end(json))
    } else if let output = report.output, report.end == .finished {
      let line = writer.write(output.plainText ?? output.json(indent: 2))
      if let line, !isQuiet {
        console.note(
          "note: what was shown first is not the answer: it begins at line \(line) of standard output")
      }
    } else {
      writer.writeNothing()
    }
  }
}

extension Program {
  /// The step whose text is the result as it is; nil where the result is anything else.
  fileprivate var stepOfResult: String? {
    guard outputs.count == 1, outputs[0].name == nil, case .value(let id) = outputs[0].expression.kind else {
      return nil
    }
    for case .step(let step) in work where step.id == id && AnswerShape(of: step.type, types) == .text {
      return step.name
    }
    return nil
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

extension Value {
  /// What stands alone as it is: a text, or where a picture is to be found.
  fileprivate var plainText: String? {
    if case .image(let picture) = self { return picture.url }
    return string
  }
}
