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
  /// Folders that hold the files of others.
  private static let foreignFolders: Set<String> = ["node_modules"]

  /// The flows that a path names: of a folder all files below it whose names end in `.flow`, sorted, and
  /// else the path itself, whatever it is.
  ///
  /// What is hidden, such as `.git` and `.build`, is left out, as are `node_modules`. Links to folders are
  /// not followed, so that a circle of them has an end.
  package func flows(at path: String) throws(LoadFailure) -> [String] {
    guard kind(path, followingLinks: true) == S_IFDIR else { return [path] }
    var flows: [String] = []
    var open = [path == "." ? "" : path.hasSuffix("/") ? path : path + "/"]
    while let folder = open.popLast() {
      for name in try names(in: folder.isEmpty ? "." : folder) where !name.hasPrefix(".") {
        let isFlow = name.hasSuffix(".flow")
        switch kind(folder + name, followingLinks: isFlow) {
        case S_IFDIR where !Self.foreignFolders.contains(name): open.append("\(folder)\(name)/")
        case S_IFREG where isFlow: flows.append(folder + name)
        default: break
        }
      }
    }
    if flows.isEmpty {
      throw LoadFailure("no flow lies in the folder `\(path)`", advice: "flows end in `.flow`")
    }
    return flows.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The bits of a file's kind, or nil where there is none.
  private func kind(_ path: String, followingLinks: Bool) -> mode_t? {
    var status = stat()
    let result = followingLinks ? stat(resolve(path), &status) : lstat(resolve(path), &status)
    return result == 0 ? status.st_mode & S_IFMT : nil
  }

  func names(in folder: String) throws(LoadFailure) -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: resolve(folder))
    } catch {
      throw LoadFailure(
        "the folder `\(folder)` cannot be read", advice: "check that you may read it: `ls -ld \(folder)`")
    }
  }
}
