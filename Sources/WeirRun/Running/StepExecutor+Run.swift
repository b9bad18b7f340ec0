import WeirDiagnostics
import WeirEndpoint
import WeirProcess
import WeirProgram
import WeirValues

/// Runs a program, without a shell. What it prints is the answer, as text without its last line break.
extension StepExecutor {
  private static let usualTimeout = Duration.seconds(120)
  private static let longestWait = Duration.seconds(30)

  func run(_ step: RunStep, _ evaluator: Evaluator, _ attempts: inout Attempts) async -> StepOutcome {
    let command: ProgramCommand
    let retries: Int
    do {
      (command, retries) = try self.command(of: step, evaluator)
    } catch {
      return attempts.failed(error, at: clock.now())
    }
    for attempt in 0...retries {
      if Task.isCancelled { return .stopped }
      let failure: StepFailure.Cause
      do {
        let bytes = try await programs.run(command)
        if let text = String(validating: bytes, as: UTF8.self) {
          let shown = text.withoutLastLineBreak.hiding(secrets(of: step, evaluator))
          return .printed(attempts.printed(shown, at: clock.now()))
        }
        failure = .notText
      } catch {
        failure = .program(error.hiding(secrets(of: step, evaluator)))
      }
      attempts.note(failure)
      if case .program(.cancelled) = failure { return .stopped }
      guard failure.mayHelpToRunAgain, attempt < retries else { break }
      let wait = min(.seconds(1 << min(attempt, 5)), Self.longestWait)
      guard (try? await clock.sleep(wait)) != nil else { return .stopped }
    }
    guard let cause = attempts.lastCause else { preconditionFailure("a program that was never started") }
    return .failed(attempts.failure(cause, at: clock.now()))
  }

  private func command(
    of step: RunStep, _ evaluator: Evaluator
  ) throws(EvaluationFailure) -> (ProgramCommand, retries: Int) {
    let words = try evaluator.evaluate(step.command).list?.compactMap(\.string) ?? []
    try refuse(words, step.command.span)
    var settings = SettingReader(evaluator, prepared.resolver)
    let (timeout, retries) = settings.read(step)
    if let diagnostic = settings.diagnostics.first {
      throw EvaluationFailure(diagnostic.message, at: diagnostic.span, help: diagnostic.help)
    }
    var input: [UInt8] = []
    if let expression = step.input { input = Array((try evaluator.evaluate(expression).string ?? "").utf8) }
    var environment: [String: String] = [:]
    for variable in step.environment { environment[variable.name] = try text(of: variable, evaluator) }
    let command = ProgramCommand(
      arguments: words, standardInput: input, environment: environment,
      directory: prepared.options.folders(step.span.file), timeout: timeout ?? Self.usualTimeout)
    return (command, retries ?? 0)
  }

  /// What was allowed was looked at before the first request; this is the lock on the door.
  private func refuse(_ words: [String], _ span: Span) throws(EvaluationFailure) {
    guard let program = words.first else { throw EvaluationFailure("the command names no program", at: span) }
    guard prepared.options.allowedPrograms.contains(program) else {
      throw EvaluationFailure(
        "the program `\(program)` was not allowed", at: span, help: "allow it with `--allow-run=\(program)`")
    }
    for (index, word) in words.enumerated() where word.utf8.contains(0) {
      throw EvaluationFailure(
        "argument \(index) of `\(program)` has a NUL character in it, which no program can be given", at: span
      )
    }
  }

  private func text(
    of variable: RunStep.Variable, _ evaluator: Evaluator
  ) throws(EvaluationFailure) -> String {
    let value = try evaluator.evaluate(variable.value)
    let text: String?
    switch value {
    case .secret(let source):
      guard let secret = prepared.options.secrets(source) else {
        throw EvaluationFailure("the secret for `\(variable.name)` was not given", at: variable.value.span)
      }
      text = secret.revealed
    case .null, .bool, .number, .string, .list, .record, .image, .file: text = value.string
    }
    guard let text else {
      throw EvaluationFailure(
        "`\(variable.name)` is \(value.noun), expected a string", at: variable.value.span)
    }
    guard !text.utf8.contains(0) else {
      throw EvaluationFailure("`\(variable.name)` has a NUL character in it", at: variable.value.span)
    }
    return text
  }

  /// A program may say what it was given, and what it says is shown. Of less than four bytes nothing is
  /// hidden: it would be found in any text.
  private func secrets(of step: RunStep, _ evaluator: Evaluator) -> [String] {
    step.environment.compactMap { variable in
      (try? evaluator.evaluate(variable.value))?.secret.flatMap(prepared.options.secrets)?.revealed
    }.filter { $0.utf8.count >= 4 }
  }
}

extension StepFailure.Cause {
  /// Whether the same program may end otherwise when it is started again.
  fileprivate var mayHelpToRunAgain: Bool {
    switch self {
    case .program(let failure):
      switch failure {
      case .exited, .killed, .timedOut: true
      case .notFound, .notStarted, .outputTooLarge, .cancelled: false
      }
    case .notText, .evaluation, .endpoint, .answer, .tooManyRounds: false
    }
  }
}

extension ProgramFailure {
  fileprivate func hiding(_ secrets: [String]) -> ProgramFailure {
    return switch self {
    case .exited(let status, let text): .exited(status: status, standardError: text.hiding(secrets))
    case .killed(let signal, let text): .killed(signal: signal, standardError: text.hiding(secrets))
    case .timedOut(let limit, let text): .timedOut(after: limit, standardError: text.hiding(secrets))
    case .notFound, .notStarted, .outputTooLarge, .cancelled: self
    }
  }
}

extension String {
  fileprivate func hiding(_ secrets: [String]) -> String {
    secrets.reduce(self) { $0.replacing($1, with: "(secret)") }
  }

  fileprivate var withoutLastLineBreak: String {
    guard utf8.last == UInt8(ascii: "\n") else { return self }
    let end = utf8.index(before: utf8.endIndex)
    guard end > utf8.startIndex else { return "" }
    let before = utf8.index(before: end)
    return String(self.utf8[..<(utf8[before] == UInt8(ascii: "\r") ? before : end)]) ?? self
  }
}

extension Attempts {
  func printed(_ text: String, at now: Duration) -> ProgramAnswer {
    ProgramAnswer(value: .string(text), attempts: failed + 1, duration: now - start)
  }
}

/// Where a run has no programs to run.
struct NoPrograms: ProgramLauncher {
  func run(_ command: ProgramCommand) async throws(ProgramFailure) -> [UInt8] {
    throw .notStarted(program: command.arguments.first ?? "", reason: "no programs are run here")
  }
}
