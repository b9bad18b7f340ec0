#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A program under way: its process, the pipes to and from it, and how its end comes about.
///
/// There is no descriptor on every system that tells of the end of a process, so it is asked. Mostly
/// the end follows the end of the output by microseconds; it is then looked for at once and after 1, 2,
/// 4 ms and so on. Before that it matters only for a child that is left with the pipe, and a look now
/// and then is enough.
///
/// The end comes in this order: the process has exited, or was asked to stop (SIGTERM); it and its
/// children have until the end of the outputs, but no more than `grace`; what is left is killed
/// (SIGKILL); when the process itself has exited it is reaped, and the result is there. Until then its
/// number cannot be another's, so no signal ever hits a stranger.
final class RunningProgram {
  let submission: ProgramSubmission
  private let child: Child
  private var input: Int32?
  private var written = 0
  private var outputEnd: Int32?
  private var errorEnd: Int32?
  private var output: [UInt8] = []
  private var errors = ErrorTail()
  private let deadline: ContinuousClock.Instant
  private var stopReason: StopReason?
  private var hasExited = false
  /// Until when it and its children may still write, once it has exited or is to stop.
  private var patience: ContinuousClock.Instant?
  private var nextLook: ContinuousClock.Instant
  private var lookInterval = longestLookInterval

  private static let grace = Duration.milliseconds(200)
  private static let shortestLookInterval = Duration.milliseconds(1)
  private static let longestLookInterval = Duration.milliseconds(50)
  /// More than a pipe holds, so that after these everything is read that was there.
  private static let mostReads = 32

  private enum StopReason { case timedOut, outputTooLarge, cancelled }

  init(_ submission: ProgramSubmission, _ started: Spawner.Started, now: ContinuousClock.Instant) {
    self.submission = submission
    child = started.child
    input = started.input
    outputEnd = started.output
    errorEnd = started.errors
    deadline = now + submission.command.timeout
    nextLook = now + Self.longestLookInterval
    if submission.command.standardInput.isEmpty { close(&input) }
  }

  // MARK: Pipes

  /// What to wait for.
  func addPolled(to polled: inout [pollfd]) {
    if let input { polled.append(pollfd(fd: input, events: Int16(POLLOUT), revents: 0)) }
    for case let end? in [outputEnd, errorEnd] {
      polled.append(pollfd(fd: end, events: Int16(POLLIN), revents: 0))
    }
  }

  /// Moves what can be moved; says whether the program was found to read no more.
  func transfer(_ scratch: inout [UInt8], now: ContinuousClock.Instant) -> Bool {
    let isBroken = feed()
    read(&outputEnd, &scratch) { output.append(contentsOf: $0) }
    if output.count > submission.command.outputLimit { stop(.outputTooLarge, now: now) }
    read(&errorEnd, &scratch) { errors.append($0) }
    if isDrained, lookInterval == Self.longestLookInterval, !hasExited { lookSoon(now) }
    return isBroken
  }

  private var isDrained: Bool { outputEnd == nil && errorEnd == nil }

  private func feed() -> Bool {
    guard let input else { return false }
    let bytes = submission.command.standardInput
    while written < bytes.count {
      switch Descriptor.write(bytes[written...], to: input) {
      case .moved(let count): written += count
      case .later: return false
      case .ended:
        close(&self.input)
        return true
      }
    }
    close(&self.input)
    return false
  }

  private func read(_ end: inout Int32?, _ scratch: inout [UInt8], _ keep: (ArraySlice<UInt8>) -> Void) {
    guard let descriptor = end else { return }
    for _ in 0..<Self.mostReads {
      switch Descriptor.read(descriptor, into: &scratch) {
      case .moved(let count):
        if stopReason == nil || stopReason == .timedOut { keep(scratch[..<count]) }
      case .later: return
      case .ended: return close(&end)
      }
    }
  }

  private func close(_ end: inout Int32?) {
    if let descriptor = end { Descriptor.close(descriptor) }
    end = nil
  }

  // MARK: The end

  /// When to look at it again, even if nothing moves.
  var due: ContinuousClock.Instant {
    let next = patience ?? deadline
    return hasExited ? next : min(next, nextLook)
  }

  func cancel(now: ContinuousClock.Instant) { stop(.cancelled, now: now) }

  private func stop(_ reason: StopReason, now: ContinuousClock.Instant) {
    guard stopReason == nil else { return }
    stopReason = reason
    output = []
    patience = now + Self.grace
    child.signal(SIGTERM)
    lookSoon(now)
  }

  /// The result, once there is one.
  func advance(to now: ContinuousClock.Instant) -> Result<[UInt8], ProgramFailure>? {
    look(now)
    if !hasExited, now >= deadline { stop(.timedOut, now: now) }
    if hasExited, patience == nil { patience = now + Self.grace }
    guard let patience, now >= patience || (hasExited && isDrained) else { return nil }
    child.signal(SIGKILL)
    guard hasExited else {
      self.patience = now + Self.longestLookInterval
      return nil
    }
    for end in [\RunningProgram.input, \.outputEnd, \.errorEnd] { close(&self[keyPath: end]) }
    return outcome(child.reap())
  }

  private func look(_ now: ContinuousClock.Instant) {
    guard !hasExited, now >= nextLook else { return }
    hasExited = child.hasExited
    nextLook = now + lookInterval
    lookInterval = min(lookInterval * 2, Self.longestLookInterval)
  }

  private func lookSoon(_ now: ContinuousClock.Instant) {
    lookInterval = Self.shortestLookInterval
    nextLook = now
  }

  private func outcome(_ ending: Child.Ending) -> Result<[UInt8], ProgramFailure> {
    let command = submission.command
    switch stopReason {
    case .timedOut: return .failure(.timedOut(after: command.timeout, standardError: errors.text))
    case .outputTooLarge: return .failure(.outputTooLarge(limit: command.outputLimit))
    case .cancelled: return .failure(.cancelled)
    case nil: break
    }
    switch ending {
    case .status(0): return .success(output)
    case .status(let status): return .failure(.exited(status: status, standardError: errors.text))
    case .signal(let signal): return .failure(.killed(signal: signal, standardError: errors.text))
    case .unknown:
      return .failure(.notStarted(program: command.program, reason: "how it ended could not be learnt"))
    }
  }
}
