import WeirEndpoint

/// Decides what the mock answers: which endpoint is asked, what goes wrong, and what it says.
///
/// Holds what a server remembers: how many questions there were, the queue, what was uploaded and answered.
struct MockService: HTTPService {
  private let options: MockOptions
  private let player: TapePlayer?
  /// Seconds since 1970 at the start of the server.
  private let epoch: Int
  private var faults: FaultPlan
  private var rate: MockRate?
  private var queue: FalQueue
  private var storage = FalStorage()
  private var ledger = MockLedger()
  private var requests = 0

  init(_ options: MockOptions, epoch: Int) {
    self.options = options
    self.epoch = epoch
    player = options.tape.map(TapePlayer.init)
    faults = FaultPlan(options.script, first: options.faults)
    rate = options.rate.map(MockRate.init)
    queue = FalQueue(places: options.queue, latency: options.latency, epoch: epoch)
  }

  mutating func answer(_ request: HTTPServerRequest, at now: Duration) -> HTTPServerAnswer {
    let route = MockRoute(request.path)
    requests += 1
    storage.files.base = request.fields["host"].map { "http://\($0)" } ?? ""
    let fault = faults.next(for: request)
    let turn = Turn(
      request: request, route: route, now: now, number: requests, time: epoch + Int(now / .seconds(1)),
      // The answer that a fault takes the place of is still to be played.
      player: fault?.takesAnswer ?? false ? nil : player, fault: fault ?? MockFault())
    let answer = regular(turn)
    return fault?.play(on: answer, in: route.dialect) ?? answer
  }

  /// A request, and what it is answered with.
  private struct Turn {
    let request: HTTPServerRequest
    let route: MockRoute
    let now: Duration
    let number: Int
    /// Seconds since 1970.
    let time: Int
    let player: TapePlayer?
    let fault: MockFault

    var dialect: any MockDialect { route.dialect }
  }

  private mutating func regular(_ turn: Turn) -> HTTPServerAnswer {
    do throws(MockRefusal) {
      return try serve(turn)
    } catch {
      return HTTPServerAnswer(delivery: .reply(error.reply), note: "error: \(error.message)")
    }
  }

  private mutating func serve(_ turn: Turn) throws(MockRefusal) -> HTTPServerAnswer {
    try check(turn)
    let (request, base) = (turn.request, storage.files.base)
    switch turn.route.resource {
    case .models(let reply): return HTTPServerAnswer(delivery: .reply(reply), note: "models")
    case .account(let account): return try tell(account, turn)
    case .storage(let resource): return try storage.answer(request, resource, time: turn.time)
    case .job(let address):
      return try queue.answer(request, address, at: turn.now, base: base, turn.fault.style)
    case .submit(let root): return try submit(turn, to: root)
    case .completion: return try complete(turn, isStreamed: false)
    case .stream: return try complete(turn, isStreamed: true)
    case .unknown: throw turn.dialect.failure(404, "Path \(request.path) not found")
    }
  }

  private mutating func check(_ turn: Turn) throws(MockRefusal) {
    let (request, resource) = (turn.request, turn.route.resource)
    if case .unknown = resource { throw turn.dialect.failure(404, "Path \(request.path) not found") }
    guard resource.methods.contains(request.method) else {
      var refusal = turn.dialect.failure(
        405, "\(request.path) takes \(resource.methods.joined(separator: " and "))")
      refusal.reply.fields.append("allow", resource.methods.joined(separator: ", "))
      throw refusal
    }
    if resource.needsKey, let problem = turn.dialect.keyProblem(request.fields) {
      throw turn.dialect.failure(401, problem)
    }
    if resource.isQuestion, rate?.allows(turn.now) == false {
      var refusal = turn.dialect.failure(429, "more than \(options.rate ?? 0) requests in a second")
      refusal.reply.fields.append("retry-after", "1")
      throw refusal
    }
  }

  // MARK: Questions

