import CurlShim
import WeirEndpoint

/// One request under way, and what has come of the answer. Belongs to the thread of its loop.
///
/// libcurl keeps plain pointers to this object and to its body; both outlive the time between
/// `prepare` and the removal from the multi handle because the loop holds the object that long.
final class CurlTransfer {
  let submission: CurlSubmission
  let handle: CurlHandle
  private let news: CurlNews
  /// Nil for an answer that is taken as a whole.
  private let pipe: CurlPipe?
  var comesInPieces: Bool { pipe != nil }
  private let started = ContinuousClock.now
  private var upload: HTTPUpload
  /// A short body, which libcurl then sends together with the header.
  private let shortBody: UnsafeMutableRawBufferPointer?
  private var sentHeaders: OpaquePointer?
  private var answer = CurlAnswer()
  /// When the answer's header was complete.
  private var headerCame: ContinuousClock.Instant?
  /// When a piece of the body came last.
  private var lastPiece: ContinuousClock.Instant?
  /// The reader does not come after, and the server has to wait.
  private var isPaused = false
  /// Since when nobody reads it any more.
  private var lettingGo: ContinuousClock.Instant?
  private var thrownAway = 0

  private static let longestShortBody = 1 << 15
  /// What may still come of an answer that nobody reads, for the sake of its connection.
  private static let longestEnd = Duration.seconds(1)
  private static let greatestEnd = 1 << 16

