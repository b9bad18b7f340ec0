import Testing
import WeirCheck
import WeirDiagnostics
import WeirSyntax

/// The examples that `weir explain` shows.
struct CodeTests {
  static let codes = DiagnosticCode.syntaxCodes + DiagnosticCode.checkCodes

  /// U+FFFD stands for a byte that is no text.
  private static func bytes(_ text: String) -> [UInt8] {
    Array(text.replacing("\u{FFFD}", with: "\u{0}").utf8).map { $0 == 0 ? 0xE9 : $0 }
  }

  @Test(arguments: codes.map(\.name))
  func theWrongExampleIsToldItsCodeAndNothingElse(_ name: String) throws {
    let code = try #require(Self.codes.first { $0.name == name })
    let checked = Checked(Self.bytes(code.wrong))
    #expect(checked.told.map(\.code.name) == [name], "\(checked.picture)")
  }

  @Test(arguments: codes.map(\.name))
  func theRightExampleIsToldNothing(_ name: String) throws {
    let code = try #require(Self.codes.first { $0.name == name })
    let checked = Checked(Self.bytes(code.right))
    #expect(checked.told.isEmpty, "\(checked.picture)")
  }

  @Test func codesAreWordsAndEachIsListedOnce() {
    let names = Self.codes.map(\.name)
    #expect(Set(names).count == names.count)
    for name in names {
      #expect(
        !name.isEmpty
          && name.utf8.allSatisfy {
            $0 == UInt8(ascii: "-") || (0x61...0x7A).contains($0) || (0x30...0x39).contains($0)
          })
    }
    for code in Self.codes {
      #expect(code.explanation.hasSuffix(".") && !code.explanation.contains("\n"), "\(code.name)")
      #expect(code.wrong.hasSuffix("\n") && code.right.hasSuffix("\n"), "\(code.name)")
    }
  }
}
