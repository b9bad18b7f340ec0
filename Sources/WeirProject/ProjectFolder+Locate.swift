import WeirDiagnostics
import WeirValues

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

extension ProjectFolder {
  /// The names that lead from the root to what a path of the flow means, with no symbolic link among
  /// them.
  ///
  /// What `..` says is judged before the disk is asked, so that nobody learns what lies outside.
  func locate(_ path: String) throws(FileFailure.Reason) -> [String] {
    try checkForm(path)
    let whole = FilePaths.joined(directory, path)
    guard let real = FilePaths.real(whole) else {
      throw errno == EACCES ? .unreadable("permission denied") : missing(path)
    }
    guard let steps = FilePaths.steps(from: root, to: real) else { throw .linkOutside }
    return steps
  }

  private func checkForm(_ path: String) throws(FileFailure.Reason) {
    if path.isEmpty { throw .empty }
    if path.utf8.first == UInt8(ascii: "/") { throw .absolute }
    if path.utf8.contains(0) { throw .missing(nearest: nil) }
    if path.contains("://") || path.utf8.starts(with: "data:".utf8) { throw .address }
    guard staysInside(path.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }) else {
      throw .outside
    }
  }

  /// Whether no `..` of these names goes above the root.
  func staysInside(_ names: [String]) -> Bool {
    var depth = FilePaths.steps(from: root, to: directory)?.count ?? 0
    for name in names where name != "." {
      depth += name == ".." ? -1 : 1
      if depth < 0 { return false }
    }
    return true
  }

  /// Names of the folder are told only where it is one of the project.
  private func missing(_ path: String) -> FileFailure.Reason {
    let folder = FilePaths.parent(path)
    guard let real = FilePaths.real(folder.map { FilePaths.joined(directory, $0) } ?? directory) else {
      return .missingFolder(folder ?? ".")
    }
    guard FilePaths.steps(from: root, to: real) != nil else { return .linkOutside }
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: real) else {
      return .missingFolder(folder ?? ".")
    }
    let near = names.sorted().nearestFile(to: FilePaths.name(path))
    return .missing(nearest: near.map { name in folder.map { FilePaths.joined($0, name) } ?? name })
  }
}
