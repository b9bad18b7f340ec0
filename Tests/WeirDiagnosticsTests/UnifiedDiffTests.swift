import Testing
import WeirDiagnostics

/// What changed between two texts, and that it is enough to make the one from the other.
struct UnifiedDiffTests {
  private func diff(_ old: String, _ new: String) -> String {
    unifiedDiff(from: Array(old.utf8), to: Array(new.utf8), path: "a.flow")
  }

  private static func lines(_ range: ClosedRange<Int>) -> String {
    range.map { "\($0)\n" }.joined()
  }

  @Test func sameTextsHaveNoDifference() {
    #expect(diff("a\nb\n", "a\nb\n").isEmpty)
    #expect(diff("", "").isEmpty)
  }

  @Test func aChangeStandsBetweenThreeLinesOfContext() {
    let old = Self.lines(1...9)
    #expect(
      diff(old, old.replacing("5\n", with: "five\n"))
        == """
        --- a/a.flow
        +++ b/a.flow
        @@ -2,7 +2,7 @@
         2
         3
         4
        -5
        +five
         6
         7
         8

        """)
  }

  @Test func changesThatAreSixLinesApartShareAHunkAndSevenDoNot() {
    let old = Self.lines(1...20)
    let near = old.replacing("\n5\n", with: "\nfive\n").replacing("\n12\n", with: "\ntwelve\n")
    let far = old.replacing("\n5\n", with: "\nfive\n").replacing("\n13\n", with: "\nthirteen\n")
    #expect(diff(old, near).split(separator: "\n").count { $0.hasPrefix("@@") } == 1)
    #expect(diff(old, far).split(separator: "\n").count { $0.hasPrefix("@@") } == 2)
  }

  @Test func addedAndRemovedTextsAreNamedByTheLineBefore() {
    #expect(diff("", "a\n").contains("@@ -0,0 +1 @@\n+a\n"))
    #expect(diff("a\n", "").contains("@@ -1 +0,0 @@\n-a\n"))
  }

  @Test func aMissingLastLineBreakIsSaid() {
    #expect(
      diff("a\nb", "a\nc\n")
        == "--- a/a.flow\n+++ b/a.flow\n@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+c\n")
  }

  @Test func aCarriageReturnIsPartOfItsLine() {
    #expect(diff("a\r\nb\r\n", "a\r\nb\n").contains(" a\r\n-b\r\n+b\n"))
  }

  @Test func theDifferenceIsAsShortAsCanBe() {
    // Myers' own example: five changes lead from the one to the other.
    let changed = diff("a\nb\nc\na\nb\nb\na\n", "c\nb\na\nb\na\nc\n").split(separator: "\n").dropFirst(2)
    #expect(changed.count { $0.hasPrefix("-") || $0.hasPrefix("+") } == 5)
  }

  @Test(arguments: 1...200) func theDifferenceMakesTheOneFromTheOther(_ seed: Int) {
    var random = Steps(state: UInt64(seed))
    let old = random.text(lines: seed % 40, kinds: 2 + seed % 7)
    let new = seed % 3 == 0 ? random.text(lines: seed % 31, kinds: 4) : random.changed(old)
    #expect(Patch(diff(old, new)).applied(to: old) == new)
  }

  @Test func textsThatDifferEverywhereAreStillComparedRight() {
    var random = Steps(state: 7)
    let old = random.text(lines: 3000, kinds: 40)
    let new = random.text(lines: 2500, kinds: 40)
    #expect(Patch(diff(old, new)).applied(to: old) == new)
  }

  /// Neither a repeated line nor one that changes its place makes it slow; a quadratic way would take
  /// minutes here.
  @Test(.timeLimit(.minutes(1))) func largeTextsTakeNoLongTime() {
    var random = Steps(state: 9)
    let old = random.text(lines: 10_000, kinds: 200)
    let new = random.text(lines: 10_000, kinds: 200)
    #expect(Patch(diff(old, new)).applied(to: old) == new)
  }
}

/// Numbers that are the same in every run.
private struct Steps {
  var state: UInt64

  mutating func next(_ limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % limit
  }

  mutating func text(lines: Int, kinds: Int) -> String {
    let text = (0..<lines).map { _ in "line \(next(kinds))\n" }.joined()
    return next(4) == 0 ? String(text.dropLast()) : text
  }

  mutating func changed(_ text: String) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for _ in 0..<next(6) {
      let at = next(lines.count)
      if next(2) == 0, lines.count > 1 {
        lines.remove(at: at)
      } else {
        lines.insert("new \(next(3))", at: at)
      }
    }
    return lines.joined(separator: "\n")
  }
}

/// A unified diff as `patch` reads it.
private struct Patch {
  private var hunks: [(start: Int, lines: [Substring])] = []

  init(_ diff: String) {
    for line in diff.split(separator: "\n", omittingEmptySubsequences: false).dropFirst(2) {
      if line.hasPrefix("@@ -") {
        let numbers = line.dropFirst(4).prefix { $0 != " " }.split(separator: ",")
        let start = numbers.first.flatMap { Int($0) } ?? 0
        hunks.append((numbers.last == "0" && numbers.count == 2 ? start : start - 1, []))
      } else if !line.isEmpty {
        hunks[hunks.count - 1].lines.append(line)
      }
    }
  }

  /// Nil where a line of the patch is not where it says.
  func applied(to text: String) -> String? {
    var old = text.split(separator: "\n", omittingEmptySubsequences: false).map { $0 + "\n" }
    let last = old.removeLast().dropLast()
    if !last.isEmpty { old.append(last) }
    var new: [Substring] = []
    var at = 0
    for hunk in hunks {
      new += old[at..<hunk.start]
      at = hunk.start
      for (index, line) in hunk.lines.enumerated() where !line.hasPrefix("\\") {
        let isCut = index + 1 < hunk.lines.count && hunk.lines[index + 1].hasPrefix("\\")
        let content = line.dropFirst() + (isCut ? "" : "\n")
        if !line.hasPrefix("+") {
          guard at < old.count, old[at] == content else { return nil }
          at += 1
        }
        if !line.hasPrefix("-") { new.append(content) }
      }
    }
    return (new + old[at...]).joined()
  }
}
