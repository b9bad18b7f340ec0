#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The thread of all programs: starts them, waits with poll(2) for what can be read or written and for
/// time, and hands results back.
///
/// Owns everything it touches, so nothing in it is locked. It ends when there is nothing left to do.
final class ProgramLoop {
  private let mailbox: ProgramMailbox
  private let woken: Int32
  private let spawner: Spawner
  private var running: [RunningProgram] = []
  private var polled: [pollfd] = []
  private var scratch = [UInt8](repeating: 0, count: 64 << 10)
  private var brokenPipes = BrokenPipes()
  private let clock = ContinuousClock()
  private static let longestSleep = Duration.seconds(60)

  init(mailbox: ProgramMailbox, woken: Int32, environment: [String: String]) {
    self.mailbox = mailbox
    self.woken = woken
    spawner = Spawner(environment: environment)
  }

  func run() {
    Descriptor.allowMany()
    Child.keepEndings()
    while let work = mailbox.take(isIdle: running.isEmpty) {
      for submission in work.arrived { begin(submission) }
      cancel(work.cancelled)
      sleep()
      serve()
    }
    Descriptor.close(woken)
    brokenPipes.restore()
  }

  private func begin(_ submission: ProgramSubmission) {
    guard !submission.ticket.isCancelled else {
      return submission.continuation.resume(returning: .failure(.cancelled))
    }
    do throws(ProgramFailure) {
      running.append(RunningProgram(submission, try spawner.start(submission.command), now: clock.now))
    } catch {
      submission.continuation.resume(returning: .failure(error))
    }
  }

  private func cancel(_ tickets: [ProgramTicket]) {
    guard !tickets.isEmpty else { return }
    let now = clock.now
    for program in running where program.submission.ticket.isCancelled { program.cancel(now: now) }
  }

  private func sleep() {
    guard !running.isEmpty else { return }
    polled.removeAll(keepingCapacity: true)
    polled.append(pollfd(fd: woken, events: Int16(POLLIN), revents: 0))
    var due = clock.now + Self.longestSleep
    for program in running {
      program.addPolled(to: &polled)
      due = min(due, program.due)
    }
    let left = max(clock.now.duration(to: due), .zero)
    // Rounded up, so that what is due is due after the sleep. Interrupted or not, all are served.
    let milliseconds = (left + .microseconds(999)) / .milliseconds(1)
    _ = poll(&polled, nfds_t(polled.count), Int32(milliseconds))
    if polled[0].revents != 0 { _ = Descriptor.read(woken, into: &scratch) }
  }

  private func serve() {
    let now = clock.now
    running.removeAll { program in
      if program.transfer(&scratch, now: now) { brokenPipes.forget() }
      guard let result = program.advance(to: now) else { return false }
      program.submission.continuation.resume(returning: result)
      return true
    }
  }
}
