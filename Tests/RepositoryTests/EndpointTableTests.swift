import Testing
import WeirTestSupport

/// The table of what the services offer, `docs/endpoints.md`: each row names what shows it, or says why it is left out.
struct EndpointTableTests {
  private static let page = "docs/endpoints.md"
  private static let head = "| What | What Weir does with it | Shown by |"
  private static let reason = "Left out: "

  /// A row of a table, without its head.
  private struct Row {
    let place: String
    let cells: [Substring]

    /// What stands between back-ticks in the last cell: names of tests and of goldens, where nothing is left out.
    var words: [Substring] { cells.last?.coded ?? [] }
    var says: Substring { cells.last?.trimmed ?? "" }
  }

  private func rows() throws -> [Row] {
    try Repository.lines(Self.page).enumerated().compactMap { number, line in
      guard line.hasPrefix("|"), !line.hasPrefix("|---"), line != Self.head else { return nil }
      let cells = line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast()
      return Row(place: "\(Self.page):\(number + 1)", cells: Array(cells))
    }
  }

  /// The test functions of each suite, by the name of its file.
  private func tests() throws -> [Substring: Set<Substring>] {
    var tests: [Substring: Set<Substring>] = [:]
    for file in Repository.files(in: "Tests", ending: "Tests.swift") {
      let suite = file.split(separator: "/").last?.dropLast(".swift".count) ?? ""
      tests[suite, default: []].formUnion(try Repository.text(file).testFunctions)
    }
    return tests
  }

  @Test func everyRowHasThreeCells() throws {
    let rows = try rows()
    #expect(rows.count > 200)
    for row in rows {
      #expect(row.cells.count == 3, "\(row.place)")
      #expect(!row.cells.contains { $0.trimmed.isEmpty }, "\(row.place)")
    }
  }

  @Test func everyRowIsShownByATestOrSaysWhyItIsLeftOut() throws {
    for row in try rows() {
      if row.says.hasPrefix(Self.reason) {
        #expect(row.says.utf8.count > Self.reason.utf8.count + 20, "\(row.place)")
      } else {
        #expect(!row.words.isEmpty, "\(row.place) names no test")
        let rest = row.says.split(separator: "`", omittingEmptySubsequences: false).enumerated()
          .filter { $0.offset.isMultiple(of: 2) }.map(\.element)
        #expect(rest.allSatisfy { ["", ", "].contains($0) }, "\(row.place) names more than tests")
      }
    }
  }

  @Test func everyTestThatIsNamedExists() throws {
    let tests = try tests()
    #expect(tests["EndpointTableTests"]?.contains("everyTestThatIsNamedExists") == true)
    for row in try rows() where !row.says.hasPrefix(Self.reason) {
      for word in row.words where !word.contains("/") {
        let parts = word.split(separator: ".")
        let isThere = parts.count == 2 && tests[parts[0]]?.contains(parts[1]) == true
        #expect(isThere, "\(row.place): there is no test `\(word)`")
      }
    }
  }

  @Test func everyGoldenThatIsNamedExists() throws {
    let files = Set(Repository.files(in: "Tests/Golden"))
    let folders = Set(files.map { $0.split(separator: "/").dropLast().joined(separator: "/") })
    for row in try rows() where !row.says.hasPrefix(Self.reason) {
      for word in row.words where word.contains("/") {
        let path = "Tests/Golden/\(word)"
        #expect(files.contains(path) || folders.contains(path), "\(row.place): there is no golden `\(word)`")
      }
    }
  }
}

extension String {
  /// The names of the functions behind `@Test`, on its line or below it.
  fileprivate var testFunctions: [Substring] {
    split(separator: "@Test").dropFirst().compactMap { piece in
      piece.firstRange(of: "func ").map { piece[$0.upperBound...].prefix { $0 != "(" } }
    }
  }
}

extension Substring {
  /// What stands between back-ticks, in order.
  fileprivate var coded: [Substring] {
    split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .filter { !$0.offset.isMultiple(of: 2) }.map(\.element)
  }

  /// Without the spaces at its ends.
  fileprivate var trimmed: Substring {
    let start = drop { $0 == " " }
    return start.lastIndex { $0 != " " }.map { start[...$0] } ?? ""
  }
}
