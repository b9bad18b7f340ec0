// The static standard library, which releases are built with, has no `Testing`; there are no tests either.
#if canImport(Testing)
  package import Testing
#endif
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

/// Files that hold what the program must say, under `Tests/Golden`.
///
/// With `WEIR_RECORD=1` a golden is written anew **and the test fails**, so that a new baseline is
/// never taken unread. A missing file fails as well.
package enum Golden {
  /// `Tests/Golden`.
  package static let folder = projectFolder.appending(path: "Tests/Golden")

  /// The root of the project.
  package static let projectFolder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The names in a folder of goldens, sorted, without those that begin with a point.
  package static func names(in path: String) -> [String] {
    let folder = folder.appending(path: path)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { !$0.hasPrefix(".") }.sorted()
  }

  package static func read(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: folder.appending(path: path)))
  }

  package static func text(_ path: String) throws -> String {
    String(decoding: try read(path), as: UTF8.self)
  }
}

#if canImport(Testing)
  extension Golden {
    /// Compares `actual` with the golden at `path`, line by line in the message when they differ.
    package static func expect(
      _ actual: String, matches path: String, sourceLocation: SourceLocation = #_sourceLocation
    ) {
      let file = folder.appending(path: path)
      if getenv("WEIR_RECORD").map({ String(cString: $0) }) == "1" {
        try? FileManager.default.createDirectory(
          at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        let before = try? String(contentsOf: file, encoding: .utf8)
        guard before != actual else { return }
        try? Data(actual.utf8).write(to: file)
        Issue.record(
          "recorded \(path); read it, then run without WEIR_RECORD", sourceLocation: sourceLocation)
        return
      }
      guard let expected = try? String(contentsOf: file, encoding: .utf8) else {
        Issue.record(
          "no golden at \(path); WEIR_RECORD=1 writes it. It would be:\n\(actual)",
          sourceLocation: sourceLocation)
        return
      }
      guard expected != actual else { return }
      Issue.record(
        "\(path) differs\n--- expected\n\(expected)\n--- actual\n\(actual)", sourceLocation: sourceLocation)
    }
  }
#endif
