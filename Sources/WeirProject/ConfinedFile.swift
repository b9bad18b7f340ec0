package import WeirValues

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file that is opened from a folder down, name by name, and never through a symbolic link.
///
/// So what is read is what was looked at, even if somebody puts a link in its place meanwhile. A pipe
/// or a device is not waited for.
package struct ConfinedFile: ~Copyable {
  private let descriptor: Int32

  /// `steps` are the names from the folder `root` to the file, none of which is a link or `..`.
  package init(below root: String, _ steps: [String]) throws(FileFailure.Reason) {
    guard let name = steps.last else { throw .folder }
    var folder = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    for step in steps.dropLast() where folder >= 0 {
      let next = openat(folder, step, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      let code = errno
      close(folder)
      errno = code
      folder = next
    }
    guard folder >= 0 else { throw Self.failure() }
    let descriptor = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    let code = errno
    close(folder)
    errno = code
    guard descriptor >= 0 else { throw Self.failure() }
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  private static func failure() -> FileFailure.Reason {
    switch errno {
    // A link, or no folder any more, where there was none a moment ago.
    case ELOOP, ENOTDIR: .linkOutside
    case ENOENT: .missing(nearest: nil)
    // A socket.
    case ENXIO: .special
    default: .unreadable(reason(errno))
    }
  }

  private static func reason(_ code: Int32) -> String {
    let text = String(cString: strerror(code))
    return text.prefix(1).lowercased() + text.dropFirst()
  }

  package func bytes(atMost limit: Int) throws(FileFailure.Reason) -> [UInt8] {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Self.failure() }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw .folder
    default: throw .special
    }
    let size = Int(status.st_size)
    if size > limit { throw .tooLarge(bytes: size, limit: limit) }
    return try readAll(size: size, limit: limit)
  }

  /// A file may grow while it is read, and those of the system say no size.
  private func readAll(size: Int, limit: Int) throws(FileFailure.Reason) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size)
    var buffer = [UInt8](repeating: 0, count: min(max(size + 1, 1 << 12), 1 << 20))
    while true {
      let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        throw Self.failure()
      }
      if count == 0 { return bytes }
      bytes += buffer[..<count]
      if bytes.count > limit { throw .tooLarge(bytes: bytes.count, limit: limit) }
    }
  }
}
