import Testing
import WeirTestSupport

struct TopLevelTests {
  @Test func theTopLevelHoldsWhatAVisitorLooksFor() {
    let allowed = [
      "LICENSE", "Package.swift", "README.md", "Sources", "Tests", "docs", "stdlib", "workflows",
    ]
    for name in Repository.names(in: "") where !name.hasPrefix(".") {
      #expect(allowed.contains(name), "\(name)")
    }
  }

  @Test func relativeLinksOfTheDocumentsLeadSomewhere() throws {
    let documents =
      ["README.md"] + Repository.files(in: "docs", ending: ".md")
      + Repository.files(in: "workflows", ending: ".md") + Repository.files(in: "Tests", ending: ".md")
    var count = 0
    for document in documents {
      let folder = document.split(separator: "/").dropLast()
      for link in try Repository.text(document).split(separator: "](").dropFirst() {
        let target = link.prefix { $0 != ")" && $0 != "#" && $0 != " " }
        guard !target.isEmpty, !target.contains(":"), !target.contains("\n") else { continue }
        count += 1
        #expect(Self.exists(target, from: folder), "\(document) leads to \(target)")
      }
    }
    #expect(count > 5)
  }

  private static func exists(_ target: Substring, from folder: ArraySlice<Substring>) -> Bool {
    var parts = Array(folder)
    for part in target.split(separator: "/") {
      if part == ".." {
        guard parts.popLast() != nil else { return false }
      } else if part != "." {
        parts.append(part)
      }
    }
    guard let name = parts.popLast() else { return true }
    return Repository.names(in: parts.joined(separator: "/")).contains(String(name))
  }
}
