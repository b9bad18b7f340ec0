import Synchronization

/// Asks for a typed answer in the strongest form that the endpoint takes for the model, and remembers
/// for the run what it has refused.
///
/// What a server takes is known only when it has answered. So the first typed request to a model goes
/// ahead, and those that come meanwhile wait until it is answered or refused, for at most a second: of
/// many steps that start together one is refused, and not each of them. A server refuses a form before
/// it asks the model, which takes it milliseconds; what takes longer than the second is a model at work.
///
/// A refusal is no attempt of `Retry`: this stands inside of it. A schema that is refused while the
/// model takes others is remembered by itself. What the server does with a schema that it takes is no
/// concern of this: every answer is checked when it comes.
package final class StrongestForm: WrappingEndpoint {
  package let endpoint: any Endpoint
  private let sleep: @Sendable (Duration) async throws -> Void
  private let observe: @Sendable (FormNotice) -> Void
  private let models = Mutex<[String: ModelForms]>([:])

  private static let longestHeadStart = Duration.seconds(1)

  /// `observe` hears of every form that is given up, once for a model or a schema.
  package init(
    _ endpoint: any Endpoint,
    sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
    observe: @escaping @Sendable (FormNotice) -> Void = { _ in }
  ) {
    self.endpoint = endpoint
    self.sleep = sleep
    self.observe = observe
  }

  package func send(_ request: EndpointRequest) async throws(EndpointFailure) -> EndpointReply {
    let forms = endpoint.answerForms(for: request)
    guard request.answer != nil, let strongest = forms.first else { return try await endpoint.send(request) }
    guard forms.count > 1 else { return try await send(request, as: strongest) }
    var refused = 0
    while true {
      let turn = await turn(for: request, forms)
      do {
        var reply = try await send(request, as: turn.form)
        models.withLock { $0[request.model]?.succeed(turn) }?.wake()
        reply.attempts += refused
        return reply
      } catch {
        refused += error.attempts
        guard giveUp(turn, of: request, forms, error) else {
          var error = error
          error.attempts = refused
          throw error
        }
      }
    }
  }

  private func send(
    _ request: EndpointRequest, as form: AnswerForm
  ) async throws(EndpointFailure) -> EndpointReply {
    var request = request
    request.form = form
    var reply = try await endpoint.send(request)
    reply.form = form
    return reply
  }

  // MARK: Turns

  /// The form to ask in, once it is this request's turn.
  private func turn(for request: EndpointRequest, _ forms: [AnswerForm]) async -> FormTurn {
    while true {
      let turn = models.withLock { $0[request.model, default: ModelForms(forms)].turn(for: request) }
      if let turn { return turn }
      await wait(for: request.model)
    }
  }

  /// Until the request ahead has ended, or its head start is over. Whoever waits is woken by it, or with
  /// all others by the clock, and not by being cancelled: the request ahead is cancelled too.
  private func wait(for model: String) async {
    await withCheckedContinuation { continuation in
      let change = models.withLock { $0[model]?.wait(continuation) } ?? .over(continuation)
      switch change {
      case .waiting(let isFirst, let form): if isFirst { startClock(model, form) }
      case .over(let continuation): continuation.resume()
      }
    }
  }

  private func startClock(_ model: String, _ form: AnswerForm) {
    Task { [self] in
      try? await sleep(Self.longestHeadStart)
      models.withLock { $0[model]?.open(form) }?.wake()
    }
  }

  /// Whether there is a weaker form to ask in, after a failure that is about the form.
  private func giveUp(
    _ turn: FormTurn, of request: EndpointRequest, _ forms: [AnswerForm], _ failure: EndpointFailure
  ) -> Bool {
    guard let refusal = failure.refusedForm, turn.form != forms.last else {
      models.withLock { $0[request.model]?.fail(turn) }?.wake()
      return false
    }
    let given = models.withLock { $0[request.model]?.refuse(turn, refusal, request.answer) }
    given?.waiting.wake()
    if let next = given?.next {
      observe(
        FormNotice(
          step: request.step, pass: request.pass, model: request.model, refused: turn.form, next: next,
          failure: failure))
    }
    return true
  }
}

/// That an endpoint does not take a form, and in which one it is asked from now on.
package struct FormNotice: Sendable {
  /// The step whose request was refused.
  package let step: String
  package let pass: [Int]
  package let model: String
  package let refused: AnswerForm
  package let next: AnswerForm
  package let failure: EndpointFailure
}

extension [CheckedContinuation<Void, Never>] {
  fileprivate func wake() {
    for continuation in self { continuation.resume() }
  }
}
