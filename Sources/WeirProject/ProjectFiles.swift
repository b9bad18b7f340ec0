package import WeirDiagnostics
import WeirValues

#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Why a file could not be read, in words for a person.
package struct LoadFailure: Error, Sendable {
  /// Lower case, names the file, without a full stop.
  package let message: String
  package let advice: String?

  package init(_ message: String, advice: String? = nil) {
    self.message = message
    self.advice = advice
  }
}

/// The files of a project as they lie on disk, seen from one folder.
package struct ProjectFiles: Sendable {
  /// What relative paths are relative to.
  package let directory: String

  package static let greatestFlow = 64 << 20

  package init(directory: String) { self.directory = directory }

  package func resolve(_ path: String) -> String {
    path.hasPrefix("/") ? path : "\(directory)/\(path)"
  }

  /// A flow, or why there is none.
  package func loadFlow(_ path: String) throws(LoadFailure) -> SourceFile {
    let data = try read(path, atMost: Self.greatestFlow, as: "flow")
    if PictureFormat(recognising: data) != nil {
      throw LoadFailure(
        "`\(path)` is a picture, not a flow", advice: "the flow stands first, and its inputs after it by name"
      )
    }
    if data.prefix(4096).contains(0) { throw LoadFailure("`\(path)` is not text, so it is no flow") }
    return SourceFile(path: path, bytes: Array(data))
  }

  /// The bytes of a file that is not larger than `limit`. A pipe, such as `<(…)` of a shell, is as good
  /// as a file.
  package func read(_ path: String, atMost limit: Int, as noun: String) throws(LoadFailure) -> Data {
    let (descriptor, size) = try openFile(path, as: noun)
    defer { close(descriptor) }
    if size > limit { throw tooLarge(path, "has \(size) bytes", limit, noun) }
    // The size of a pipe is not known before, so that the end is where nothing more comes.
    var data = Data(capacity: size)
    var buffer = [UInt8](repeating: 0, count: min(max(size + 1, 1 << 16), 1 << 20))
    while true {
      let count = Self.read(descriptor, into: &buffer)
      if count < 0 { throw unreadable(path, noun) }
      if count == 0 { return data }
      data.append(contentsOf: buffer[..<count])
      if data.count > limit { throw tooLarge(path, "is too large", limit, noun) }
    }
  }

  /// Hands on the bytes of a file of any size in pieces, so that only one of them is held.
  package func readParts(
    of path: String, as noun: String, _ take: ([UInt8]) -> Void
  ) throws(LoadFailure) {
    let (descriptor, _) = try openFile(path, as: noun)
    defer { close(descriptor) }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Self.read(descriptor, into: &buffer)
      if count < 0 { throw unreadable(path, noun) }
      if count == 0 { return }
      take(Array(buffer[..<count]))
    }
  }

  private func openFile(_ path: String, as noun: String) throws(LoadFailure) -> (Int32, size: Int) {
    let descriptor = open(resolve(path), O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw errno == ENOENT || errno == ENOTDIR ? missing(path, noun) : unreadable(path, noun)
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else {
      close(descriptor)
      throw status.st_mode & S_IFMT == S_IFDIR
        ? LoadFailure("`\(path)` is a folder, not a \(noun)") : unreadable(path, noun)
    }
    return (descriptor, Int(status.st_size))
  }

  /// How many bytes came, 0 at the end, -1 where there is an error.
  private static func read(_ descriptor: Int32, into buffer: inout [UInt8]) -> Int {
    while true {
      let count = buffer.withUnsafeMutableBytes { systemRead(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 || errno != EINTR { return count }
    }
  }

  private func unreadable(_ path: String, _ noun: String) -> LoadFailure {
    LoadFailure(
      "the \(noun) `\(path)` cannot be read", advice: "check that you may read it: `ls -l \(path)`")
  }

  private func missing(_ path: String, _ noun: String) -> LoadFailure {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let folder = parts.dropLast().joined(separator: "/")
    let name = String(parts.last ?? "")
    let siblings = try? FileManager.default.contentsOfDirectory(
      atPath: resolve(path.hasPrefix("/") && folder.isEmpty ? "/" : folder))
    guard let siblings else {
      return LoadFailure(
        "there is no \(noun) `\(path)`: the folder `\(folder.isEmpty ? directory : folder)` does not exist")
    }
    let near = siblings.sorted().nearestFile(to: name).map { folder.isEmpty ? $0 : "\(folder)/\($0)" }
    return LoadFailure("there is no \(noun) `\(path)`", advice: near.map { "did you mean `\($0)`?" })
  }

  private func tooLarge(_ path: String, _ what: String, _ limit: Int, _ noun: String) -> LoadFailure {
    LoadFailure("the \(noun) `\(path)` \(what); at most \(limit >> 20) MB are read")
  }
}

extension ProjectFiles {
  package func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: resolve(path)) }
}

private func systemRead(_ descriptor: Int32, _ start: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(descriptor, start, count)
}
