#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// One thread, every connection: waits with poll(2) for what can be read or written, and for time.
///
/// Owns everything it touches, so nothing in it is locked. It runs until its pipe is written to.
final class EventLoop<Service: HTTPService> {
  private let listener: Int32
  private let pipe: Int32
  private var service: Service
  private let latency: Duration
  private let limits: HTTPLimits
  private let log: @Sendable (String) -> Void
  /// First the pipe, then the listener, then the connections, each at its place less two.
  private var polled: [pollfd]
  private var connections: [HTTPConnection] = []
  private var delayed: DelayedAnswers
  private var scratch = [UInt8](repeating: 0, count: 256 << 10)
  private var nextSweep: ContinuousClock.Instant
  private let clock = ContinuousClock()
  private static var first: Int { 2 }

  init(
    listener: Int32, pipe: Int32, service: Service, latency: Duration, limits: HTTPLimits,
    log: @escaping @Sendable (String) -> Void
  ) {
    self.listener = listener
    self.pipe = pipe
    self.service = service
    self.latency = latency
    self.limits = limits
    self.log = log
    polled = [pipe, listener].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    delayed = DelayedAnswers()
    nextSweep = clock.now
  }

  func run() {
    while true {
      let count = poll(&polled, nfds_t(polled.count), waitingTime())
      if count < 0, errno != EINTR { break }
      if polled[0].revents != 0 { break }
      if count > 0 { serve() }
      deliverDue()
      sweep()
    }
    for connection in connections { close(connection.descriptor) }
    close(listener)
    close(pipe)
  }

  // MARK: Time

  /// Milliseconds until something is due, rounded up; -1 when nothing is.
  private func waitingTime() -> Int32 {
    let due = [delayed.nextDue, connections.isEmpty ? nil : nextSweep].compactMap(\.self).min()
    guard let due else { return -1 }
    let left = clock.now.duration(to: due)
    guard left > .zero else { return 0 }
    return Int32(min(left / .milliseconds(1) + 1, 60_000))
  }

  private func deliverDue() {
    guard let due = delayed.nextDue, due <= clock.now else { return }
    let now = clock.now
    while let answer = delayed.takeDue(now) {
      if case .answering = answer.connection.phase { deliver(answer) }
    }
  }

  /// Ends what has taken too long. Seldom, because it looks at every connection.
  private func sweep() {
    let now = clock.now
    guard now >= nextSweep else { return }
    nextSweep = now + min(.seconds(1), max(.milliseconds(5), min(limits.transfer, limits.idle) / 4))
    for connection in connections.reversed() {
      guard let patience = connection.patience(limits), connection.since.duration(to: now) > patience else {
        continue
      }
      endForTime(connection)
    }
    // The listener rests while no more files can be opened.
    polled[1].events = Int16(POLLIN)
  }

  private func endForTime(_ connection: HTTPConnection) {
    if case .reading = connection.phase, !connection.parser.isIdle, !connection.isSending {
      return refuse(connection, HTTPRequestError(status: 408, message: "the request did not arrive in time"))
    }
    end(connection)
  }

  // MARK: Connections

  private func serve() {
    // From the back: a connection that ends gives its place to the last one, which is done.
    for index in connections.indices.reversed() {
      let events = polled[index + Self.first].revents
      guard events != 0 else { continue }
      polled[index + Self.first].revents = 0
      serve(connections[index], Int32(events))
    }
    if polled[1].revents != 0 { acceptAll() }
  }

  private func serve(_ connection: HTTPConnection, _ events: Int32) {
    if events & (POLLERR | POLLNVAL) != 0 { return end(connection) }
    if events & POLLOUT != 0 {
      send(connection)
      if case .reading = connection.phase { answerAll(connection) }
    }
    if case .closed = connection.phase { return }
    if events & POLLIN != 0 || events & POLLHUP != 0 { read(connection, hasHungUp: events & POLLHUP != 0) }
  }

