import WeirProject

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

/// A folder with files, seen as a project; removed when nobody has it any more.
final class TestFolder {
  let files: ProjectFiles
  let path: String

  init(_ contents: [String: [UInt8]] = [:]) throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "weir-project-\(UUID().uuidString)")
    path = url.path
    files = ProjectFiles(directory: path)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    for (name, bytes) in contents { try write(name, bytes) }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ name: String, _ text: String) throws { try write(name, Array(text.utf8)) }

  private func write(_ name: String, _ bytes: [UInt8]) throws {
    let file = URL(filePath: path).appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
  }

  /// A file of that size without taking the room for it.
  func makeSparseFile(_ name: String, size: Int) throws {
    try Data().write(to: URL(filePath: "\(path)/\(name)"))
    guard truncate("\(path)/\(name)", off_t(size)) == 0 else { throw CocoaError(.fileWriteUnknown) }
  }

  func makeFolder(_ name: String) throws {
    try FileManager.default.createDirectory(
      at: URL(filePath: path).appending(path: name), withIntermediateDirectories: true)
  }

  func makePipe(_ name: String) throws {
    guard mkfifo("\(path)/\(name)", 0o600) == 0 else { throw CocoaError(.fileWriteUnknown) }
  }

  func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: "\(path)/\(name)", withDestinationPath: target)
  }
}

/// The picture formats by their first bytes, with something behind.
enum PictureBytes {
  static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13]
  static let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 0, 0x10, 0x4A, 0x46]
  static let gif = Array("GIF89a".utf8) + [1, 0, 1, 0]
  static let webp = Array("RIFF".utf8) + [4, 0, 0, 0] + Array("WEBPVP8 ".utf8)
}
