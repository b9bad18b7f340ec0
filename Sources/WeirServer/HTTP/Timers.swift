/// What waits for its time: the earliest comes out first, and of equal ones that which was put in first.
///
/// A heap, so that a thousand streams cost each of them ten comparisons.
struct Timers<Element> {
  private struct Entry {
    let due: ContinuousClock.Instant
    let number: Int
    let element: Element

    func isBefore(_ other: Entry) -> Bool {
      due == other.due ? number < other.number : due < other.due
    }
  }

  private var heap: [Entry] = []
  private var count = 0

  var nextDue: ContinuousClock.Instant? { heap.first?.due }

  mutating func add(_ element: Element, due: ContinuousClock.Instant) {
    count += 1
    heap.append(Entry(due: due, number: count, element: element))
    var place = heap.count - 1
    while place > 0, heap[place].isBefore(heap[(place - 1) / 2]) {
      heap.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  mutating func takeDue(_ now: ContinuousClock.Instant) -> Element? {
    guard let first = heap.first, first.due <= now else { return nil }
    heap.swapAt(0, heap.count - 1)
    heap.removeLast()
    sink()
    return first.element
  }

  private mutating func sink() {
    var place = 0
    while true {
      var least = place
      for child in [2 * place + 1, 2 * place + 2]
      where child < heap.count && heap[child].isBefore(heap[least]) {
        least = child
      }
      if least == place { return }
      heap.swapAt(place, least)
      place = least
    }
  }
}
