#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Holds a thread of a test until another part of it lets one step go on.
final class Gate: Sendable {
  private let ends: [Int32]

  init() {
    var ends: [Int32] = [-1, -1]
    precondition(pipe(&ends) == 0, "no pipe for a test: error \(errno)")
    self.ends = ends
  }

  deinit { for end in ends { _ = close(end) } }

  func open() {
    var byte: UInt8 = 1
    _ = write(ends[1], &byte, 1)
  }

  /// Until `open` was called as often as this.
  func wait() {
    var byte: UInt8 = 0
    _ = read(ends[0], &byte, 1)
  }
}