  private mutating func complete(_ turn: Turn, isStreamed: Bool) throws(MockRefusal) -> HTTPServerAnswer {
    let (question, answer, note) = try ask(turn, isStreamed: isStreamed)
    ledger.add(answer, isStreamed: question.isStreamed)
    guard question.isStreamed else {
      let reply = turn.dialect.reply(answer, to: question)
      return HTTPServerAnswer(delivery: .reply(reply), note: note, delay: options.latency)
    }
    var (fields, events) = turn.dialect.stream(answer, to: question, turn.fault.shape)
    fields.append("content-type", "text/event-stream")
    fields.append("cache-control", "no-cache")
    let stream = HTTPServerStream(200, fields, pieces: EventPieces(events, turn.fault.style))
    return HTTPServerAnswer(delivery: .stream(stream), note: note)
  }

  /// Through the queue nothing is refused: what the model says to a wrong body is its result.
  private mutating func submit(_ turn: Turn, to root: String) throws(MockRefusal) -> HTTPServerAnswer {
    var reply: HTTPServerReply
    var note: String
    do throws(MockRefusal) {
      let (question, answer, told) = try ask(turn, isStreamed: false)
      ledger.add(answer, isStreamed: false)
      (reply, note) = (turn.dialect.reply(answer, to: question), told)
    } catch {
      (reply, note) = (error.reply, "error: \(error.message)")
    }
    var answer = try queue.submit(
      turn.request, to: root, reply: reply, at: turn.now, base: storage.files.base,
      failure: turn.fault.job.map { ($0.message, $0.type) })
    answer.note = "\(note) \(answer.note)"
    return answer
  }

  /// What is asked, what is answered, and what the log says of it.
  private mutating func ask(
    _ turn: Turn, isStreamed: Bool
  ) throws(MockRefusal) -> (question: MockQuestion, answer: MockAnswer, note: String) {
    var question = try turn.dialect.question(turn.request.body, files: storage.files)
    if isStreamed { question.isStreamed = true }
    if let refusal = turn.dialect.refusal(of: question, taking: options.refusing) { throw refusal }
    question.drop(options.refusing)
    let model = try model(for: question, turn.dialect)
    let entry =
      turn.fault.answer.map { Tape.Entry(answer: $0) } ?? turn.player?.next(for: question.tapeQuestion)
    let answer = MockAnswer(
      playing: entry, to: question, by: model, number: turn.number, time: turn.time, rhythm: options.rhythm)
    var note = question.note
    if model != question.model { note += " answers=\(model)" }
    if !answer.calls.isEmpty { note += " calls=\(answer.calls.map(\.name).joined(separator: ","))" }
    if entry != nil { note += " tape" }
    return (question, answer, note)
  }

  /// The first of the models that can.
  private func model(for question: MockQuestion, _ dialect: any MockDialect) throws(MockRefusal) -> String {
    var refusal: MockRefusal?
    for model in [question.model] + question.fallbacks {
      if options.unavailable.contains(model) {
        refusal = dialect.failure(503, "there is no available provider of \(model)")
      } else if let found = dialect.refusal(of: question, by: model) {
        refusal = found
      } else {
        return model == "openrouter/auto" ? MockModel.all[0].id : model
      }
    }
    throw refusal ?? dialect.failure(500, "no model is asked")
  }

  // MARK: Accounts

  private func tell(_ account: MockRoute.Account, _ turn: Turn) throws(MockRefusal) -> HTTPServerAnswer {
    switch account {
    case .key:
      return HTTPServerAnswer(delivery: .reply(OpenRouterCatalogue.key(usage: ledger.usage)), note: "key")
    case .credits:
      return HTTPServerAnswer(
        delivery: .reply(OpenRouterCatalogue.credits(usage: ledger.usage)), note: "credits")
    case .generation:
      guard let id = turn.request.query("id"), let reply = ledger.generation(id) else {
        throw turn.dialect.failure(404, "Generation not found")
      }
      return HTTPServerAnswer(delivery: .reply(reply), note: "generation \(id)")
    }
  }
}
