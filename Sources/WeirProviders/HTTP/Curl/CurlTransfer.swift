import CurlShim
import WeirEndpoint

/// One request under way, and what has come of the answer. Belongs to the thread of its loop.
///
/// libcurl keeps plain pointers to this object and to its body; both outlive the time between
/// `prepare` and the removal from the multi handle because the loop holds the object that long.
final class CurlTransfer {
  let submission: CurlSubmission
  let handle: CurlHandle
  private let started = ContinuousClock.now
  private let sentBody: UnsafeMutableRawBufferPointer
  private var sentHeaders: OpaquePointer?
  private var answer = CurlAnswer()

  init(_ submission: CurlSubmission, _ handle: CurlHandle) {
    self.submission = submission
    self.handle = handle
    let body = submission.request.body
    sentBody = .allocate(byteCount: body.count, alignment: 1)
    sentBody.copyBytes(from: body)
  }

  deinit {
    sentBody.deallocate()
    curlshim_list_free(sentHeaders)
  }

  /// Sets the handle up; gives libcurl's error code.
  func prepare() -> Int32 {
    let request = submission.request
    let this = UnsafeRawPointer(Unmanaged.passUnretained(self).toOpaque())
    handle.forgetError()
    handle.set(CURLSHIM_OPT_PRIVATE, pointer: this)
    handle.set(CURLSHIM_OPT_WRITEDATA, pointer: this)
    handle.set(CURLSHIM_OPT_HEADERDATA, pointer: this)
    handle.set(CURLSHIM_OPT_CONNECTTIMEOUT_MS, request.timeouts.connect.wholeMilliseconds)
    handle.set(CURLSHIM_OPT_TIMEOUT_MS, request.timeouts.whole.wholeMilliseconds)
    prepareRoute(request.address)
    prepareMethod(request.method)
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
    switch method {
    case .get:
      handle.set(CURLSHIM_OPT_HTTPGET, 1)
    case .post:
      handle.set(CURLSHIM_OPT_POST, 1)
      // Not copied, and kept whole so that libcurl can send it again when a cached connection turns
      // out to be closed. An empty buffer has no address, and none would mean a body to be read.
      handle.set(CURLSHIM_OPT_POSTFIELDS, pointer: sentBody.baseAddress.map { UnsafeRawPointer($0) })
      _ = curlshim_set_size(handle.easy, Int32(CURLSHIM_OPT_POSTFIELDSIZE_LARGE), Int64(sentBody.count))
    }
  }

  private func appendHeaders(_ headers: [HTTPHeader]) -> Bool {
    // Without this libcurl waits up to a second for a `100 Continue` before it sends a large body.
    ["Expect:"].appended(to: &sentHeaders) && headers.map(\.line).appended(to: &sentHeaders)
  }

  /// nil once the answer has begun, or where the request has no such limit.
  var firstByteDeadline: ContinuousClock.Instant? {
    answer.hasBegun ? nil : submission.request.timeouts.firstByte.map { started + $0 }
  }

  func result(_ code: Int32) -> Result<HTTPResponse, EndpointFailure> {
    guard code == 0, answer.isHeaderComplete else {
      return .failure(failure(code == 0 ? CurlCode.receiveError : code))
    }
    let status = curlshim_get_long(handle.easy, Int32(CURLSHIM_INFO_RESPONSE_CODE))
    return .success(HTTPResponse(status: status, headers: answer.headers, body: answer.body))
  }

  func failure(_ code: Int32) -> EndpointFailure {
    let request = submission.request
    let progress = CurlProgress(
      site: request.address.site, host: request.address.host,
      elapsed: .now - started,
      isConnected: curlshim_get_size(handle.easy, Int32(CURLSHIM_INFO_PRETRANSFER_TIME)) > 0,
      wasRefused: curlshim_was_refused(handle.easy) != 0, hasBegun: answer.hasBegun,
      received: answer.body.count, expected: answer.announced,
      tooLong: answer.isTooLong ? request.greatestAnswer : nil)
    return EndpointFailure(
      curlCode: code, words: Excerpt.of(handle.words(for: code), hiding: request.secrets), progress)
  }

  // Called by libcurl on the thread of the loop, in `curl_multi_perform`, where the transfer is
  // alive. Any other number than that of the bytes ends the request.

  static let bodyArrived: curlshim_callback = { bytes, size, count, context in
    guard let context else { return 0 }
    let transfer = Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
    let piece = UnsafeRawBufferPointer(start: bytes, count: size * count)
    return transfer.answer.appendBody(piece, limit: transfer.submission.request.greatestAnswer)
      ? piece.count : 0
  }

  static let headerArrived: curlshim_callback = { bytes, size, count, context in
    guard let context else { return 0 }
    let transfer = Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
    let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
    return transfer.answer.appendHeader(line, limit: transfer.submission.request.greatestAnswer)
      ? line.count : 0
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
