package import WeirDiagnostics
import WeirEndpoint
import WeirProcess

extension RunReport {
  /// What went wrong, each on the text of the step or expression that it befell, in the order of the
  /// source. A stopped step is not wrong. Of many passes the first few are told.
  package var diagnostics: [Diagnostic] {
    (steps.flatMap(\.diagnostics) + faults.map(Diagnostic.fault)).inSourceOrder()
  }
}

extension StepReport {
  fileprivate var diagnostics: [Diagnostic] {
    switch result {
    case .once(let outcome): diagnostic(of: outcome, pass: [], more: 0).map { [$0] } ?? []
    case .passes(let tally): diagnostics(of: tally)
    }
  }

  private func diagnostics(of tally: StepTally) -> [Diagnostic] {
    var left = [tally.failed, tally.otherwise, tally.skipped, tally.cutOff]
    for report in tally.remarkable { if let kind = report.outcome.kind { left[kind] -= 1 } }
    var found: [Diagnostic] = []
    // The first of its kind says how many more there are than are told; of what was not asked, it is enough.
    for report in tally.remarkable {
      guard let kind = report.outcome.kind else { continue }
      if kind == 2, report.pass != tally.remarkable.first(where: { $0.outcome.kind == 2 })?.pass { continue }
      let more = kind == 2 ? tally.skipped - 1 : left[kind]
      left[kind] = 0
      if let diagnostic = diagnostic(of: report.outcome, pass: report.pass, more: more) {
        found.append(diagnostic)
      }
    }
    return found
  }

  private func diagnostic(of outcome: StepOutcome, pass: [Int], more: Int) -> Diagnostic? {
    let place = PlaceWords(name: StepPass(step: name, pass: pass).label, span: span, more: more)
    return switch outcome {
    case .answered(let answer): answer.isCutOff ? .answerCutOff(place) : nil
    case .failed(let failure): .stepFailed(place, failure, .error)
    case .otherwise(_, let failure): .stepFailed(place, failure, .warning)
    case .skipped(let skip): .stepSkipped(place, skip)
    case .printed, .stopped: nil
    }
  }
}

extension StepOutcome {
  /// Which of the four kinds of it that are told.
  fileprivate var kind: Int? {
    switch self {
    case .failed: 0
    case .otherwise: 1
    case .skipped: 2
    case .answered(let answer): answer.isCutOff ? 3 : nil
    case .printed, .stopped: nil
    }
  }
}

/// The step that is told of, and how many more of its passes have come to the same.
private struct PlaceWords {
  /// `notes[3]`
  let name: String
  let span: Span
  let more: Int

  /// With what is said of this one.
  func label(_ words: String? = nil) -> Label {
    let also = more > 0 ? "and \(counted(more, "more pass", "more passes"))" : nil
    let all = [words, also].compactMap { $0 }.joined(separator: "; ")
    return Label(span, all.isEmpty ? nil : all)
  }
}

private typealias Label = Diagnostic.Label

extension Diagnostic {
  fileprivate static func fault(_ fault: RunFault) -> Diagnostic {
    let failure = fault.failure
    let pass = fault.pass.isEmpty ? nil : "in pass \(fault.pass.map(String.init).joined(separator: ", "))"
    return Diagnostic(
      .evaluationFailed, failure.message, at: [Label(failure.span, pass)], help: failure.help)
  }

