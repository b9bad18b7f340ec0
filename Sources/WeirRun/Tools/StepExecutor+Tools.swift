import WeirDiagnostics
import WeirEndpoint
import WeirProcess
import WeirProgram
import WeirValues

/// What a model calls while it answers.
extension StepExecutor {
  /// The step that offers the tools, in one of its passes.
  struct Caller: Sendable {
    let step: PreparedStep
    let job: Job
    let evaluator: Evaluator
  }

  /// Runs the calls of one reply, at the same time as far as the run allows, and notes what came of each.
  func answer(
    _ reply: EndpointReply, of round: Int, to caller: Caller, _ attempts: inout Attempts
  ) async -> ToolRound {
    let calls = reply.calls
    let first = attempts.calls.count
    var called: [CalledTool?] = Array(repeating: nil, count: calls.count)
    let atOnce = max(1, min(concurrency, calls.count))
    await withTaskGroup(of: (Int, CalledTool).self) { group in
      var next = 0
      func start() {
        guard next < calls.count else { return }
        let index = next
        next += 1
        let share = max(1, concurrency / atOnce)
        group.addTask { [self] in
          (index, await run(calls[index], round, caller, number: first + index, share: share))
        }
      }
      for _ in 0..<atOnce { start() }
      while let (index, result) = await group.next() {
        called[index] = result
        start()
      }
    }
    let all = called.compactMap { $0 }
    attempts.note(all)
    var answered = ToolRound(calls: calls, results: all.map(\.result))
    answered.text = reply.text
    answered.reasoningDetails = reply.reasoningDetails
    return answered
  }

  private func run(
    _ call: ToolCall, _ round: Int, _ caller: Caller, number: Int, share: Int
  ) async -> CalledTool {
    let start = clock.now()
    observe(.calling(caller.job.at, tool: call.name, arguments: call.arguments))
    let result = await result(of: call, caller, number: number, share: share)
    let duration = clock.now() - start
    observe(
      .called(
        caller.job.at, tool: call.name, result: result.excerpt, seconds: duration,
        isError: result.isError))
    return CalledTool(
      round: round, name: call.name, arguments: call.arguments, result: result.text, isError: result.isError,
      duration: duration, usage: result.usage)
  }

  private func result(of call: ToolCall, _ caller: Caller, number: Int, share: Int) async -> ToolResult {
    guard let offered = caller.step.tools.first(where: { $0.name == call.name }) else {
      return unknown(call.name, caller.step.tools.map(\.name))
    }
    let tool = prepared.program[offered.id]
    let arguments: Bindings
    do {
      arguments = try ArgumentReader(caller.evaluator, caller.job.values).read(call.arguments, for: tool)
    } catch {
      return .complaint(error.lines, about: call.name)
    }
    switch tool.action {
    case .run(let step): return await run(step, of: tool, call.name, arguments, caller)
    case .flow(let flow):
      return await run(flow, of: tool, call.name, arguments, caller, number: number, share: share)
    }
  }

  private func unknown(_ name: String, _ known: [String]) -> ToolResult {
    let guess = known.nearest(to: name).map { "; did you mean `\($0)`?" } ?? ""
    let all = known.map { "`\($0)`" }.joined(separator: ", ")
    return .complaint(["there is no tool of this name\(guess)", "the tools are \(all)"], about: name)
  }

  // MARK: Programs

  private func run(
    _ step: RunStep, of tool: Tool, _ name: String, _ arguments: Bindings, _ caller: Caller
  ) async -> ToolResult {
    let evaluator = caller.evaluator.with(caller.job.values.adding(arguments))
    do {
      let options = OptionGuard(evaluator: evaluator, parameters: Set(tool.parameters.map(\.id)))
      if let word = try options.refused(in: step.command) {
        let shown = Value.string(word.cut(to: 80)).json()
        return .complaint(["an argument must not begin with `-`, found \(shown)"], about: name)
      }
    } catch {
      return .failure(name, error.message)
    }
    var attempts = Attempts(start: clock.now())
    switch await run(step, evaluator, &attempts) {
    case .printed(let answer): return read(answer.value, as: tool.result, name, evaluator)
    case .failed(let failure): return .failure(name, failure.cause.wordsForModel)
    case .answered, .otherwise, .skipped, .stopped: return .failure(name, "it was stopped")
    }
  }

  /// Text is the result as it is; anything else is the JSON of the type.
  private func read(
    _ printed: Value, as type: ValueType, _ name: String, _ evaluator: Evaluator
  ) -> ToolResult {
    var value = printed
    let isText = prepared.program.types.resolved(type) == .string
    if !isText, let text = printed.string {
      guard let json = try? Value(json: text) else {
        return .failure(name, "it printed what is not JSON: \(text.cut(to: 200))")
      }
      value = json
    }
    do {
      return .given(try ValueReader(evaluator).read(value, as: type).textForModel)
    } catch {
      return .failure(name, "what it printed cannot be used: \(error.message(whole: "the output"))")
    }
  }

  // MARK: Flows

  private func run(
    _ flow: FlowID, of tool: Tool, _ name: String, _ arguments: Bindings, _ caller: Caller, number: Int,
    share: Int
  ) async -> ToolResult {
    var options = prepared.options.inside(tool, of: caller.job.name, asking: caller.step.models)
    for input in tool.parameters { options.inputs[input.name] = arguments[input.id] }
    options.passPrefix = caller.job.pass + [number]
    let (run, told) = prepare(prepared.program.running(flow), options)
    guard let run else {
      let faults = told.filter { $0.severity == .error }.map(\.message)
      return .complaint(faults, about: name)
    }
    let report = await Runner(
      run, endpoints: endpoints, programs: programs, concurrency: share, detail: .sums, isWatched: isWatched,
      clock: clock, observe: observe
    ).run()
    guard report.isComplete, let output = report.output else {
      let words = report.diagnostics.first { $0.severity == .error }?.message
      return .failure(name, words ?? "it was stopped", usage: report.usage)
    }
    return .given(output.textForModel, usage: report.usage)
  }
}

extension Value {
  /// A string as it is, anything else as JSON.
  fileprivate var textForModel: String { string ?? json() }
}

extension StepFailure.Cause {
  /// What happened, with the end of what a program wrote about it.
  fileprivate var wordsForModel: String {
    guard case .program(let failure) = self else { return message }
    let errors = failure.standardError.withoutBlankEnds
    return errors.isEmpty ? message : "\(message); it said: \(errors.cut(to: 500))"
  }
}
