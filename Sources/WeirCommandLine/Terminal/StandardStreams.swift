import Dispatch
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Standard output and standard error, in one order: on a terminal they are one screen, and progress
/// that came late would wipe out the result.
///
/// Writing waits on a queue of its own, so that a pipe that nobody empties or a terminal that is held
/// blocks no task, unless more is waiting than should be kept in memory. When nobody reads any more, as after `| head`, what is written is dropped: that is
/// no error. Any other failure of standard output is kept, for whoever ends the program.
package final class StandardStreams: Sendable {
  package static let shared = StandardStreams()

  package enum Stream: Sendable {
    case output, error

    fileprivate var descriptor: Int32 { self == .output ? STDOUT_FILENO : STDERR_FILENO }
  }

  private struct Piece {
    let stream: Stream
    var bytes: [UInt8]
  }

  private let queue = DispatchQueue(label: "weir.streams")
  /// What nobody has begun to write.
  private let waiting = Mutex<(pieces: [Piece], size: Int)>(([], 0))
  private static let mostWaiting = 4 << 20
  /// Held by whoever writes; the system's number of the error that standard output has met.
  private let writer = Mutex<Int32?>(nil)

  package func isTerminal(_ stream: Stream) -> Bool { isatty(stream.descriptor) == 1 }

  package func write(_ text: String, to stream: Stream) {
    let size = waiting.withLock { waiting in
      if waiting.pieces.last?.stream == stream {
        waiting.pieces[waiting.pieces.count - 1].bytes += Array(text.utf8)
      } else {
        waiting.pieces.append(Piece(stream: stream, bytes: Array(text.utf8)))
      }
      defer { waiting.size += text.utf8.count }
      return (before: waiting.size, after: waiting.size + text.utf8.count)
    }
    if size.after > Self.mostWaiting {
      flush()
    } else if size.before == 0, size.after > 0 {
      queue.async { self.flush() }
    }
  }

  /// Returns when all that was written so far is out. Writes it here rather than wait for the queue,
  /// which may not even have its thread yet.
  package func flush() {
    writer.withLock { failure in
      let pieces = waiting.withLock { waiting in
        defer { waiting = ([], 0) }
        return waiting.pieces
      }
      for piece in pieces {
        let number = Self.write(piece.bytes, to: piece.stream.descriptor)
        if piece.stream == .output { failure = failure ?? number }
      }
    }
  }

  /// Why not all of standard output could be written, in the system's words; nil where it could, or
  /// where nobody wanted to read it.
  package var outputFailure: String? {
    writer.withLock { $0 }.map { String(cString: strerror($0)) }
  }

  /// The number of the error, but for a pipe that was closed.
  private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { systemWrite(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if count < 0, errno == EAGAIN {
        waitUntilWritable(descriptor)
      } else if count == 0 || errno != EINTR {
        return errno == EPIPE ? nil : errno
      }
    }
    return nil
  }

  private static func waitUntilWritable(_ descriptor: Int32) {
    var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    _ = poll(&request, 1, -1)
  }
}

private func systemWrite(_ descriptor: Int32, _ start: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, start, count)
}
