import Testing
import WeirDiagnostics
import WeirProgram
import WeirProject
import WeirSyntax
import WeirSyntaxSupport
import WeirTestSupport

/// The flows that people read and copy.
struct FlowTests {
  struct Sample: Sendable, CustomTestStringConvertible {
    /// The file, and for a fenced block its line.
    let place: String
    let text: String

    var testDescription: String { place }
  }

  static let files: [Sample] =
    (Repository.files(in: "workflows", ending: ".flow")
    + Repository.files(in: "stdlib", ending: ".flow")).map { file in
      Sample(place: file, text: (try? Repository.text(file)) ?? "")
    }

  static let blocks: [Sample] =
    (["README.md"] + Repository.files(in: "docs", ending: ".md")
    + Repository.files(in: "workflows", ending: ".md")).flatMap(fenced)

  /// What stands between a line "```flow" and the next "```".
  private static func fenced(_ file: String) -> [Sample] {
    var samples: [Sample] = []
    var open: (line: Int, text: String)?
    for (number, line) in ((try? Repository.lines(file)) ?? []).enumerated() {
      if line.hasPrefix("```") {
        if let block = open { samples.append(Sample(place: "\(file):\(block.line)", text: block.text)) }
        open = open == nil && line == "```flow" ? (number + 2, "") : nil
      } else {
        open?.text += line + "\n"
      }
    }
    return samples
  }

  @Test(arguments: files + blocks)
  func everyFlowChecksClean(_ sample: Sample) {
    let flow = Flow(SourceFile(path: sample.place, text: sample.text))
    var renderer = DiagnosticRenderer(flow.sources)
    // The library asks whom its caller asks.
    let isOfLibrary = sample.place.hasPrefix("stdlib/")
    let told = flow.diagnostics.filter { !isOfLibrary || $0.code.name != "no-model" }
    #expect(told.isEmpty, "\(renderer.render(told))")
  }

  @Test(arguments: files + blocks)
  func everyFlowIsFormatted(_ sample: Sample) {
    let (file, told) = parse(SourceFile(path: sample.place, text: sample.text))
    guard told.isEmpty else { return }
    #expect(FormatTrial(file).complaints() == [])
    let formatted = String(decoding: format(file), as: UTF8.self)
    #expect(formatted == sample.text, "`weir fmt` makes of it:\n\(formatted)")
  }

  @Test func thereAreFlowsToCheck() {
    #expect(Self.files.count >= 5)
    #expect(Self.blocks.count >= 5)
    #expect(Self.blocks.contains { $0.place.hasPrefix("README.md:") })
    #expect(Self.blocks.contains { $0.place.hasPrefix("docs/language.md:") })
  }

  @Test func everyFlowSaysWhatItIsAbout() {
    for sample in Self.files {
      let flow = Flow(SourceFile(path: sample.place, text: sample.text))
      #expect(flow.isModule || flow.program.about != nil, "\(sample.place)")
    }
  }
}
