package import WeirDiagnostics

#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
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
    SourceFile(path: path, bytes: Array(try read(path, atMost: Self.greatestFlow, as: "flow")))
  }

  /// The bytes of a regular file that is not larger than `limit`.
  package func read(_ path: String, atMost limit: Int, as noun: String) throws(LoadFailure) -> Data {
    let whole = URL(filePath: resolve(path)).resolvingSymlinksInPath()
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: whole.path) else {
      throw missing(path, noun)
    }
    if attributes[.type] as? FileAttributeType == .typeDirectory {
      throw LoadFailure("`\(path)` is a folder, not a \(noun)")
    }
    let size = attributes[.size] as? Int ?? 0
    if size > limit { throw tooLarge(path, size, limit, noun) }
    do {
      let data = try Data(contentsOf: whole)
      if data.count > limit { throw tooLarge(path, data.count, limit, noun) }
      return data
    } catch let failure as LoadFailure {
      throw failure
    } catch {
      throw LoadFailure(
        "the \(noun) `\(path)` cannot be read", advice: "check that you may read it: `ls -l \(path)`")
    }
  }

  private func missing(_ path: String, _ noun: String) -> LoadFailure {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let folder = parts.dropLast().joined(separator: "/")
    let name = String(parts.last ?? "")
    let siblings = try? FileManager.default.contentsOfDirectory(
      atPath: resolve(path.hasPrefix("/") && folder.isEmpty ? "/" : folder))
    guard let siblings else {
      return LoadFailure("there is no \(noun) `\(path)`: the folder `\(folder)` does not exist")
    }
    let near = siblings.nearest(to: name).map { folder.isEmpty ? $0 : "\(folder)/\($0)" }
    return LoadFailure("there is no \(noun) `\(path)`", advice: near.map { "did you mean `\($0)`?" })
  }

  private func tooLarge(_ path: String, _ size: Int, _ limit: Int, _ noun: String) -> LoadFailure {
    LoadFailure("the \(noun) `\(path)` has \(size) bytes; at most \(limit >> 20) MB are read")
  }
}

extension ProjectFiles {
  package func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: resolve(path)) }
}