  init(_ submission: CurlSubmission, _ handle: CurlHandle, _ news: CurlNews) {
    self.submission = submission
    self.handle = handle
    self.news = news
    if case .pieces(let pipe) = submission.taker { self.pipe = pipe } else { pipe = nil }
    upload = HTTPUpload(submission.request.body)
    let size = submission.request.body.count
    guard size <= Self.longestShortBody else {
      shortBody = nil
      return
    }
    let body = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 1)
    _ = upload.read(into: body)
    shortBody = body
  }

  deinit {
    shortBody?.deallocate()
    curlshim_list_free(sentHeaders)
  }

  // MARK: - What goes out

  /// Sets the handle up; gives libcurl's error code.
  func prepare() -> Int32 {
    let request = submission.request
    let this = UnsafeRawPointer(Unmanaged.passUnretained(self).toOpaque())
    handle.forgetError()
    for option in [
      CURLSHIM_OPT_PRIVATE, CURLSHIM_OPT_WRITEDATA, CURLSHIM_OPT_HEADERDATA, CURLSHIM_OPT_READDATA,
      CURLSHIM_OPT_SEEKDATA,
    ] { handle.set(option, pointer: this) }
    handle.set(CURLSHIM_OPT_CONNECTTIMEOUT_MS, request.timeouts.connect.wholeMilliseconds)
    handle.set(CURLSHIM_OPT_TIMEOUT_MS, request.timeouts.whole.wholeMilliseconds)
    handle.set(CURLSHIM_OPT_FRESH_CONNECT, request.isNeverRepeated ? 1 : 0)
    prepareRoute(request.address)
    prepareMethod(request.method)
    handle.set(CURLSHIM_OPT_ACCEPT_ENCODING, compression)
    guard appendHeaders(request.headers) else { return CurlCode.outOfMemory }
    handle.set(CURLSHIM_OPT_HTTPHEADER, pointer: UnsafeRawPointer(sentHeaders))
    return handle.set(CURLSHIM_OPT_URL, request.address.text)
  }

  private func prepareRoute(_ address: WebAddress) {
    // An empty name means no proxy, none at all means what the environment says.
    handle.set(CURLSHIM_OPT_PROXY, address.isLoopback ? "" : nil)
    let version = address.isEncrypted ? CURLSHIM_HTTP_VERSION_2_OVER_TLS : CURLSHIM_HTTP_VERSION_1_1
    handle.set(CURLSHIM_OPT_HTTP_VERSION, version)
    // With HTTP/2 a thousand requests then share a few connections instead of opening a thousand
    // before the first one has said that it can be shared.
    handle.set(CURLSHIM_OPT_PIPEWAIT, address.isEncrypted ? 1 : 0)
  }

  private func prepareMethod(_ method: HTTPRequest.Method) {
    handle.set(CURLSHIM_OPT_CUSTOMREQUEST, nil)
    switch method {
    case .get:
      handle.set(CURLSHIM_OPT_HTTPGET, 1)
    case .post:
      prepareBody()
    case .put:
      prepareBody()
      handle.set(CURLSHIM_OPT_CUSTOMREQUEST, method.rawValue)
    }
  }

  private func prepareBody() {
    handle.set(CURLSHIM_OPT_POST, 1)
    // Not copied, and kept whole so that libcurl can send it again when a cached connection turns
    // out to be closed. Where there is no address, libcurl asks for the body piece by piece.
    handle.set(CURLSHIM_OPT_POSTFIELDS, pointer: shortBody?.baseAddress.map { UnsafeRawPointer($0) })
    let size = Int64(submission.request.body.count)
    _ = curlshim_set_size(handle.easy, Int32(CURLSHIM_OPT_POSTFIELDSIZE_LARGE), size)
  }

  /// Every way of compression that this libcurl knows; none for pieces, which would wait in the server
  /// until it is worth while to compress them.
  private var compression: String {
    switch submission.taker {
    case .whole: ""
    case .pieces: "identity"
    }
  }

  private func appendHeaders(_ headers: [HTTPHeader]) -> Bool {
    // Without this libcurl waits up to a second for a `100 Continue` before it sends a large body.
    ["Expect:"].appended(to: &sentHeaders) && headers.map(\.line).appended(to: &sentHeaders)
  }

  // MARK: - Time

  func isSilent(at now: ContinuousClock.Instant) -> Bool {
    if let lettingGo { return lettingGo + Self.longestEnd <= now }
    let timeouts = submission.request.timeouts
    if !answer.hasBegun { return timeouts.firstByte.map { started + $0 <= now } ?? false }
    guard let idle = timeouts.idle, let heard, !isPaused else { return false }
    return heard + idle <= now
  }

  /// When it may next have been silent for too long; nil where there is no such limit.
  func nextLook(after now: ContinuousClock.Instant) -> ContinuousClock.Instant? {
    if let lettingGo { return lettingGo + Self.longestEnd }
    let timeouts = submission.request.timeouts
    let first = answer.hasBegun ? nil : timeouts.firstByte.map { started + $0 }
    let idle = timeouts.idle.map { isPaused ? now + $0 : (heard ?? now) + $0 }
    return [first, idle].compactMap { $0 }.min()
  }

  /// From when on the silence counts. A server may think before the first piece as long as it likes, but where
  /// there is a limit for its first byte, a header alone is none.
  private var heard: ContinuousClock.Instant? {
    lastPiece ?? (submission.request.timeouts.firstByte == nil ? nil : headerCame)
  }

  // MARK: - What comes of it

  func finish(_ code: Int32) {
    let code = code == 0 && !answer.isHeaderComplete ? CurlCode.receiveError : code
    guard code == 0 else { return fail(failure(code)) }
    switch submission.taker {
    case .whole(let continuation):
      let status = curlshim_get_long(handle.easy, Int32(CURLSHIM_INFO_RESPONSE_CODE))
      let response = HTTPResponse(status: status, headers: answer.headers, body: answer.body)
      continuation.resume(returning: .success(response))
    case .pieces(let pipe): pipe.end(.success(()))
    }
  }

  func fail(_ failure: EndpointFailure) { submission.fail(failure) }

  func failure(_ code: Int32) -> EndpointFailure {
    let request = submission.request
    let now = ContinuousClock.now
    let silence = request.timeouts.idle.flatMap { idle in heard.map { ($0 + idle <= now, now - $0) } }
    let progress = CurlProgress(
      site: request.address.site, host: request.address.host,
      elapsed: now - started,
      isConnected: curlshim_get_size(handle.easy, Int32(CURLSHIM_INFO_PRETRANSFER_TIME)) > 0,
      wasRefused: curlshim_was_refused(handle.easy) != 0, hasBegun: answer.hasBegun,
      received: answer.received, expected: answer.announced,
      tooLong: answer.isTooLong ? request.greatestAnswer : nil,
      silence: silence.flatMap { $0 ? $1 : nil })
    return EndpointFailure(
      curlCode: code, words: Excerpt.of(handle.words(for: code), hiding: request.secrets), progress)
  }

  func goOn() {
    isPaused = false
    if lastPiece != nil { lastPiece = .now }
    _ = curlshim_go_on(handle.easy)
  }

  func letGo() {
    lettingGo = .now
    if isPaused { goOn() }
  }

  private func take(_ piece: UnsafeRawBufferPointer) -> Int {
    guard lettingGo == nil else {
      thrownAway += piece.count
      return thrownAway <= Self.greatestEnd ? piece.count : 0
    }
    let limit = submission.request.greatestAnswer
    guard let pipe else { return answer.appendBody(piece, limit: limit) ? piece.count : 0 }
    guard answer.hasRoom(for: piece.count, limit: limit) else { return 0 }
    switch pipe.append(piece) {
    case .asFirst: news.add(pipe)
    case .behindOthers: break
    case .notAtAll:
      isPaused = true
      return Int(CURLSHIM_WRITE_PAUSE)
    }
    isPaused = false
    lastPiece = .now
    answer.count(piece.count)
    return piece.count
  }

  private func takeHeader(_ line: UnsafeRawBufferPointer) -> Int {
    let wasComplete = answer.isFinalHeaderComplete
    guard answer.appendHeader(line, limit: submission.request.greatestAnswer) else { return 0 }
    if !wasComplete, answer.isFinalHeaderComplete {
      headerCame = .now
      pipe?.begin(.init(status: answer.status, headers: answer.headers))
    }
    return line.count
  }

  // Called by libcurl on the thread of the loop, where the transfer is alive. Any other number than
  // that of the bytes ends the request, but for the one that makes it wait.

  static let bodyArrived: curlshim_callback = { bytes, size, count, context in
    guard let context else { return 0 }
    let transfer = Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
    return transfer.take(UnsafeRawBufferPointer(start: bytes, count: size * count))
  }

  static let headerArrived: curlshim_callback = { bytes, size, count, context in
    guard let context else { return 0 }
    let transfer = Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
    return transfer.takeHeader(UnsafeRawBufferPointer(start: bytes, count: size * count))
  }

  static let bodyWanted: curlshim_callback = { bytes, size, count, context in
    guard let context else { return 0 }
    let transfer = Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
    return transfer.upload.read(into: UnsafeMutableRawBufferPointer(start: bytes, count: size * count))
  }

  static let bodyWantedFrom: curlshim_seek = { context, offset, origin in
    guard let context, origin == 0 else { return Int32(CURLSHIM_SEEK_FAILED) }
    let transfer = Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
    return Int32(transfer.upload.move(to: Int(offset)) ? CURLSHIM_SEEK_DONE : CURLSHIM_SEEK_FAILED)
  }
}

extension [String] {
  /// Puts the texts at the end of a list of libcurl's; false when there is no memory.
  fileprivate func appended(to list: inout OpaquePointer?) -> Bool {
    for text in self {
      guard let longer = curlshim_list_append(list, text) else { return false }
      list = longer
    }
    return true
  }
}
