/// What the lists and objects that are being read hold so far, one above the other.
///
/// A list is made when its end has come and its length is known: one allocation of just its size.
struct JSONStack<Element>: ~Copyable {
  private var memory: UnsafeMutableBufferPointer<Element>
  private(set) var count = 0

  init() { memory = UnsafeMutableBufferPointer(start: nil, count: 0) }

  deinit {
    memory[..<count].deinitialize()
    memory.deallocate()
  }

  @inline(__always)
  mutating func push(_ element: consuming Element) {
    if count == memory.count { grow() }
    memory.initializeElement(at: count, to: element)
    count += 1
  }

  @inline(never)
  private mutating func grow() {
    let larger = UnsafeMutableBufferPointer<Element>.allocate(capacity: max(16, count * 2))
    _ = larger.moveInitialize(fromContentsOf: memory[..<count])
    memory.deallocate()
    memory = larger
  }

  /// Takes off all that was put on since `count` was `start`.
  mutating func pop(from start: Int) -> [Element] {
    var list: [Element] = []
    list.reserveCapacity(count - start)
    for place in start..<count { list.append(memory.moveElement(from: place)) }
    count = start
    return list
  }
}
