import WeirTestSupport

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A page of the documents, for what its reader may try.
struct Page {
  struct Block {
    /// What stands behind the three marks that open it.
    let language: String
    /// With a line break behind each line.
    var text: String
  }

  let lines: [String]

  /// By its path from the root of the project; without lines where there is none.
  init(_ path: String) {
    let bytes = (try? Golden.projectFile(path)) ?? []
    lines = String(decoding: bytes, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// The fenced blocks, in order.
  var blocks: [Block] {
    var blocks: [Block] = []
    var open: Block?
    for line in lines {
      if !line.hasPrefix("```") {
        open?.text += line + "\n"
      } else if let block = open {
        blocks.append(block)
        open = nil
      } else {
        open = Block(language: String(line.dropFirst(3)), text: "")
      }
    }
    return blocks
  }

  /// What lies in a folder of the project, sorted.
  static func names(in folder: String) -> [String] {
    let path = Golden.projectFolder.appending(path: folder).path
    return ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }
}

extension Golden {
  /// A file by its path from the root of the project.
  static func projectFile(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: projectFolder.appending(path: path)))
  }
}
