import Synchronization
import WeirEndpoint

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

/// Places that runs on one machine share through a file: each is a byte of it that a run has locked.
///
/// The system gives the places of a run back that ends in whatever way, so nothing is left behind by a run that
/// was killed. The file itself holds only until when nothing is to be sent, in milliseconds since 1970.
package final class LockedPlaces: SharedPlaces {
  private let file: Int32
  private let count: Int
  /// A run never finds its own locks taken, so it keeps them in mind.
  private let own = Mutex<Set<Int>>([])

  /// Where the time stands; the places begin behind it.
  private static let timeLength = 20

  /// Makes the file, and the folders above it, where they are missing.
  package init(_ path: String, count: Int) throws(LockedPlacesError) {
    let folder = URL(filePath: path).deletingLastPathComponent()
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw LockedPlacesError(path: path, reason: "its folder cannot be made")
    }
    // Whoever may use the key may hold the place: it is the user's own.
    file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw LockedPlacesError(path: path, reason: String(cString: strerror(errno))) }
    self.count = count
  }

  deinit { close(file) }

  package func take() -> Int? {
    own.withLock { own in
      for place in 0..<count where !own.contains(place) && lock(place, F_WRLCK) {
        own.insert(place)
        return place
      }
      return nil
    }
  }

  package func giveBack(_ place: Int) {
    own.withLock { own in
      own.remove(place)
      _ = lock(place, F_UNLCK)
    }
  }

  package var held: Duration? {
    var bytes = [UInt8](repeating: 0, count: Self.timeLength)
    let length = pread(file, &bytes, bytes.count, 0)
    guard length > 0, let end = Int(String(decoding: bytes[..<length], as: UTF8.self)) else { return nil }
    let left = end - Self.now
    // A clock that was set back is no reason to wait for a day.
    return left > 0 && left <= 600_000 ? .milliseconds(left) : nil
  }

  package func hold(_ wait: Duration) {
    let end = Self.now + Int(wait / .milliseconds(1))
    if let held, Self.now + Int(held / .milliseconds(1)) >= end { return }
    let digits = String(end)
    let text = String(repeating: "0", count: max(0, Self.timeLength - digits.count)) + digits
    _ = pwrite(file, Array(text.utf8), Self.timeLength, 0)
  }

  /// Locks of the open file and not of the process: another part of the process that closes the same file does
  /// not lose them.
  private func lock(_ place: Int, _ kind: Int32) -> Bool {
    var lock = flock()
    lock.l_type = Int16(kind)
    lock.l_whence = Int16(SEEK_SET)
    lock.l_start = off_t(Self.timeLength + place)
    lock.l_len = 1
    return fcntl(file, Self.setOpenFileLock, &lock) == 0
  }

  // `F_OFD_SETLK`, which Swift is not shown: fcntl(2) on Linux, `sys/fcntl.h` on macOS.
  #if canImport(Darwin)
    private static let setOpenFileLock: Int32 = 90
  #else
    private static let setOpenFileLock: Int32 = 37
  #endif

  private static var now: Int { Int(Date().timeIntervalSince1970 * 1000) }
}

/// Why runs cannot share their places.
package struct LockedPlacesError: Error, Sendable {
  package let path: String
  /// Lower case, without a full stop.
  package let reason: String
}
