import Testing
import WeirProgram
import WeirRun
import WeirValues

@Suite struct BindingsTests {
  /// Names in a row, with a gap, and far apart.
  @Test(arguments: [[3, 4, 5], [7, 9, 8, 12], [1, 100_000]]) func aNameHasTheValueThatItWasGiven(
    _ numbers: [Int]
  ) {
    let ids = numbers.map { ValueID($0) }
    var bindings = Bindings(roomFor: ids)
    #expect(ids.allSatisfy { bindings[$0] == nil })
    for id in ids { bindings[id] = .int(id.index) }
    for number in 0...20 {
      #expect(bindings[ValueID(number)] == (numbers.contains(number) ? .int(number) : nil))
    }
    #expect(ids.allSatisfy { bindings[$0] == .int($0.index) })
  }

  @Test func aNameThatNoRoomWasMadeForHasItsValueAsWell() {
    var bindings = Bindings(roomFor: [ValueID(3), ValueID(4)])
    bindings[ValueID(9)] = .null
    bindings[ValueID(2)] = .null
    #expect(bindings[ValueID(9)] == .null)
    #expect(bindings[ValueID(2)] == .null)
    #expect(bindings[ValueID(3)] == nil)
  }

  @Test func othersHideThoseOfTheSameName() {
    var row = Bindings(roomFor: [ValueID(3), ValueID(4)])
    row[ValueID(3)] = .int(3)
    row[ValueID(4)] = .int(4)
    let table: Bindings = [ValueID(4): .int(40), ValueID(5): .int(50)]
    let ids = (3...5).map { ValueID($0) }
    #expect(ids.map { row.adding(table)[$0] } == [.int(3), .int(40), .int(50)])
    #expect(ids.map { table.adding(row)[$0] } == [.int(3), .int(4), .int(50)])
  }
}
