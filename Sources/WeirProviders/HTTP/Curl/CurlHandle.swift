import CurlShim

/// An easy handle with what is the same for all requests. Used for one after another.
final class CurlHandle {
  let easy: OpaquePointer
  /// libcurl writes here what went wrong, in more words than its code has.
  private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURLSHIM_ERROR_BUFFER_SIZE))

  /// nil when there is no memory.
  init?(_ options: CurlTransport.Options) {
    guard let easy = curlshim_easy_new() else {
      errorText.deallocate()
      return nil
    }
    self.easy = easy
    errorText.pointee = 0
    set(CURLSHIM_OPT_ERRORBUFFER, pointer: errorText)
    set(CURLSHIM_OPT_NOSIGNAL, 1)
    set(CURLSHIM_OPT_TCP_NODELAY, 1)
    set(CURLSHIM_OPT_PROTOCOLS, CURLSHIM_PROTOCOLS_HTTP_AND_HTTPS)
    set(CURLSHIM_OPT_SUPPRESS_CONNECT_HEADERS, 1)
    set(CURLSHIM_OPT_USERAGENT, options.userAgent)
    if let certificates = options.certificates { set(CURLSHIM_OPT_CAINFO, certificates) }
    _ = curlshim_set_callback(easy, Int32(CURLSHIM_OPT_WRITEFUNCTION), CurlTransfer.bodyArrived)
    _ = curlshim_set_callback(easy, Int32(CURLSHIM_OPT_HEADERFUNCTION), CurlTransfer.headerArrived)
    _ = curlshim_set_callback(easy, Int32(CURLSHIM_OPT_READFUNCTION), CurlTransfer.bodyWanted)
    _ = curlshim_set_seek(easy, Int32(CURLSHIM_OPT_SEEKFUNCTION), CurlTransfer.bodyWantedFrom)
  }

  deinit {
    curlshim_easy_free(easy)
    errorText.deallocate()
  }

  @discardableResult
  func set(_ option: Int, _ value: Int) -> Int32 {
    curlshim_set_long(easy, Int32(option), value)
  }

  /// libcurl copies the text.
  @discardableResult
  func set(_ option: Int, _ text: String?) -> Int32 {
    guard let text else { return curlshim_set_pointer(easy, Int32(option), nil) }
    return text.withCString { curlshim_set_pointer(easy, Int32(option), $0) }
  }

  /// The memory must last until the request has ended.
  @discardableResult
  func set(_ option: Int, pointer: UnsafeRawPointer?) -> Int32 {
    curlshim_set_pointer(easy, Int32(option), pointer)
  }

  func forgetError() { errorText.pointee = 0 }

  /// What went wrong, in libcurl's words.
  func words(for code: Int32) -> String {
    String(cString: errorText.pointee == 0 ? curlshim_error_text(code) : UnsafePointer(errorText))
  }
}
