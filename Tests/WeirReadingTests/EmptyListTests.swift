import Testing
import WeirValues

@testable import WeirReading

/// A list without elements is one where a list is wanted, however many there are and whatever else may be.
struct EmptyListTests {
  private static let words = ValueType.list(.string)
  private static let record = ValueType.record([RecordField("a", .list(.json))])

  private func tree(_ types: inout TypeTable) -> ValueType {
    let tree = types.add(.init(name: "Tree", type: .error))
    types[tree] = .init(name: "Tree", type: .union([Self.record, .list(.named(tree))]))
    return .named(tree)
  }

  @Test(
    arguments: [
      .list(words), .list(words.optional), .list(.json), .list(.union([words, .int])),
      .list(.union([record, words])), .list(.union([.int, .json])),
    ] as [ValueType])
  func isTakenAsItIs(_ type: ValueType) throws {
    let reading = try TypeTable().readAnswer("[[], [ ], [],]", as: type)
    #expect(reading.value == .list([.list([]), .list([]), .list([])]))
    #expect(reading.changes.map(\.kind) == [.surplusComma])
  }

  /// Dots stand in the place of elements.
  @Test func isNotTakenWhereSomethingWasLeftOut() {
    for type in [ValueType.list(.json), .list(Self.words), .list(.union([Self.record, Self.words]))] {
      #expect(throws: ReadingFailure.self) { try TypeTable().readAnswer("[[], [...],]", as: type) }
    }
  }

  @Test func isARecordOnlyWhereNoListIsWanted() throws {
    let reading = try TypeTable().readAnswer("[[], ],", as: .list(.union([Self.record, .int])))
    #expect(reading.value == .list([.record(["a": .list([])])]))
    #expect(reading.certainty == .coerced)
  }

  @Test func manyOfThemInATypeThatHoldsItselfAreRead() throws {
    var types = TypeTable()
    let type = tree(&types)
    var options = ReadingOptions()
    options.allowsPartial = true
    let text = "[" + String(repeating: "[]", count: 20_000)
    #expect(try types.readAnswer(text, as: type, options).value.list?.count == 20_000)
  }
}
