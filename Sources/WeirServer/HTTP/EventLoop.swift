#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// One thread, every connection: waits with poll(2) for what can be read or written, and for time.
///
/// Owns everything it touches, so nothing in it is locked. It runs until its pipe is written to. How
/// requests are answered is in `EventLoop+Answers.swift`.
final class EventLoop<Service: HTTPService> {
  private let listener: Int32
  private let pipe: Int32
  var service: Service
  private let limits: HTTPLimits
  let log: @Sendable (String) -> Void
  /// First the pipe, then the listener, then the connections, each at its place less two.
  private var polled: [pollfd]
  private var connections: [HTTPConnection] = []
  /// Connections whose answer, or the next piece of it, waits for its time.
  var timers = Timers<HTTPConnection>()
  var scratch = [UInt8](repeating: 0, count: 256 << 10)
  private var nextSweep: ContinuousClock.Instant
  let clock = ContinuousClock()
  let start: ContinuousClock.Instant
  private static var first: Int { 2 }

  init(
    listener: Int32, pipe: Int32, service: Service, limits: HTTPLimits,
    log: @escaping @Sendable (String) -> Void
  ) {
    self.listener = listener
    self.pipe = pipe
    self.service = service
    self.limits = limits
    self.log = log
    polled = [pipe, listener].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    start = clock.now
    nextSweep = start
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
    let sweep = connections.isEmpty ? nil : nextSweep
    guard let due = [timers.nextDue, sweep].compactMap(\.self).min() else { return -1 }
    let left = clock.now.duration(to: due)
    guard left > .zero else { return 0 }
    return Int32(min(left / .milliseconds(1) + 1, 60_000))
  }

  private func deliverDue() {
    guard let due = timers.nextDue, due <= clock.now else { return }
    let now = clock.now
    while let connection = timers.takeDue(now) { goOn(connection, now) }
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
    if events & (POLLERR | POLLNVAL) != 0 { return lose(connection) }
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

  /// Closes the connection. What it waits for on the timers finds it closed.
  func end(_ connection: HTTPConnection, byReset: Bool = false) {
    if case .closed = connection.phase { return }
    connection.phase = .closed
    connection.stream = nil
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

  func updateInterest(_ connection: HTTPConnection) {
    if case .closed = connection.phase { return }
    let events = (connection.wantsInput ? POLLIN : 0) | (connection.isSending ? POLLOUT : 0)
    polled[connection.place + Self.first].events = Int16(events)
  }
}
