import Testing
import WeirDiagnostics
import WeirProgram
import WeirValues

@Suite struct ExpressionListTests {
  @Test func namesOfOneTypeComeBackAsTheyWere() {
    let written = [name(4, at: 0), name(2, at: 3), name(4, at: 6)]
    let list = ExpressionList(written)
    #expect(list.map(\.id) == [ValueID(4), ValueID(2), ValueID(4)])
    #expect(list.map(\.span) == written.map(\.span))
    #expect(list.allSatisfy { $0.type == .string })
    #expect(list.first?.id == ValueID(4))
  }

  @Test func whatIsNotANameOrOfAnotherTypeStaysWhatItIs() {
    let constant = Expression(.constant(.int(7)), type: .int, span: span(9))
    let list = ExpressionList([name(1, at: 0), constant, name(3, at: 12, .int)])
    #expect(list.map(\.id) == [ValueID(1), nil, ValueID(3)])
    #expect(list.map(\.type) == [.string, .int, .int])
    #expect(ExpressionList([name(1, at: 0), name(3, at: 12, .int)]).map(\.type) == [.string, .int])
    #expect(ExpressionList([]).isEmpty)
  }

  private func name(_ id: Int, at place: Int, _ type: ValueType = .string) -> Expression {
    Expression(.value(ValueID(id)), type: type, span: span(place))
  }

  private func span(_ place: Int) -> Span { Span(place..<place + 1, in: FileID(0)) }
}

extension Expression {
  fileprivate var id: ValueID? {
    if case .value(let id) = kind { id } else { nil }
  }
}
