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

extension ProjectFiles {
  /// Puts other bytes in the place of a file's, all of them or none: whoever reads it meanwhile, and
  /// whatever happens, finds the old file or the new one.
  ///
  /// The file keeps its permissions, and a link to it stays one.
  package func replace(_ path: String, with bytes: [UInt8]) throws(LoadFailure) {
    let target = URL(filePath: resolve(path)).resolvingSymlinksInPath().path
    var status = stat()
    let draft = "\(target).\(getpid()).tmp"
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw unwritable(path) }
    let isWritten =
      stat(target, &status) == 0 && fchmod(descriptor, status.st_mode & 0o7777) == 0
      && Self.write(bytes, to: descriptor) && fsync(descriptor) == 0
    let isClosed = close(descriptor) == 0
    guard isWritten, isClosed, rename(draft, target) == 0 else {
      unlink(draft)
      throw unwritable(path)
    }
  }

  private func unwritable(_ path: String) -> LoadFailure {
    LoadFailure(
      "the flow `\(path)` cannot be written",
      advice: "check that you may write it and its folder: `ls -l \(path)`")
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { systemWrite(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno != EINTR { return false }
      rest = rest.dropFirst(max(0, count))
    }
    return true
  }
}

private func systemWrite(_ descriptor: Int32, _ start: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, start, count)
}
