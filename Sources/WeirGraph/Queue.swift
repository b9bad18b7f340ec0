/// First in, first out; starts anew in its storage whenever it runs empty, and keeps no more than it needs.
struct Queue<Element: Sendable>: Sendable {
  private var elements: [Element] = []
  private var head = 0
  private static var many: Int { 1024 }

  var isEmpty: Bool { head == elements.count }
  var count: Int { elements.count - head }
  var first: Element? { isEmpty ? nil : elements[head] }

  mutating func add(_ element: Element) { elements.append(element) }

  mutating func removeFirst() -> Element {
    let element = elements[head]
    head += 1
    if isEmpty {
      elements.removeAll(keepingCapacity: elements.count < Self.many)
      head = 0
    } else if head >= Self.many, head * 2 >= elements.count {
      // One that never runs empty would keep all that went through it.
      elements = Array(elements[head...])
      head = 0
    }
    return element
  }
}
