import CurlShim

/// libcurl's multi handle, kept alive by its thread and by whoever is about to wake that thread.
///
/// The address is a number because a pointer may not cross threads. `pointer` is for the thread of
/// the loop alone; `wake` is the one call that libcurl allows to all.
final class CurlMulti: Sendable {
  private let address: UInt

  /// Connections are kept for later requests up to this number. nil when there is no memory.
  init?(mostConnections: Int) {
    guard let multi = curlshim_multi_new() else { return nil }
    address = UInt(bitPattern: multi)
    _ = curlshim_multi_set_long(multi, Int32(CURLSHIM_MULTI_OPT_MAXCONNECTS), mostConnections)
    // libcurl's own limit for HTTP/2 is 100 requests on a connection; each above it would open one
    // for itself. A lower limit of the server's still holds.
    _ = curlshim_multi_set_long(multi, Int32(CURLSHIM_MULTI_OPT_MAX_CONCURRENT_STREAMS), 1_000)
  }

  deinit { curlshim_multi_free(pointer) }

  var pointer: OpaquePointer {
    guard let pointer = OpaquePointer(bitPattern: address) else {
      preconditionFailure("a multi handle has an address")
    }
    return pointer
  }

  func wake() { _ = curlshim_multi_wakeup(pointer) }
}
