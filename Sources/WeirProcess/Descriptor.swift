#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What the system said when it refused something.
struct SystemError: Error {
  let code: Int32

  /// Of the call that has just failed.
  static var last: SystemError { SystemError(code: errno) }

  /// Lower case, without a full stop.
  var message: String {
    let text = String(cString: strerror(code))
    return text.prefix(1).lowercased() + text.dropFirst()
  }
}

/// The calls on open files that this room needs.
enum Descriptor {
  enum Transfer {
    case moved(Int)
    /// Not now; poll tells when.
    case later
    case ended
  }

  /// A pipe that no child inherits by itself. Both ends lie above the standard streams, so that giving
  /// one of them to a child never overwrites another.
  static func makePipe() throws(SystemError) -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    #if canImport(Darwin)
      guard pipe(&ends) == 0 else { throw .last }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    #else
      guard pipe2(&ends, O_CLOEXEC) == 0 else { throw .last }
    #endif
    let moved = ends.map { $0 > 2 ? $0 : fcntl($0, F_DUPFD_CLOEXEC, 3) }
    for end in ends where end <= 2 { close(end) }
    guard moved.allSatisfy({ $0 >= 0 }) else {
      let error = SystemError.last
      for end in moved where end >= 0 { close(end) }
      throw error
    }
    return (moved[0], moved[1])
  }

  static func makeNonBlocking(_ descriptor: Int32) {
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
  }

  static func read(_ descriptor: Int32, into buffer: inout [UInt8]) -> Transfer {
    let count = buffer.withUnsafeMutableBytes { systemRead(descriptor, $0.baseAddress, $0.count) }
    if count > 0 { return .moved(count) }
    return count == 0 ? .ended : afterError()
  }

  static func write(_ bytes: ArraySlice<UInt8>, to descriptor: Int32) -> Transfer {
    let count = bytes.withUnsafeBytes { systemWrite(descriptor, $0.baseAddress, $0.count) }
    return count >= 0 ? .moved(count) : afterError()
  }

  private static func afterError() -> Transfer {
    errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR ? .later : .ended
  }

  /// A full pipe wakes as well as one byte more.
  static func wake(_ descriptor: Int32) { _ = write([1], to: descriptor) }

  static func close(_ descriptor: Int32) { systemClose(descriptor) }

  /// Each program is two or three open files: lets the process have as many as it may.
  static func allowMany() {
    #if canImport(Glibc)
      let files = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
      let files = RLIMIT_NOFILE
    #endif
    var limit = rlimit()
    guard getrlimit(files, &limit) == 0 else { return }
    let wanted = min(limit.rlim_max, 4_096)
    guard limit.rlim_cur < wanted else { return }
    limit.rlim_cur = wanted
    _ = setrlimit(files, &limit)
  }
}

private func systemRead(_ descriptor: Int32, _ start: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(descriptor, start, count)
}

private func systemWrite(_ descriptor: Int32, _ start: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, start, count)
}

private func systemClose(_ descriptor: Int32) { close(descriptor) }
