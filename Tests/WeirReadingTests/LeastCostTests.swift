import Testing
import WeirReadingSupport
import WeirValues

@testable import WeirReading

/// What is not tried, as it could only cost more, would indeed have cost more.
struct LeastCostTests {
  /// A type that holds itself in several ways, and a generated one.
  private func wanted(_ other: ValueType) -> WantedTypes {
    var types = TypeTable()
    let tree = types.add(.init(name: "Tree", type: .error))
    types[tree].type = .union([
      .record([RecordField("name", .string), RecordField("a", .list(.named(tree)).optional)]),
      .record([RecordField("value", .json), RecordField("a", .union([.named(tree), .int, .null]))]),
      .list(.named(tree)), other,
    ])
    return WantedTypes(.named(tree), in: types)
  }

  @Test func nothingCostsLessThanTheLeast() throws {
    var fitting = 0
    for seed in 0..<UInt64(20) {
      let answer = DamagedAnswer(seed: seed)
      let wanted = wanted(answer.type)
      let costs = try #require(wanted.leastCosts)
      let reader = LooseReader.read(answer.text)
      for node in reader.tree.nodes.indices.prefix(30) {
        var fitter = Fitter(wanted, LooseText(reader), ReadingOptions(), cut: nil)
        guard fitter.fit(node, wanted.whole) != nil else { continue }
        fitting += 1
        #expect(fitter.log.cost >= costs.cost(wanted.whole, fitter.shape(of: node)), "\(seed) \(node)")
      }
    }
    #expect(fitting > 30)
  }

  @Test func whatCanNeverBeIsToldAsTheWholeType() {
    let type = ValueType.union([.record([RecordField("id", .int)]), .record([RecordField("name", .bool)])])
    let types = TypeTable()
    do throws(ReadingFailure) {
      _ = try types.readAnswer(#"{"b": no}"#, as: .record([RecordField("b", type)]))
      Issue.record("words are no record")
    } catch {
      #expect(error.message(whole: "it") == "`b` must be `{id: int} | {name: bool}`, found the string \"no\"")
    }
  }
}
