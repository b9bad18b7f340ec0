import WeirDiagnostics
import WeirValues

/// The elements of a list that is written out.
///
/// A list of nothing but names of one type, such as that of the answers of very many steps, takes less than
/// half the room that its expressions would.
package struct ExpressionList: Sendable {
  private let elements: Elements

  private enum Elements: Sendable {
    case any([Expression])
    indirect case names([Name], ValueType)
  }

  private struct Name: Sendable {
    let id: ValueID
    let span: Span
  }

  package init(_ elements: [Expression]) {
    if let type = elements.first?.type, let names = Self.names(in: elements, of: type) {
      self.elements = .names(names, type)
    } else {
      self.elements = .any(elements)
    }
  }

  private static func names(in elements: [Expression], of type: ValueType) -> [Name]? {
    var names: [Name] = []
    for element in elements {
      guard case .value(let id) = element.kind, element.type == type else { return nil }
      if names.isEmpty { names.reserveCapacity(elements.count) }
      names.append(Name(id: id, span: element.span))
    }
    return names
  }
}

extension ExpressionList: RandomAccessCollection {
  package var startIndex: Int { 0 }

  package var endIndex: Int {
    switch elements {
    case .any(let elements): elements.count
    case .names(let names, _): names.count
    }
  }

  package subscript(place: Int) -> Expression {
    switch elements {
    case .any(let elements): elements[place]
    case .names(let names, let type):
      Expression(.value(names[place].id), type: type, span: names[place].span)
    }
  }
}

extension ExpressionList: ExpressibleByArrayLiteral {
  package init(arrayLiteral elements: Expression...) { self.init(elements) }
}
