#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The calls of the system that the server needs, without their pointers.
enum Socket {
  enum Transfer {
    case moved(Int)
    /// Nothing now; poll says when.
    case later
    /// The other side sends no more.
    case ended
    case broken
  }

  /// A listening socket of 127.0.0.1 and its port; 0 chooses a free one.
  static func listen(on port: Int) throws(ServerError) -> (descriptor: Int32, port: Int) {
    guard let wanted = UInt16(exactly: port) else {
      throw ServerError(message: "\(port) is no port; a port is 0 to 65535")
    }
    #if canImport(Darwin)
      let descriptor = socket(AF_INET, SOCK_STREAM, 0)
    #else
      let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #endif
    guard descriptor >= 0 else { throw ServerError(opening: port, errno) }
    set(SO_REUSEADDR, of: descriptor, at: SOL_SOCKET)
    guard bind(descriptor, to: wanted), queue(descriptor), makeNonBlocking(descriptor),
      let bound = portOf(descriptor)
    else {
      let reason = errno
      close(descriptor)
      throw ServerError(opening: port, reason)
    }
    return (descriptor, bound)
  }

  private static func queue(_ descriptor: Int32) -> Bool {
    #if canImport(Darwin)
      Darwin.listen(descriptor, 4096) == 0
    #elseif canImport(Musl)
      Musl.listen(descriptor, 4096) == 0
    #else
      Glibc.listen(descriptor, 4096) == 0
    #endif
  }

  private static func bind(_ descriptor: Int32, to port: UInt16) -> Bool {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr = in_addr(s_addr: UInt32(0x7F00_0001).bigEndian)
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    // The C call takes every kind of address by a pointer to their common head.
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connectable in
        #if canImport(Darwin)
          Darwin.bind(descriptor, connectable, size) == 0
        #elseif canImport(Musl)
          Musl.bind(descriptor, connectable, size) == 0
        #else
          Glibc.bind(descriptor, connectable, size) == 0
        #endif
      }
    }
  }

  private static func portOf(_ descriptor: Int32) -> Int? {
    var address = sockaddr_in()
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    // As above: one pointer for every kind of address.
    let result = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
    }
    return result == 0 ? Int(UInt16(bigEndian: address.sin_port)) : nil
  }

  enum Arrival {
    case connection(Int32)
    case none
    /// The process may open no more files for now.
    case tooMany
  }

  /// The next connection that waits, ready for the loop.
  static func accept(from listener: Int32) -> Arrival {
    while true {
      #if canImport(Darwin)
        let descriptor = Darwin.accept(listener, nil, nil)
      #elseif canImport(Musl)
        let descriptor = Musl.accept(listener, nil, nil)
      #else
        let descriptor = Glibc.accept(listener, nil, nil)
      #endif
      if descriptor < 0 {
        switch errno {
        case EINTR, ECONNABORTED: continue
        case EMFILE, ENFILE, ENOBUFS, ENOMEM: return .tooMany
        default: return .none
        }
      }
      guard makeNonBlocking(descriptor) else {
        close(descriptor)
        continue
      }
      set(TCP_NODELAY, of: descriptor, at: Int32(IPPROTO_TCP))
      #if canImport(Darwin)
        set(SO_NOSIGPIPE, of: descriptor, at: SOL_SOCKET)
      #endif
      return .connection(descriptor)
    }
  }

  static func receive(from descriptor: Int32, into buffer: inout [UInt8]) -> Transfer {
    let count = recv(descriptor, &buffer, buffer.count, 0)
    if count > 0 { return .moved(count) }
    return count == 0 ? .ended : failure()
  }

  static func send(_ bytes: ArraySlice<UInt8>, to descriptor: Int32) -> Transfer {
    #if canImport(Darwin)
      let flags: Int32 = 0
    #else
      let flags = Int32(MSG_NOSIGNAL)
    #endif
    // The bytes lie where they are; a copy of a large reply would cost as much as sending it.
    let count = bytes.withUnsafeBytes { buffer in
      #if canImport(Darwin)
        Darwin.send(descriptor, buffer.baseAddress, buffer.count, flags)
      #elseif canImport(Musl)
        Musl.send(descriptor, buffer.baseAddress, buffer.count, flags)
      #else
        Glibc.send(descriptor, buffer.baseAddress, buffer.count, flags)
      #endif
    }
    return count >= 0 ? .moved(count) : failure()
  }

  private static func failure() -> Transfer {
    errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR ? .later : .broken
  }

  /// Says that nothing more comes; the other side may still be heard.
  static func endSending(_ descriptor: Int32) { _ = shutdown(descriptor, Int32(SHUT_WR)) }

  /// Closes so that the other side sees a reset.
  static func reset(_ descriptor: Int32) {
    var linger = linger(l_onoff: 1, l_linger: 0)
    _ = setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
    close(descriptor)
  }

  /// A pipe by which another thread wakes the loop.
  static func makePipe() throws(ServerError) -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0, makeNonBlocking(ends[0]) else {
      throw ServerError(message: "no pipe can be opened: \(ServerError.text(errno))")
    }
    return (ends[0], ends[1])
  }

  static func discard(_ descriptor: Int32) { close(descriptor) }

  static func wake(_ descriptor: Int32) {
    var byte: UInt8 = 1
    _ = write(descriptor, &byte, 1)
  }

  /// Each connection is an open file: lets the process have as many as it may.
  static func allowManyConnections() {
    #if canImport(Glibc)
      let files = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
      let files = RLIMIT_NOFILE
    #endif
    var limit = rlimit()
    guard getrlimit(files, &limit) == 0 else { return }
    let wanted = min(limit.rlim_max, 16_384)
    guard limit.rlim_cur < wanted else { return }
    limit.rlim_cur = wanted
    _ = setrlimit(files, &limit)
  }

  private static func makeNonBlocking(_ descriptor: Int32) -> Bool {
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    let flags = fcntl(descriptor, F_GETFL)
    return flags >= 0 && fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) == 0
  }

  private static func set(_ option: Int32, of descriptor: Int32, at level: Int32) {
    var on: Int32 = 1
    _ = setsockopt(descriptor, level, option, &on, socklen_t(MemoryLayout<Int32>.size))
  }
}

/// Why the server cannot start.
package struct ServerError: Error, Sendable {
  /// Lower case, without a full stop.
  package let message: String

  init(message: String) { self.message = message }

  init(opening port: Int, _ code: Int32) {
    message =
      code == EADDRINUSE
      ? "port \(port) of 127.0.0.1 is taken"
      : "port \(port) of 127.0.0.1 cannot be opened: \(Self.text(code))"
  }

  static func text(_ code: Int32) -> String { String(cString: strerror(code)) }
}
