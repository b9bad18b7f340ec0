/// What is known of the forms in which a model can be asked, and who waits to know it.
struct ModelForms {
  typealias Waiting = [CheckedContinuation<Void, Never>]

  private let forms: [AnswerForm]
  /// The place of the form that the model is asked in.
  private var place = 0
  private var state = State.unknown
  /// The schemas that the model does not take, though it takes others: the place of the form of each.
  private var schemas: [AnswerSchema: Int] = [:]
  private var waiting: Waiting = []

  private enum State {
    /// Whoever comes next goes ahead.
    case unknown
    /// A request is under way that will tell.
    case asked
    /// It takes too long to tell: nobody waits any more.
    case open
    /// An answer has come in this form.
    case proven
  }

  init(_ forms: [AnswerForm]) { self.forms = forms }

  /// The form to ask in now; nil where another request is ahead.
  mutating func turn(for request: EndpointRequest) -> FormTurn? {
    if !schemas.isEmpty, let answer = request.answer, let own = schemas[answer], own > place {
      return FormTurn(form: forms[own], isAhead: false)
    }
    switch state {
    case .unknown:
      // The weakest form cannot be refused.
      guard place < forms.count - 1 else { return FormTurn(form: forms[place], isAhead: false) }
      state = .asked
      return FormTurn(form: forms[place], isAhead: true)
    case .asked: return nil
    case .open, .proven: return FormTurn(form: forms[place], isAhead: false)
    }
  }

  enum Wait {
    case waiting(isFirst: Bool, AnswerForm)
    /// There is nothing to wait for by now.
    case over(CheckedContinuation<Void, Never>)
  }

  mutating func wait(_ continuation: CheckedContinuation<Void, Never>) -> Wait {
    guard state == .asked else { return .over(continuation) }
    waiting.append(continuation)
    return .waiting(isFirst: waiting.count == 1, forms[place])
  }

  /// Its head start is over.
  mutating func open(_ form: AnswerForm) -> Waiting {
    guard state == .asked || state == .unknown, forms[place] == form else { return [] }
    state = .open
    return takeWaiting()
  }

  mutating func succeed(_ turn: FormTurn) -> Waiting {
    guard forms[place] == turn.form else { return [] }
    state = .proven
    return takeWaiting()
  }

  /// It has failed for another reason, and nothing is known by it.
  mutating func fail(_ turn: FormTurn) -> Waiting {
    guard turn.isAhead, state == .asked, forms[place] == turn.form else { return [] }
    state = .unknown
    return takeWaiting()
  }

  /// `next` is nil where that was known by now.
  mutating func refuse(
    _ turn: FormTurn, _ refusal: EndpointFailure.RefusedForm, _ answer: AnswerSchema?
  ) -> (waiting: Waiting, next: AnswerForm?) {
    guard let refused = forms.firstIndex(of: turn.form), refused < forms.count - 1 else { return ([], nil) }
    let next = refusal == .field ? forms.count - 1 : refused + 1
    let isOfSchema = refusal == .schema || (state == .proven && refused == place)
    if turn.form == .schema, isOfSchema, let answer {
      let isNew = schemas.updateValue(next, forKey: answer) == nil
      return (fail(turn), isNew ? forms[next] : nil)
    }
    if let answer, let own = schemas[answer], own == refused { schemas[answer] = next }
    guard refused == place else { return ([], nil) }
    place = next
    state = .unknown
    return (takeWaiting(), forms[place])
  }

  private mutating func takeWaiting() -> Waiting {
    defer { waiting = [] }
    return waiting
  }
}

/// The form in which a request is sent, and whether others wait for what comes of it.
struct FormTurn {
  let form: AnswerForm
  let isAhead: Bool
}