  private func acceptAll() {
    polled[1].revents = 0
    // As many as wait, but not for ever: those that are there want to be served too.
    for _ in 0..<1024 {
      switch Socket.accept(from: listener) {
      case .none: return
      case .tooMany:
        polled[1].events = 0
        return
      case .connection(let descriptor):
        let place = connections.count
        if connections.isEmpty { nextSweep = clock.now }
        connections.append(HTTPConnection(descriptor, at: place, limits: limits, now: clock.now))
        polled.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0))
      }
    }
  }

  private func end(_ connection: HTTPConnection, byReset: Bool = false) {
    if case .closed = connection.phase { return }
    connection.phase = .closed
    if byReset { Socket.reset(connection.descriptor) } else { close(connection.descriptor) }
    let last = connections.removeLast()
    let lastPolled = polled.removeLast()
    if last !== connection {
      last.place = connection.place
      connections[last.place] = last
      polled[last.place + Self.first] = lastPolled
    }
    polled[1].events = Int16(POLLIN)
  }

  private func updateInterest(_ connection: HTTPConnection) {
    if case .closed = connection.phase { return }
    let events = (connection.wantsInput ? POLLIN : 0) | (connection.isSending ? POLLOUT : 0)
    polled[connection.place + Self.first].events = Int16(events)
  }

  // MARK: Requests

  private func read(_ connection: HTTPConnection, hasHungUp: Bool) {
    switch Socket.receive(from: connection.descriptor, into: &scratch) {
    case .later: break
    case .broken: return end(connection)
    case .ended:
      connection.hasEnded = true
      if isPointless(connection) || hasHungUp { return end(connection) }
    case .moved(let count):
      if case .draining = connection.phase { return }
      if connection.parser.isIdle { connection.since = clock.now }
      connection.parser.feed(scratch[..<count])
      if case .reading = connection.phase { answerAll(connection) }
    }
    updateInterest(connection)
  }

  /// The other side has ended, and nothing is under way that it could still hear.
  private func isPointless(_ connection: HTTPConnection) -> Bool {
    switch connection.phase {
    case .reading: !connection.isSending
    case .answering: false
    case .hanging, .draining, .closed: true
    }
  }

  /// Answers the requests that are there as a whole, one after another.
  private func answerAll(_ connection: HTTPConnection) {
    while case .reading = connection.phase, !connection.isLast,
      connection.output.count - connection.sent < HTTPConnection.greatestBacklog
    {
      switch connection.parser.next() {
      case .request(let request): answer(request, on: connection)
      case .failure(let error): refuse(connection, error)
      case .incomplete:
        if connection.parser.takeContinue() {
          connection.output.append(contentsOf: "HTTP/1.1 100 Continue\r\n\r\n".utf8)
        }
        send(connection)
        return endIfOver(connection)
      }
    }
    send(connection)
  }

  /// A client that sends no more and has got every reply is gone.
  private func endIfOver(_ connection: HTTPConnection) {
    if case .reading = connection.phase, connection.hasEnded, !connection.isSending { end(connection) }
  }

  private func answer(_ request: HTTPServerRequest, on connection: HTTPConnection) {
    let since = clock.now
    let answer = PendingAnswer(
      answer: service.answer(request), request: request, connection: connection, since: since)
    connection.phase = .answering
    if latency > .zero {
      delayed.append(answer, due: answer.since + latency)
    } else {
      deliver(answer)
    }
  }

  private func refuse(_ connection: HTTPConnection, _ error: HTTPRequestError) {
    let reply = HTTPServerReply(
      error.status, ["content-type": "text/plain; charset=utf-8"], body: Array("\(error.message)\n".utf8))
    connection.output.append(contentsOf: reply.bytes(HTTPServerReply.Form(isKeptAlive: false)))
    connection.isLast = true
    log("- - \(error.status) \(error.message)")
    send(connection)
  }

  private func deliver(_ pending: PendingAnswer) {
    let connection = pending.connection
    let request = pending.request
    log(pending.logLine(now: clock.now))
    switch pending.answer.delivery {
    case .hang: connection.phase = .hanging
    case .reset: return end(connection, byReset: true)
    case .reply(let reply):
      connection.output.append(contentsOf: reply.bytes(pending.form))
      connection.isLast = !request.isKeptAlive
      connection.phase = .reading
    case .cut(let reply):
      let whole = reply.bytes(HTTPServerReply.Form())
      connection.output.append(contentsOf: whole.dropLast((reply.body.count + 1) / 2))
      connection.isLast = true
      connection.phase = .reading
    }
    guard latency > .zero, case .reading = connection.phase else { return updateInterest(connection) }
    connection.since = clock.now
    answerAll(connection)
    updateInterest(connection)
  }

  /// Sends what the socket takes.
  private func send(_ connection: HTTPConnection) {
    if case .closed = connection.phase { return }
    while connection.isSending {
      switch Socket.send(connection.output[connection.sent...], to: connection.descriptor) {
      case .moved(let count):
        connection.sent += count
        connection.since = clock.now
      case .later: return updateInterest(connection)
      case .ended, .broken: return end(connection)
      }
    }
    connection.output.removeAll(keepingCapacity: connection.output.capacity <= 64 << 10)
    connection.sent = 0
    if connection.isLast { return finish(connection) }
    updateInterest(connection)
  }

  private func finish(_ connection: HTTPConnection) {
    guard !connection.hasEnded else { return end(connection) }
    Socket.endSending(connection.descriptor)
    connection.phase = .draining
    connection.since = clock.now
    updateInterest(connection)
  }
}
