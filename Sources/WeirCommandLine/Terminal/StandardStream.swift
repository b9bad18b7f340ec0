import Dispatch
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Standard output or standard error. Writing waits on a queue of its own, so that a pipe that nobody
/// empties or a terminal that is held blocks no task.
///
/// When nobody reads any more, as after `| head`, what is written is dropped: that is no error.
package final class StandardStream: Sendable {
  package static let output = StandardStream(STDOUT_FILENO)
  package static let error = StandardStream(STDERR_FILENO)

  private let descriptor: Int32
  private let queue: DispatchQueue
  /// What nobody has begun to write.
  private let waiting = Mutex<[UInt8]>([])
  /// Held by whoever writes.
  private let writer = Mutex(())

  private init(_ descriptor: Int32) {
    self.descriptor = descriptor
    queue = DispatchQueue(label: "weir.stream.\(descriptor)")
  }

  package var isTerminal: Bool { isatty(descriptor) == 1 }

  package func write(_ text: String) {
    let isFirst = waiting.withLock { bytes in
      defer { bytes.append(contentsOf: text.utf8) }
      return bytes.isEmpty
    }
    if isFirst { queue.async { self.flush() } }
  }

  /// Returns when all that was written so far is out. Writes it here rather than wait for the queue,
  /// which may not even have its thread yet.
  package func flush() {
    writer.withLock { _ in
      let bytes = waiting.withLock { bytes in
        defer { bytes = [] }
        return bytes
      }
      Self.write(bytes, to: descriptor)
    }
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { systemWrite(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if count < 0, errno == EAGAIN {
        waitUntilWritable(descriptor)
      } else if count == 0 || errno != EINTR {
        return
      }
    }
  }

  private static func waitUntilWritable(_ descriptor: Int32) {
    var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    _ = poll(&request, 1, -1)
  }
}

private func systemWrite(_ descriptor: Int32, _ start: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, start, count)
}
