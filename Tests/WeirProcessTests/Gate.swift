import Dispatch

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A named pipe between a test and the programs that it starts; removed when nobody has it any more.
///
/// A program that holds it open for writing can be waited for: the end comes when the last one is gone,
/// whatever killed it. A program that reads it waits as long as the test holds it.
final class Gate: Sendable {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "weir-gate-\(UUID().uuidString)").path
    guard mkfifo(path, 0o600) == 0 else { throw CocoaError(.fileWriteUnknown) }
  }

  deinit { unlink(path) }

  /// What the programs have written, once there are so many bytes of it or nobody holds the pipe any
  /// more; nil after ten minutes, for all other tests may go first. Waits on a thread that no task needs.
  func read(upTo count: Int = 1 << 20, from reader: Reader) async -> [UInt8]? {
    await withCheckedContinuation { continuation in
      DispatchQueue(label: "gate").async { continuation.resume(returning: reader.read(upTo: count)) }
    }
  }

  func reader() -> Reader { Reader(path) }

  /// Keeps those waiting who read, until it is let go of; they then find the end.
  func hold() -> Holder { Holder(path) }

  final class Holder: Sendable {
    private let descriptor: Int32

    init(_ path: String) { descriptor = systemOpen(path, O_RDWR | O_CLOEXEC) }
    deinit { close(descriptor) }
  }

  /// The reading end, open before any program has the other, so that none of them waits for it.
  final class Reader: Sendable {
    private let descriptor: Int32

    init(_ path: String) { descriptor = systemOpen(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC) }
    deinit { close(descriptor) }

    /// What is there now.
    func readAtOnce() -> [UInt8] {
      var buffer = [UInt8](repeating: 0, count: 4096)
      return Array(buffer.prefix(max(systemRead(descriptor, &buffer, buffer.count), 0)))
    }

    func read(upTo count: Int) -> [UInt8]? {
      var bytes: [UInt8] = []
      var buffer = [UInt8](repeating: 0, count: 4096)
      while bytes.count < count {
        var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&polled, 1, 600_000) == 1 else { return nil }
        let moved = systemRead(descriptor, &buffer, min(buffer.count, count - bytes.count))
        if moved <= 0 { return moved == 0 ? bytes : nil }
        bytes += buffer[..<moved]
      }
      return bytes
    }
  }
}

private func systemOpen(_ path: String, _ flags: Int32) -> Int32 { open(path, flags) }

private func systemRead(_ descriptor: Int32, _ start: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(descriptor, start, count)
}