  fileprivate static func stepFailed(
    _ step: PlaceWords, _ failure: StepFailure, _ severity: Severity
  ) -> Diagnostic {
    let end = severity == .warning ? ", and the run goes on with its `otherwise`" : ""
    switch failure.cause {
    case .evaluation(let cause):
      return Diagnostic(
        .evaluationFailed, cause.message + end, severity: severity,
        at: [Label(cause.span), step.label("step `\(step.name)` was not asked")], help: cause.help)
    case .endpoint(let cause):
      return Diagnostic(
        .stepFailed, "step `\(step.name)` got no answer: \(cause.message)\(end)", severity: severity,
        at: [step.label(failure.words)], help: cause.help)
    case .answer(let mismatch):
      return Diagnostic(
        .answerMismatch,
        "step `\(step.name)` got an answer that cannot be used: \(mismatch.message)\(end)",
        severity: severity, at: [step.label(failure.words)], help: mismatch.advice,
        details: failure.rejected.last?.details ?? [])
    case .tooManyRounds:
      return Diagnostic(
        .stepFailed, "step `\(step.name)` got no answer: \(failure.cause.message)\(end)",
        severity: severity, at: [step.label(failure.words)],
        help: "raise `rounds`, or say in the prompt when there is enough to answer")
    case .program(let cause):
      let errors = cause.standardError.withoutBlankEnds
      return Diagnostic(
        .programFailed, "the program of step `\(step.name)` \(cause.words)\(end)", severity: severity,
        at: [step.label(errors.isEmpty ? nil : "it said: \(errors.suffix(of: 300))")], help: cause.advice)
    case .notText:
      return Diagnostic(
        .programFailed, "the program of step `\(step.name)` \(failure.cause.message)\(end)",
        severity: severity, at: [step.label()], help: "only text can be the value of a step")
    }
  }

  fileprivate static func stepSkipped(_ step: PlaceWords, _ skip: Skip) -> Diagnostic {
    let way = skip.through == skip.root ? "" : ", by way of `\(skip.through)`"
    return Diagnostic(
      .stepSkipped, "step `\(step.name)` was not asked, for it needs `\(skip.root)`\(way)", severity: .note,
      at: [step.label(), Label(skip.rootSpan, "this failed")])
  }

  fileprivate static func answerCutOff(_ step: PlaceWords) -> Diagnostic {
    Diagnostic(
      .answerCutOff, "the answer of step `\(step.name)` was cut off at its greatest length",
      severity: .warning, at: [step.label()], help: "raise `max_tokens`, or ask for less")
  }
}

extension ProgramFailure {
  fileprivate var words: String {
    switch self {
    case .notFound, .notStarted: "was not run: \(message)"
    case .exited, .killed, .timedOut, .outputTooLarge, .cancelled: message
    }
  }

  fileprivate var advice: String? {
    switch self {
    case .notFound: "install it, or name it by its path"
    case .timedOut: "raise `timeout`"
    case .outputTooLarge: "let it print less"
    case .notStarted, .exited, .killed, .cancelled: nil
    }
  }
}

extension String {
  /// The end on one line, with `…` where there is more before it.
  fileprivate func suffix(of length: Int) -> String {
    var text = String.UnicodeScalarView()
    for scalar in unicodeScalars.suffix(length) { text.append(scalar.value < 0x20 ? " " : scalar) }
    return (unicodeScalars.count > length ? "…" : "") + String(text)
  }
}

extension StepFailure {
  /// Who was asked and how often: `asked a, then b: 5 requests`.
  fileprivate var words: String {
    if attempts == 0 { return "nothing was sent" }
    return "asked \(tried.map(\.model).joined(separator: ", then ")): \(counted(attempts, "request"))"
  }
}

extension RejectedAnswer {
  private static let mostShown = 500

  /// Its beginning, and all that is wrong with it where the message has no room for that.
  fileprivate var details: [Diagnostic.Detail] {
    let scalars = answer.unicodeScalars
    let isLonger = !scalars.dropFirst(Self.mostShown).isEmpty
    let text = String(scalars.prefix(Self.mostShown)) + (isLonger ? "…" : "")
    let lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
      String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self)
    }
    var details: [Diagnostic.Detail] = []
    if !answer.isEmpty {
      details.append(.init(isLonger ? "the last answer began" : "the last answer was", lines))
    }
    if problems.count > 1 {
      details.append(.init("what is wrong with it", problems.map { "- \($0.message)" }))
    }
    return details
  }
}

extension EndpointFailure {
  /// What the endpoint advises, and whether the same run may be tried again as it is.
  fileprivate var help: String {
    [advice, isUnderWay ? nil : whatIsSafe].compactMap { $0 }.joined(separator: "; ")
  }

