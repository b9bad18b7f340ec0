import Testing
import WeirEndpoint
import WeirProgram
import WeirRun
import WeirValues

#if canImport(FoundationEssentials)
  import struct FoundationEssentials.Data
#else
  import struct Foundation.Data
#endif

private let cat = Picture.address("https://example.org/cat.png")
private let dog = Picture.address("https://example.org/dog.png")
private let catValue = constant(.image(cat), .image)
private let pets = constant(.list([.image(cat), .image(dog)]), .list(.image))

private func render(_ expression: Expression) throws -> [PromptPart] {
  try TemplateRenderer(Evaluator(Program(), values: [:])).prompt(of: expression)
}

@Suite struct TemplateRendererTests {
  @Test func joinsTextsAndKeepsPicturesInTheirPlaces() throws {
    let prompt = template(
      .text("Look: "), .value("at "), .value(catValue), .text("\nand "), .value(pets), .text("."))
    #expect(
      try render(prompt) == [
        .text("Look: at "), .picture(cat), .text("\nand "), .picture(cat), .picture(dog), .text("."),
      ])
  }

  @Test func aPictureInABranchOrALoopKeepsItsPlace() throws {
    let branch = expression(
      .conditional(true, then: template(.text("a"), .value(catValue)), otherwise: "b"), .string)
    let prompt = template(
      .value(branch), .loop(pets, depth: 0, Template([.text("-"), .value(expression(.local(0), .image))])))
    #expect(
      try render(prompt) == [
        .text("a"), .picture(cat), .text("-"), .picture(cat), .text("-"), .picture(dog),
      ])
  }

  @Test func aFileGoesInAsItselfAndATextAsItsText() throws {
    let pdf = try #require(Document(name: "a.pdf", bytes: Data("%PDF-1.7".utf8)))
    let text = try #require(Document(name: "a.md", bytes: Data("# Cats".utf8)))
    let files = constant(.list([.file(pdf), .image(cat), .file(text)]), .list(.file))
    #expect(
      try render(template(.value(constant(.file(pdf), .file)), .text(": "), .value(files)))
        == [.document(pdf), .text(": "), .document(pdf), .picture(cat), .text("# Cats")])
    let renderer = TemplateRenderer(Evaluator(Program(), values: [:]))
    #expect(try renderer.text(of: template(.value(constant(.file(text), .file)))) == "# Cats")
    #expect(throws: EvaluationFailure.self) {
      try renderer.text(of: template(.value(constant(.file(pdf), .file))))
    }
  }

  @Test func anEmptyListOfPicturesLeavesNothingBehind() throws {
    let none = constant(.list([]), .list(.image))
    #expect(try render(template(.text("a"), .value(none), .text("b"))) == [.text("ab")])
  }

  @Test func aPlainExpressionIsAPromptToo() throws {
    #expect(try render("Hello") == [.text("Hello")])
    #expect(try render(catValue) == [.picture(cat)])
  }

  @Test func anEmptyPromptHasNoParts() throws {
    #expect(try render("") == [])
  }

  @Test func recordsAreIndentedInTheOrderOfTheirFields() throws {
    let value = constant(.record(["z": .int(1), "a": .list([.string("x")])]))
    #expect(try render(template(.value(value))) == [.text("{\n  \"z\": 1,\n  \"a\": [\n    \"x\"\n  ]\n}")])
  }

  @Test func systemTakesNoPicture() {
    let renderer = TemplateRenderer(Evaluator(Program(), values: [:]))
    #expect { try renderer.text(of: template(.value(catValue))) } throws: {
      ($0 as? EvaluationFailure)?.message == "a picture or file can stand only in a prompt"
    }
  }
}
