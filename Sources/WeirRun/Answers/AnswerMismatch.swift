import WeirReading

/// Why the answer of a model is not the value that was asked for.
package struct AnswerMismatch: Error, Sendable, Hashable {
  package enum Reason: Sendable, Hashable {
    case empty
    /// It ends where the endpoint stopped it, at the greatest length.
    case cutOff
    /// The endpoint or the model would not answer.
    case refused
    /// A picture was asked for, and none has come.
    case noPicture
    /// Nothing in it is of the type, or two things are: why.
    case unread(String)
    /// A value, but not of the type or not as the conditions want it.
    case unfit(Misfits)
  }

  package let reason: Reason
  /// The beginning of the answer, on one line.
  package let excerpt: String

  /// `isCutOff` says that the endpoint has cut it off: then that is the reason, whatever else is wrong.
  init(_ failure: ReadingFailure, in text: String, isCutOff: Bool) {
    let reason: Reason =
      switch failure.reason {
      case _ where isCutOff: .cutOff
      case .empty: .empty
      case .unfit(let mismatches): .unfit(Misfits(all: mismatches.map(Misfit.type)))
      case .nothingFound, .ambiguous, .cutOff: .unread(failure.message(whole: "the answer"))
      }
    self.init(reason, in: text)
  }

  init(_ reason: Reason, in text: String) {
    self.reason = reason
    excerpt = text.cut(to: 200)
  }

  /// Lower case, without a full stop.
  package var message: String {
    switch reason {
    case .empty: "the answer is empty"
    case .cutOff: "the answer was cut off at its greatest length"
    case .refused: "the model refused to answer"
    case .noPicture: "the answer must be a picture, and there is none in it"
    case .unread(let why): why
    case .unfit(let misfits): misfits.message(whole: "the answer")
    }
  }

  /// What to do about it, in a line.
  package var advice: String {
    switch reason {
    case .empty: "ask again, or ask another model; a model that reasons may need more `max_tokens`"
    case .cutOff: "raise `max_tokens`, or ask for less"
    case .refused: "change the prompt, or ask another model"
    case .noPicture: "ask a model that paints, through a provider that gives its pictures"
    case .unread: "say in the prompt what to answer with, or ask a model that follows schemas"
    case .unfit: "say in the prompt what the answer must be, or loosen the type"
    }
  }
}
