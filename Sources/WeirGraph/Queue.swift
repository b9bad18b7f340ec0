/// First in, first out; starts anew in its storage whenever it runs empty.
struct Queue<Element: Sendable>: Sendable {
  private var elements: [Element] = []
  private var head = 0

  var isEmpty: Bool { head == elements.count }
  var count: Int { elements.count - head }
  var first: Element? { isEmpty ? nil : elements[head] }

  mutating func add(_ element: Element) { elements.append(element) }

  mutating func removeFirst() -> Element {
    let element = elements[head]
    head += 1
    if isEmpty {
      elements.removeAll(keepingCapacity: true)
      head = 0
    } else if head >= 1024, head * 2 >= elements.count {
      // One that never runs empty would keep all that went through it.
      elements.removeFirst(head)
      head = 0
    }
    return element
  }
}