  private var whatIsSafe: String? {
    switch kind {
    case .unreachable where !mayHaveCost, .unavailable where !mayHaveCost, .rateLimited where !mayHaveCost:
      "it is safe to run again"
    case .unavailable, .rateLimited: "it is safe to run again, but what had come may have been paid for"
    case .unreachable, .timedOut:
      "it is safe to run again, but an answer that came too late may have been paid for"
    case .brokenOff: "what had come of the answer was most likely paid for; running again pays anew"
    case .badReply: "the answer was most likely paid for; running again asks and pays anew"
    case .refused, .invalidRequest: attempts == 0 ? nil : "the same request will be refused again"
    case .unauthorized, .quota: "nothing was paid for; run again when this is settled"
    case .unsupported, .cancelled: nil
    }
  }
}

extension DiagnosticCode {
  package static let stepFailed = DiagnosticCode(
    "step-failed",
    """
    The endpoint gave no answer to a step: it could not be reached, it refused the request, or it \
    answered in a way that its protocol does not allow. The request was repeated where that could \
    help, and every model of a list was tried. Steps that do not need this one went on. A second \
    model in a list is asked where the first has failed.
    """,
    wrong: """
      step answer {
        model: "openai/gpt-4o-mini"
        prompt: "Say hello."
      }
      """,
    right: """
      step answer {
        model: ["openai/gpt-4o-mini", "google/gemini-2.5-flash"]
        retries: 5
        prompt: "Say hello."
      }
      """)

  package static let answerMismatch = DiagnosticCode(
    "answer-mismatch",
    """
    A model answered, but not with a value of the step's type: the answer holds no JSON, or the JSON \
    has other fields or values, or a `where` does not hold. The message names each place in the \
    answer. Say in the prompt what is wanted, loosen the type, or name a model that follows schemas.
    """,
    wrong: """
      type Score = int where it in 1...10

      step score -> Score {
        model: "openai/gpt-4o-mini"
        prompt: "How good is the word `weir`, in percent?"
      }
      """,
    right: """
      type Score = int where it in 1...10

      step score -> Score {
        model: "openai/gpt-4o-mini"
        prompt: "How good is the word `weir`, from 1 to 10?"
      }
      """)

  package static let programFailed = DiagnosticCode(
    "program-failed",
    """
    A program that a step runs could not be started, did not exit with status 0, took too long, or \
    printed what is no text. The end of what it wrote to standard error stands beside the step. \
    `retries` starts it again, `otherwise` goes on without it.
    """,
    wrong: """
      step files = run(["ls", "no-such-folder"])
      output files
      """,
    right: """
      step files = run(["ls"])
      output files
      """)

  package static let answerCutOff = DiagnosticCode(
    "answer-cut-off",
    """
    The endpoint stopped the answer of a model at its greatest length. A text is used as far as it \
    goes; an answer of another type that ends too early cannot be read.
    """,
    wrong: """
      step essay {
        model: "openai/gpt-4o-mini"
        max_tokens: 20
        prompt: "Write an essay about the sea."
      }
      """,
    right: """
      step essay {
        model: "openai/gpt-4o-mini"
        max_tokens: 2_000
        prompt: "Write an essay about the sea."
      }
      """)

  package static let stepSkipped = DiagnosticCode(
    "step-skipped",
    """
    A step was not asked because something that it needs has failed. There is nothing to mend in the \
    step itself: look at the failure that the message names.
    """,
    wrong: """
      step caption {
        model: "no/such-model"
        prompt: "Describe the sea in one line."
      }

      step post {
        model: "openai/gpt-4o-mini"
        prompt: "Write a post about {{caption}}"
      }
      """,
    right: """
      step caption {
        model: "openai/gpt-4o-mini"
        prompt: "Describe the sea in one line."
      }

      step post {
        model: "openai/gpt-4o-mini"
        prompt: "Write a post about {{caption}}"
      }
      """)

  /// Every code that this room reports.
  package static let runCodes: [DiagnosticCode] = [
    .missingInput, .inputMismatch, .evaluationFailed, .settingOutOfRange, .unsupportedSetting,
    .unknownModel, .unknownProvider, .modelCannot, .contextTooSmall,
    .notAllowed, .missingProgram, .missingSecret, .stepFailed, .answerMismatch, .answerCutOff, .stepSkipped,
    .programFailed,
  ]
}
