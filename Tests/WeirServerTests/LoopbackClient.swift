#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A client of one connection to 127.0.0.1, which sends exactly the bytes that a test wants.
///
/// Reading waits for at most 20 seconds, so that a test that is wrong fails and does not hang.
final class LoopbackClient {
  private let descriptor: Int32
  private var received: [UInt8] = []

  struct Reply {
    let status: Int
    /// By name in lower case.
    let fields: [String: String]
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }
  }

  struct Broken: Error {
    let what: String
  }

  init(port: Int) throws {
    #if canImport(Darwin)
      descriptor = socket(AF_INET, SOCK_STREAM, 0)
    #else
      descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #endif
    var patience = timeval(tv_sec: 20, tv_usec: 0)
    _ = setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr = in_addr(s_addr: UInt32(0x7F00_0001).bigEndian)
    // The C call takes every kind of address by a pointer to their common head.
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else { throw Broken(what: "no connection") }
  }

  deinit { close(descriptor) }

  func send(_ text: String) throws { try send(Array(text.utf8)) }

  func send(_ bytes: [UInt8]) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      #if canImport(Darwin)
        let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      #else
        // Not `write`: a server that has closed must not end the tests by a signal.
        let count = rest.withUnsafeBytes { buffer in
          #if canImport(Musl)
            Musl.send(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_NOSIGNAL))
          #else
            Glibc.send(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_NOSIGNAL))
          #endif
        }
      #endif
      guard count > 0 else { throw Broken(what: "cannot send") }
      rest = rest.dropFirst(count)
    }
  }

  /// Says that nothing more comes; replies can still be read.
  func endSending() { _ = shutdown(descriptor, Int32(SHUT_WR)) }

  /// The next reply. `isHeadOnly`: it answers HEAD.
  func receive(isHeadOnly: Bool = false) throws -> Reply {
    let head = try takeLines()
    let parts = head[0].split(separator: " ")
    guard parts.count > 1, let status = Int(parts[1]) else { throw Broken(what: "no status: \(head[0])") }
    var fields: [String: String] = [:]
    for line in head.dropFirst() {
      let pair = line.split(separator: ":", maxSplits: 1)
      fields[pair[0].lowercased()] = String(pair[1].drop { $0 == " " })
    }
    var body: [UInt8] = []
    if fields["transfer-encoding"] == "chunked" {
      body = try takeChunks()
    } else if let length = fields["content-length"].flatMap({ Int($0) }), !isHeadOnly {
      body = try take(length)
    }
    return Reply(status: status, fields: fields, body: body)
  }

  /// Everything up to the end of the connection.
  func receiveRest() throws -> String {
    while try more() {}
    return String(decoding: received, as: UTF8.self)
  }

  /// Waits until the text has come, and leaves everything to be read.
  func receive(until text: String) throws {
    let wanted = Array(text.utf8)
    while received.firstRange(of: wanted) == nil {
      guard try more() else { throw Broken(what: "the connection ended") }
    }
  }

  private func takeLines() throws -> [String] {
    var lines: [String] = []
    while true {
      let line = try takeLine()
      if line.isEmpty { return lines }
      lines.append(line)
    }
  }

  private func takeLine() throws -> String {
    while true {
      if let end = received.firstIndex(of: 0x0A) {
        let line = received[..<end].filter { $0 != 0x0D }
        received.removeFirst(end + 1)
        return String(decoding: line, as: UTF8.self)
      }
      guard try more() else { throw Broken(what: "the connection ended") }
    }
  }

  private func take(_ count: Int) throws -> [UInt8] {
    while received.count < count {
      guard try more() else { throw Broken(what: "the connection ended in the body") }
    }
    defer { received.removeFirst(count) }
    return Array(received[..<count])
  }

  private func takeChunks() throws -> [UInt8] {
    var body: [UInt8] = []
    while true {
      guard let size = Int(try takeLine(), radix: 16) else { throw Broken(what: "a chunk without a size") }
      body += try take(size)
      _ = try takeLine()
      if size == 0 { return body }
    }
  }

  /// False at the end of the connection.
  private func more() throws -> Bool {
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    let count = recv(descriptor, &buffer, buffer.count, 0)
    guard count >= 0 else { throw Broken(what: errno == ECONNRESET ? "reset" : "no bytes in time") }
    received += buffer[..<count]
    return count > 0
  }
}
