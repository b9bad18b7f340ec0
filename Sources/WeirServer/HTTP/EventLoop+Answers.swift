#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Requests in, answers out.
extension EventLoop {
  func read(_ connection: HTTPConnection, hasHungUp: Bool) {
    switch Socket.receive(from: connection.descriptor, into: &scratch) {
    case .later: break
    case .broken: return lose(connection)
    case .ended:
      connection.hasEnded = true
      if isPointless(connection) || hasHungUp { return lose(connection) }
    case .moved(let count):
      if case .draining = connection.phase { return }
      if connection.parser.isIdle { connection.since = clock.now }
      connection.parser.feed(scratch[..<count])
      if case .reading = connection.phase { answerAll(connection) }
    }
    updateInterest(connection)
  }

  /// The other side has ended, and nothing is under way that it could still hear. One that ends while it
  /// waits has gone: nobody who speaks HTTP ends only half of a connection.
  private func isPointless(_ connection: HTTPConnection) -> Bool {
    switch connection.phase {
    case .reading: !connection.isSending
    case .answering, .streaming, .hanging, .draining, .closed: true
    }
  }

  /// Ends a connection that the other side has left, and says which request it did not wait for.
  func lose(_ connection: HTTPConnection) {
    switch connection.phase {
    case .answering, .streaming, .hanging:
      if let pending = connection.pending { log(pending.closedLine(now: clock.now)) }
    case .reading, .draining, .closed: break
    }
    end(connection)
  }

  /// Answers the requests that are there as a whole, one after another.
  func answerAll(_ connection: HTTPConnection) {
    while case .reading = connection.phase, !connection.isLast,
      connection.backlog < HTTPConnection.greatestBacklog
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
    let now = clock.now
    let answer = service.answer(request, at: start.duration(to: now))
    connection.pending = PendingAnswer(answer: answer, request: request, since: now)
    connection.phase = .answering
    if answer.delay > .zero {
      timers.add(connection, due: now + answer.delay)
    } else {
      deliver(on: connection)
    }
  }

  func refuse(_ connection: HTTPConnection, _ error: HTTPRequestError) {
    let reply = HTTPServerReply(
      error.status, ["content-type": "text/plain; charset=utf-8"], body: Array("\(error.message)\n".utf8))
    connection.output.append(contentsOf: reply.bytes(HTTPServerReply.Form(isKeptAlive: false)))
    connection.isLast = true
    log("- - \(error.status) \(error.message)")
    send(connection)
  }

  // MARK: Answers

  /// The time of the connection has come, unless it has ended meanwhile.
  func goOn(_ connection: HTTPConnection, _ now: ContinuousClock.Instant) {
    switch connection.phase {
    case .answering: deliver(on: connection)
    case .streaming: advance(connection, now)
    case .reading, .hanging, .draining, .closed: return
    }
    takeUp(connection)
  }

  /// Reads on after an answer that had to wait.
  private func takeUp(_ connection: HTTPConnection) {
    if case .reading = connection.phase {
      connection.since = clock.now
      answerAll(connection)
    }
    updateInterest(connection)
  }

  private func deliver(on connection: HTTPConnection) {
    guard let pending = connection.pending else { return }
    switch pending.answer.delivery {
    case .nothing(let ending):
      log(pending.logLine(now: clock.now))
      finish(connection, ending)
    case .reply(let reply):
      log(pending.logLine(now: clock.now))
      connection.output.append(contentsOf: reply.bytes(pending.form))
      connection.isLast = !pending.isKeptAlive
      connection.phase = .reading
    case .stream(let stream): begin(stream, pending, on: connection)
    }
  }

  private func begin(_ stream: HTTPServerStream, _ pending: PendingAnswer, on connection: HTTPConnection) {
    let framing: HTTPServerReply.Framing =
      if let length = stream.length { .length(length) } else if pending.request.takesChunks { .chunked } else
      {
        .endOfConnection
      }
    connection.output += HTTPServerReply.head(
      stream.status, stream.fields, framing: framing, isKeptAlive: pending.isKeptAlive)
    connection.phase = .streaming
    let now = clock.now
    connection.stream = RunningStream(stream, framing: framing, since: now)
    advance(connection, now)
  }

  /// Sends the pieces whose time has come, and waits for that of the next.
  private func advance(_ connection: HTTPConnection, _ now: ContinuousClock.Instant) {
    while let stream = connection.stream, stream.next != nil {
      if stream.due > now {
        timers.add(connection, due: stream.due)
        return send(connection)
      }
      if connection.backlog >= HTTPConnection.greatestBacklog {
        connection.stream?.isStalled = true
        return send(connection)
      }
      let events = connection.stream?.write(into: &connection.output) ?? 0
      connection.pending?.events += events
    }
    endStream(connection)
  }

  private func endStream(_ connection: HTTPConnection) {
    guard let stream = connection.stream, let pending = connection.pending else { return }
    log(pending.logLine(now: clock.now))
    connection.stream = nil
    guard stream.ending == .whole else { return finish(connection, stream.ending) }
    if case .chunked = stream.framing { connection.output += HTTPServerReply.lastChunk }
    connection.isLast = !pending.isKeptAlive
    connection.phase = .reading
    send(connection)
  }

  /// Ends an answer otherwise than its head says, when all is sent that was written until now.
  private func finish(_ connection: HTTPConnection, _ ending: HTTPEnding) {
    switch ending {
    case .hang: connection.phase = .hanging
    case .whole, .cut:
      connection.phase = .reading
      connection.isLast = true
    case .reset:
      connection.phase = .reading
      connection.isLast = true
      connection.isResetAtEnd = true
    }
    send(connection)
  }

  // MARK: Sending

  /// Sends what the socket takes.
  func send(_ connection: HTTPConnection) {
    if case .closed = connection.phase { return }
    while connection.isSending {
      switch Socket.send(connection.output[connection.sent...], to: connection.descriptor) {
      case .moved(let count):
        connection.sent += count
        connection.since = clock.now
      case .later: return updateInterest(connection)
      case .ended, .broken: return lose(connection)
      }
    }
    connection.output.removeAll(keepingCapacity: connection.output.capacity <= 64 << 10)
    connection.sent = 0
    if connection.isLast { return endSending(connection) }
    if connection.stream?.isStalled ?? false {
      connection.stream?.isStalled = false
      // Not from here, which may be within its own turn.
      timers.add(connection, due: clock.now)
    }
    updateInterest(connection)
  }

  private func endSending(_ connection: HTTPConnection) {
    guard !connection.hasEnded, !connection.isResetAtEnd else {
      return end(connection, byReset: connection.isResetAtEnd)
    }
    Socket.endSending(connection.descriptor)
    connection.phase = .draining
    connection.since = clock.now
    updateInterest(connection)
  }
}
