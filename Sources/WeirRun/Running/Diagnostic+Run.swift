package import WeirDiagnostics
import WeirEndpoint

extension RunReport {
  /// What went wrong, each on the text of the step or expression that it befell, in the order of the
  /// source. A stopped step is not wrong.
  package var diagnostics: [Diagnostic] {
    (steps.compactMap(\.diagnostic) + faults.map(Diagnostic.evaluationFailed)).inSourceOrder()
  }
}

extension StepReport {
  fileprivate var diagnostic: Diagnostic? {
    switch outcome {
    case .answered(let answer): answer.isCutOff ? .answerCutOff(self) : nil
    case .failed(let failure): .stepFailed(self, failure)
    case .skipped(let skip): .stepSkipped(self, skip)
    case .stopped: nil
    }
  }
}

extension Diagnostic {
  fileprivate static func stepFailed(_ step: StepReport, _ failure: StepFailure) -> Diagnostic {
    switch failure.cause {
    case .evaluation(let cause):
      return Diagnostic(
        .evaluationFailed, cause.message,
        at: [Label(cause.span), Label(step.span, "step `\(step.name)` was not asked")], help: cause.help)
    case .endpoint(let cause):
      return Diagnostic(
        .stepFailed, "step `\(step.name)` got no answer: \(cause.message)",
        at: [Label(step.span, failure.words)], help: cause.help)
    case .answer(let mismatch):
      return Diagnostic(
        .answerMismatch, "step `\(step.name)` got an answer that cannot be used: \(mismatch.message)",
        at: [Label(step.span, "\(failure.words); the answer was: \(mismatch.shown)")], help: mismatch.advice)
    }
  }

  fileprivate static func stepSkipped(_ step: StepReport, _ skip: Skip) -> Diagnostic {
    let way = skip.through == skip.root ? "" : ", by way of `\(skip.through)`"
    return Diagnostic(
      .stepSkipped, "step `\(step.name)` was not asked, for it needs `\(skip.root)`\(way)", severity: .note,
      at: [Label(step.span), Label(skip.rootSpan, "this failed")])
  }

  fileprivate static func answerCutOff(_ step: StepReport) -> Diagnostic {
    Diagnostic(
      .answerCutOff, "the answer of step `\(step.name)` was cut off at its greatest length",
      severity: .warning, at: step.span, help: "raise `max_tokens`, or ask for less")
  }
}

extension StepFailure {
  /// Who was asked and how often: `asked a, then b: 5 requests`.
  fileprivate var words: String {
    "asked \(tried.map(\.model).joined(separator: ", then ")): \(counted(attempts, "request"))"
  }
}

extension AnswerMismatch {
  fileprivate var shown: String { excerpt.isEmpty ? "empty" : excerpt }
}

extension EndpointFailure {
  /// What the endpoint advises, and whether the same run may be tried again as it is.
  fileprivate var help: String {
    [advice, whatIsSafe].compactMap { $0 }.joined(separator: "; ")
  }

  private var whatIsSafe: String? {
    switch kind {
    case .unreachable, .unavailable, .rateLimited: "it is safe to run again"
    case .timedOut: "it is safe to run again, but an answer that came too late may have been paid for"
    case .badReply: "the answer was most likely paid for; running again asks and pays anew"
    case .refused, .invalidRequest: "the same request will be refused again"
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
    .notAllowed, .missingSecret, .stepFailed, .answerMismatch, .answerCutOff, .stepSkipped,
  ]
}
