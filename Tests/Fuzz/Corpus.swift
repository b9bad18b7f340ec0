import WeirCheck
import WeirDiagnostics
import WeirSyntax

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Texts to begin from: the flows of the project, and the examples of every diagnostic.
struct Corpus {
  private(set) var texts: [[UInt8]] = []

  init() {
    for folder in [
      "workflows", "stdlib", "Tests/Golden/errors", "Tests/Golden/diagnostics", "Tests/Golden/language",
    ] { add(folder) }
    for code in DiagnosticCode.syntaxCodes + DiagnosticCode.checkCodes {
      texts += [Array(code.wrong.utf8), Array(code.right.utf8)]
    }
  }

  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  private mutating func add(_ folder: String) {
    let names =
      (try? FileManager.default.subpathsOfDirectory(atPath: Self.root.appending(path: folder).path)) ?? []
    for name in names.sorted() where name.hasSuffix(".flow") {
      guard let data = try? Data(contentsOf: Self.root.appending(path: "\(folder)/\(name)")) else { continue }
      // The programs of one file are texts of their own, or changes to one would drown in the others.
      texts += String(decoding: data, as: UTF8.self).split(separator: "\n---\n").map { Array($0.utf8) }
    }
  }
}
