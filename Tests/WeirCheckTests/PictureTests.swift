import Testing
import WeirDiagnostics
import WeirTestSupport

/// What a person sees of wrong flows, whole: `Golden/diagnostics/check-…/main.flow` and what is told.
struct PictureTests {
  static let cases = Golden.names(in: "diagnostics").filter { $0.hasPrefix("check-") }

  @Test(arguments: cases)
  func aPersonSeesEveryMistakeWithItsPlaceAndItsMend(_ name: String) throws {
    let flow = try Golden.read("diagnostics/\(name)/main.flow")
    let checked = Checked(flow, path: "main.flow")
    Golden.expect(checked.picture, matches: "diagnostics/\(name)/expected.txt")
  }

  @Test func thereAreTenPictures() { #expect(Self.cases.count >= 10) }

  @Test func theFlowOfSixMistakesIsToldSix() throws {
    let checked = Checked(try Golden.read("diagnostics/check-six-mistakes/main.flow"))
    #expect(
      checked.told.map(\.code.name) == [
        "type-mismatch", "unknown-field", "unknown-setting", "unit", "unknown-name", "unknown-field",
      ])
  }
}
