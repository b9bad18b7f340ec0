import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A server on a free port of this machine that answers every connection as a test says.
///
/// Nothing of HTTP is done for the test but reading a request: what goes back is bytes, so that it
/// can be wrong in every way. It ends with its last reference.
final class LoopbackServer: Sendable {
  let port: Int
  private let socket: Int32
  private let counters = Counters()

  private final class Counters: Sendable {
    let accepted = Atomic(0)
  }

  /// `serve` runs on a thread for each connection, which is closed when it returns.
  init(host: String = "127.0.0.1", _ serve: @escaping @Sendable (Connection) -> Void) throws {
    (socket, port) = try Self.listen(host)
    let socket = socket
    let counters = counters
    TestThread.start {
      while true {
        let accepted = accept(socket, nil, nil)
        // Closed here alone: elsewhere the number could by now be that of another test's socket.
        guard accepted >= 0 else { return _ = close(socket) }
        let number = counters.accepted.add(1, ordering: .relaxed).newValue
        TestThread.start {
          let connection = Connection(socket: accepted, number: number)
          serve(connection)
          _ = close(accepted)
        }
      }
    }
  }

  deinit { _ = shutdown(socket, Int32(SHUT_RDWR)) }

  /// How many connections have come.
  var connections: Int { counters.accepted.load(ordering: .relaxed) }

  struct Failure: Error {
    let errno: Int32
  }

  private static func listen(_ host: String) throws -> (socket: Int32, port: Int) {
    var hints = addrinfo()
    hints.ai_flags = AI_NUMERICHOST
    #if canImport(Glibc)
      hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    #else
      hints.ai_socktype = SOCK_STREAM
    #endif
    var found: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host, "0", &hints, &found) == 0, let info = found?.pointee else {
      throw Failure(errno: errno)
    }
    defer { freeaddrinfo(found) }
    let listener = socketOf(info)
    guard listener >= 0, bind(listener, info.ai_addr, info.ai_addrlen) == 0,
      systemListen(listener, 128) == 0
    else { throw Failure(errno: errno) }
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    withUnsafeMutablePointer(to: &storage) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { _ = getsockname(listener, $0, &length) }
    }
    // The port stands at the same place for both families.
    let port = withUnsafeBytes(of: &storage) { Int($0[2]) << 8 | Int($0[3]) }
    return (listener, port)
  }
}

private func systemListen(_ socket: Int32, _ backlog: Int32) -> Int32 { listen(socket, backlog) }

private func socketOf(_ info: addrinfo) -> Int32 {
  socket(info.ai_family, info.ai_socktype, info.ai_protocol)
}

/// The server's end of a connection.
struct Connection: Sendable {
  let socket: Int32
  /// From 1.
  let number: Int

  /// The next request, header and body; nil when the client has closed the connection.
  func request() -> String? {
    var bytes: [UInt8] = []
    var length: Int?
    while true {
      length = length ?? Self.lengthOfRequest(bytes)
      if let length, bytes.count >= length { return String(decoding: bytes, as: UTF8.self) }
      guard let more = read() else { return nil }
      bytes += more
    }
  }

  func send(_ text: String) { send(Array(text.utf8)) }

  func send(_ bytes: [UInt8]) {
    #if canImport(Darwin)
      let flags: Int32 = 0
    #else
      let flags = Int32(MSG_NOSIGNAL)
    #endif
    var at = 0
    while at < bytes.count {
      let count = bytes[at...].withUnsafeBytes { systemSend(socket, $0.baseAddress, $0.count, flags) }
      guard count > 0 else { return }
      at += count
    }
  }

  /// A whole answer, after which the connection is kept.
  func answer(_ status: Int = 200, headers: [String] = [], body: String = "{}") {
    let lines = ["HTTP/1.1 \(status) Whatever", "Content-Length: \(body.utf8.count)"] + headers
    send(lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
  }

  /// Makes the close that follows a reset, which throws away what is under way.
  func resetWhenClosed() {
    var option = linger(l_onoff: 1, l_linger: 0)
    _ = setsockopt(socket, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
  }

  /// Waits until the client closes the connection, or breaks it off.
  func waitForEnd() {
    while read() != nil {}
  }

  private func read() -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = recv(socket, &buffer, buffer.count, 0)
    return count > 0 ? Array(buffer[..<count]) : nil
  }

  /// nil while the header is not complete.
  private static func lengthOfRequest(_ bytes: [UInt8]) -> Int? {
    let blankLine = Array("\r\n\r\n".utf8)
    guard let end = bytes.indices.first(where: { bytes[$0...].starts(with: blankLine) }) else { return nil }
    let length = String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n").lazy
      .filter { $0.lowercased().hasPrefix("content-length:") }
      .compactMap { Int($0.dropFirst(15).trimmingPrefix(" ")) }.first
    return end + blankLine.count + (length ?? 0)
  }
}

private func systemSend(_ socket: Int32, _ bytes: UnsafeRawPointer?, _ count: Int, _ flags: Int32) -> Int {
  send(socket, bytes, count, flags)
}
