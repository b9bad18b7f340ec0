import WeirTestSupport

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The files of the project as they lie on disk, by their paths from its root.
enum Repository {
  /// The names in a folder, sorted; none where there is no such folder.
  static func names(in path: String) -> [String] {
    let names = try? FileManager.default.contentsOfDirectory(atPath: absolute(path))
    return (names ?? []).sorted()
  }

  /// All regular files below a folder whose names end so, sorted.
  static func files(in path: String, ending: String = "") -> [String] {
    var found: [String] = []
    for name in names(in: path) where !name.hasPrefix(".") {
      let inside = path.isEmpty ? name : "\(path)/\(name)"
      if isFolder(inside) {
        found += files(in: inside, ending: ending)
      } else if name.hasSuffix(ending) {
        found.append(inside)
      }
    }
    return found
  }

  static func isFolder(_ path: String) -> Bool {
    let attributes = try? FileManager.default.attributesOfItem(atPath: absolute(path))
    return attributes?[.type] as? FileAttributeType == .typeDirectory
  }

  static func text(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: Golden.projectFolder.appending(path: path)), as: UTF8.self)
  }

  static func lines(_ path: String) throws -> [Substring] {
    try text(path).split(separator: "\n", omittingEmptySubsequences: false)
  }

  private static func absolute(_ path: String) -> String {
    Golden.projectFolder.appending(path: path).path
  }
}

extension Substring {
  /// What stands between double quotes, in order.
  var quoted: [Substring] {
    split(separator: "\"", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset % 2 == 1 }.map(\.element)
  }
}
