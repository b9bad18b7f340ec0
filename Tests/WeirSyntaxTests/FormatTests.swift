import Testing
import WeirDiagnostics
import WeirSyntax
import WeirSyntaxSupport
import WeirTestSupport

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The one style, by files before and after.
struct FormatTests {
  static let cases = Golden.names(in: "format").filter { !$0.hasSuffix(".expected.flow") }

  @Test(arguments: cases) func laysOut(_ name: String) throws {
    let (file, told) = parse(SourceFile(path: name, bytes: try Golden.read("format/\(name)")))
    #expect(told.map(\.described) == [])
    let trial = FormatTrial(file)
    #expect(trial.complaints() == [])
    Golden.expect(
      String(decoding: trial.formatted, as: UTF8.self),
      matches: "format/\(name.dropLast(".flow".count)).expected.flow")
  }

  @Test func thereAreCases() { #expect(Self.cases.count >= 9) }

  private func formatted(_ text: String) -> String {
    let (file, told) = parse(source(text))
    #expect(told.map(\.described) == [])
    #expect(FormatTrial(file).complaints() == [])
    return String(decoding: format(file), as: UTF8.self)
  }

  // MARK: Bytes

  @Test func lineBreaksOfWindowsBecomeOurs() {
    #expect(
      formatted("let a = 1 # why\r\n\r\n\r\nlet b = [\r\n1]\r\n")
        == "let a = 1  # why\n\nlet b = [\n  1,\n]\n")
    #expect(formatted("let a = 1\rlet b = 2\r") == "let a = 1\nlet b = 2\n")
    #expect(
      formatted("let a = \"\"\"  \r\n    a\r\n\r\n    b\r\n    \"\"\"\r\n")
        == "let a = \"\"\"\n  a\n\n  b\n  \"\"\"\n")
  }

  @Test func aReturnThatIsTextStays() {
    #expect(formatted("let a = \"\"\"\na\rb\r\r\n\"\"\"\n") == "let a = \"\"\"\n  a\rb\r\r\n  \"\"\"\n")
  }

  @Test func aByteOrderMarkGoes() {
    #expect(formatted("\u{FEFF}#!/usr/bin/env weir\nlet a = 1") == "#!/usr/bin/env weir\nlet a = 1\n")
    #expect(formatted("\u{FEFF}\n  let a = 1") == "let a = 1\n")
  }

  @Test func blanksAtTheEndOfATextStay() {
    #expect(formatted("let a = \"\"\"\n a  \n    \n \"\"\"\n") == "let a = \"\"\"\n  a  \n     \n  \"\"\"\n")
  }

  @Test func widthIsCountedInCharacters() {
    let word = String(repeating: "ä", count: 40)
    let call = "let a = f(\"\(word)\", \"\(word)\")\n"
    #expect(formatted(call) == call)
  }

  @Test(arguments: [99, 100, 101]) func aLineHasAtMostAHundredCharacters(_ width: Int) {
    let name = String(repeating: "x", count: width - "let a = [, 1]".count)
    let line = "let a = [\(name), 1]\n"
    #expect(formatted(line) == (width > 100 ? "let a = [\n  \(name),\n  1,\n]\n" : line))
  }

  // MARK: What is left alone

  @Test func aFileWithAMistakeStaysAsItIs() {
    let (file, told) = parse(source("let  a = = 1\nlet   b=2"))
    #expect(!told.isEmpty)
    #expect(format(file) == file.source.bytes)
  }

  // MARK: Meaning

  /// The flows of a folder of the project; where a file holds several, each.
  private func flows(in folder: String) throws -> [[UInt8]] {
    let root = Golden.projectFolder.appending(path: folder)
    let names = try FileManager.default.subpathsOfDirectory(atPath: root.path).filter {
      $0.hasSuffix(".flow")
    }
    return try names.sorted().flatMap { name in
      String(decoding: try Data(contentsOf: root.appending(path: name)), as: UTF8.self)
        .split(separator: "\n---\n").map { Array($0.utf8) }
    }
  }

  @Test(arguments: ["workflows", "stdlib", "Tests/Golden"])
  func theFlowsOfTheProjectKeepTheirMeaning(_ folder: String) throws {
    var whole = 0
    var random = Random(seed: 1)
    for text in try flows(in: folder) {
      var shaker = LayoutShaker(Random(seed: random.next()))
      for bytes in [text, shaker.shake(text)] {
        let (file, told) = parse(SourceFile(path: folder, bytes: bytes))
        guard told.isEmpty else { continue }
        whole += 1
        #expect(FormatTrial(file).complaints() == [], "\(String(decoding: bytes, as: UTF8.self))")
      }
    }
    #expect(whole > 15)
  }

  @Test(arguments: 0..<8) func generatedFlowsKeepTheirMeaning(_ lane: UInt64) {
    var whole = 0
    for seed in 0..<60 {
      var random = Random(seed: lane &* 1_000_003 &+ UInt64(seed))
      var writer = FlowWriter(Random(seed: random.next()))
      let text = Array(writer.flow().utf8)
      var shaker = LayoutShaker(Random(seed: random.next()))
      for bytes in [text, shaker.shake(text)] {
        let (file, told) = parse(SourceFile(path: "written.flow", bytes: bytes))
        guard told.isEmpty else { continue }
        whole += 1
        #expect(FormatTrial(file).complaints() == [], "\(String(decoding: bytes, as: UTF8.self))")
      }
    }
    #expect(whole > 60)
  }
}
