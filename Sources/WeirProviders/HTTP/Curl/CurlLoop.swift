import CurlShim
import WeirEndpoint

/// The thread of a transport: takes requests from the mailbox, lets libcurl work, hands answers back.
///
/// Everything here but `start` belongs to that one thread, so nothing is locked. It sleeps in
/// `curlshim_multi_wait` until a socket is ready, a time is over or the mailbox wakes it.
final class CurlLoop {
  private let options: CurlTransport.Options
  private let mailbox: CurlMailbox
  private let multi: CurlMulti
  /// In no order; each ticket knows its place.
  private var running: [CurlTransfer] = []
  private let news = CurlNews()
  /// Set up and free; a thousand requests in a row need one.
  private var idle: [CurlHandle] = []
  /// How many of them come in pieces: each piece is little work for whoever reads it.
  private var streams = 0
  /// No later than the first moment at which a running request may have been silent for too long.
  private var nextLook: ContinuousClock.Instant?

  /// Requests that run at the same time each keep a connection, and its descriptor, for the next.
  private static let mostConnections = 4_096
  private static let longestSleep = Duration.seconds(60)

  private init(_ options: CurlTransport.Options, _ mailbox: CurlMailbox, _ multi: CurlMulti) {
    self.options = options
    self.mailbox = mailbox
    self.multi = multi
  }

  /// What the thread begins with.
  private final class Start: Sendable {
    let options: CurlTransport.Options
    let mailbox: CurlMailbox

    init(_ options: CurlTransport.Options, _ mailbox: CurlMailbox) {
      self.options = options
      self.mailbox = mailbox
    }
  }

  static func start(_ options: CurlTransport.Options, _ mailbox: CurlMailbox) {
    let start = Unmanaged.passRetained(Start(options, mailbox))
    let code = curlshim_start_thread(threadBody, start.toOpaque())
    guard code != 0 else { return }
    start.release()
    mailbox.refuse(
      EndpointFailure(.unsupported, "no thread could be started for the network (error \(code))"))
  }

  private static let threadBody: @convention(c) (UnsafeMutableRawPointer) -> Void = { context in
    let start = Unmanaged<Start>.fromOpaque(context).takeRetainedValue()
    run(start.options, start.mailbox)
  }

  private static func run(_ options: CurlTransport.Options, _ mailbox: CurlMailbox) {
    if let reason = curlshim_open() {
      return mailbox.refuse(.noLibcurl(String(cString: reason)))
    }
    // The usual limit is 1,024 (macOS: 256), and a thousand requests at once are a thousand sockets.
    curlshim_allow_open_files(mostConnections)
    guard let multi = CurlMulti(mostConnections: mostConnections) else {
      return mailbox.refuse(.noLibcurl("it could not be set up"))
    }
    CurlLoop(options, mailbox, multi).run()
  }

  private func run() {
    while let work = mailbox.take(underWay: running.count - streams) {
      run(work.jobs)
      for submission in work.arrived { begin(submission) }
      for ticket in work.cancelled { cancel(ticket) }
      for ticket in work.roomy { goOn(ticket) }
      for ticket in work.letGo { letGo(ticket) }
      _ = curlshim_multi_perform(multi.pointer)
      finishDone()
      expireSilent()
      news.tell()
      sleep()
    }
    for transfer in running { end(transfer) { $0.fail(.cancelledRequest) } }
    running = []
    idle = []
  }

  private func run(_ jobs: [UnownedJob]) {
    for job in jobs { job.runSynchronously(on: mailbox.asUnownedTaskExecutor()) }
  }

  /// Until something comes. Where that is little, each piece goes to its reader before the next connection is
  /// read; where it is much, the readers are told in one go and find more to read.
  private func sleep() {
    guard mailbox.maySleep(multi) else { return }
    let ready = curlshim_multi_wait(multi.pointer, millisecondsToSleep)
    mailbox.wokeUp()
    while curlshim_multi_read(multi.pointer) != 0 {
      guard ready <= CurlMailbox.greatestLoad else { continue }
      news.tell()
      run(mailbox.takeJobs())
    }
    news.tell()
  }

  private func begin(_ submission: CurlSubmission) {
    guard !submission.ticket.isCancelled else {
      return submission.fail(.cancelledRequest)
    }
    guard let handle = idle.popLast() ?? CurlHandle(options) else {
      return submission.fail(.noLibcurl("it has no memory left"))
    }
    let transfer = CurlTransfer(submission, handle, news)
    var code = transfer.prepare()
    if code == 0 { code = curlshim_multi_add(multi.pointer, handle.easy) }
    guard code == 0 else { return submission.fail(transfer.failure(code)) }
    submission.ticket.place = running.count
    running.append(transfer)
    if transfer.comesInPieces { streams += 1 }
    lookLater(at: transfer, .now)
  }

  private func cancel(_ ticket: CurlTicket) {
    guard let place = ticket.place else { return }
    end(remove(place)) { $0.fail(.cancelledRequest) }
  }

  private func goOn(_ ticket: CurlTicket) {
    guard let place = ticket.place else { return }
    running[place].goOn()
  }

  private func letGo(_ ticket: CurlTicket) {
    guard let place = ticket.place else { return }
    running[place].letGo()
    lookLater(at: running[place], .now)
  }

  private func lookLater(at transfer: CurlTransfer, _ now: ContinuousClock.Instant) {
    guard let look = transfer.nextLook(after: now) else { return }
    nextLook = min(nextLook ?? look, look)
  }

  /// The last one takes the place of the one that goes.
  private func remove(_ place: Int) -> CurlTransfer {
    let transfer = running[place]
    let last = running.removeLast()
    if transfer.comesInPieces { streams -= 1 }
    if place < running.count {
      running[place] = last
      last.submission.ticket.place = place
    }
    transfer.submission.ticket.place = nil
    return transfer
  }

  private func finishDone() {
    var code: Int32 = 0
    while let easy = curlshim_multi_next_done(multi.pointer, &code) {
      guard let context = curlshim_get_pointer(easy, Int32(CURLSHIM_INFO_PRIVATE)) else { continue }
      let transfer = Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
      guard let place = transfer.submission.ticket.place else { continue }
      end(remove(place)) { $0.finish(code) }
    }
  }

  /// libcurl has no limit for the first byte or for the silence between two, so they are kept here. A
  /// byte moves no timer: the running requests are looked through when one of them may be late.
  private func expireSilent() {
    guard let look = nextLook, look <= .now else { return }
    // What came while this thread had no processor is not late.
    _ = curlshim_multi_wait(multi.pointer, 0)
    while curlshim_multi_read(multi.pointer) != 0 {}
    _ = curlshim_multi_perform(multi.pointer)
    finishDone()
    let now = ContinuousClock.now
    nextLook = nil
    // From the last one, for that takes the place of one that goes.
    for place in running.indices.reversed() {
      let transfer = running[place]
      if transfer.isSilent(at: now) {
        end(remove(place)) { $0.finish(CurlCode.timedOut) }
      } else {
        lookLater(at: transfer, now)
      }
    }
  }

  /// Takes the request from libcurl, which closes its connection unless it ended well, and tells the
  /// one who asked.
  private func end(_ transfer: CurlTransfer, _ tell: (CurlTransfer) -> Void) {
    _ = curlshim_multi_remove(multi.pointer, transfer.handle.easy)
    tell(transfer)
    idle.append(transfer.handle)
  }

  private var millisecondsToSleep: Int32 {
    let sleep = nextLook.map { min($0 - .now, Self.longestSleep) } ?? Self.longestSleep
    return Int32(sleep.wholeMilliseconds)
  }
}
