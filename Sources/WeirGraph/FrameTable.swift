/// The frames of a plan and the states of their nodes, in flat arrays. A closed frame's place is taken by
/// the next one of its block.
struct FrameTable: Sendable {
  struct Frame: Sendable {
    let block: Int
    /// Where its nodes begin in the arrays of all nodes.
    let base: Int
    /// The frame outside, and the node there that it belongs to; -1 for the main one.
    var parent = -1
    var node = -1
    /// What it is a part of: an opened `for`, `if`, `repeat` or `call`; -1 for the main one.
    var opening = -1
    var pass = 0
    var depth = 0
    /// How many nodes are not settled, and how many openings in it are not over.
    var left: Int32 = 0
    var outputsLeft: Int32 = 0
    /// Tells one that takes its place later from it.
    var serial: UInt32 = 0
    /// Whether a runner knows of it.
    var isBegun = false
    /// Whether a step of it, or of a frame inside it, has ever been ready.
    var hasAsked = false
    /// Whether it is known to be the last pass of a `repeat`.
    var isLast = false
  }

  /// A node of an inner frame that waits for an outer one.
  struct Waiter: Sendable {
    let frame: Int
    let serial: UInt32
    let node: Int
    var next: Int32
  }

  private(set) var frames: [Frame] = []
  var states: [Plan.State] = []
  /// How many needs of a node are not done; of an export, how many values.
  var missing: [Int32] = []
  /// Only of what was skipped, or is doomed to be; what others have left in a place means nothing there.
  var causes: [Int: Changes.Skip] = [:]
  /// Empty where there is but one block: nothing waits outside it.
  private var firstWaiter: [Int32] = []
  private var waiters: [Waiter] = []
  private var freeWaiter: Int32 = -1
  /// By block.
  private var free: [[Int]]
  private var closed: [Int] = []

  init(blocks: Int) { free = Array(repeating: [], count: blocks) }

  subscript(frame: Int) -> Frame {
    _read { yield frames[frame] }
    _modify { yield &frames[frame] }
  }

  /// A frame of which every node waits, but the variables, which are there.
  mutating func open(_ block: Block) -> Int {
    let frame = free[block.id.index].popLast() ?? add(block)
    let base = frames[frame].base
    for (node, kind) in block.kinds.enumerated() {
      states[base + node] = kind.isVariable ? .done : .waiting
      missing[base + node] = block.missing[node]
    }
    frames[frame].left = block.laterNodes
    frames[frame].outputsLeft = block.outputs
    frames[frame].isBegun = false
    frames[frame].hasAsked = false
    frames[frame].isLast = false
    return frame
  }

  private mutating func add(_ block: Block) -> Int {
    let count = block.nodes.count
    frames.append(Frame(block: block.id.index, base: states.count))
    states.append(contentsOf: repeatElement(.waiting, count: count))
    missing.append(contentsOf: repeatElement(0, count: count))
    if free.count > 1 { firstWaiter.append(contentsOf: repeatElement(-1, count: count)) }
    return frames.count - 1
  }

  mutating func close(_ frame: Int) {
    frames[frame].serial &+= 1
    closed.append(frame)
  }

  /// Lets others take the places of closed frames: not at once, for a runner may still ask what they were.
  mutating func recycle() {
    for frame in closed { free[frames[frame].block].append(frame) }
    closed.removeAll(keepingCapacity: true)
  }

  // MARK: Waiters

  /// Notes that a node of `frame` waits for the one at `slot`.
  mutating func wait(_ node: Int, in frame: Int, for slot: Int) {
    let waiter = Waiter(frame: frame, serial: frames[frame].serial, node: node, next: firstWaiter[slot])
    if freeWaiter >= 0 {
      firstWaiter[slot] = freeWaiter
      freeWaiter = waiters[Int(freeWaiter)].next
      waiters[Int(firstWaiter[slot])] = waiter
    } else {
      firstWaiter[slot] = Int32(waiters.count)
      waiters.append(waiter)
    }
  }

  /// Takes the nodes that wait for the one at `slot` and are still there, those first that came first.
  mutating func takeWaiters(of slot: Int) -> [Waiter] {
    guard !firstWaiter.isEmpty else { return [] }
    var waiter = firstWaiter[slot]
    guard waiter >= 0 else { return [] }
    firstWaiter[slot] = -1
    var taken: [Waiter] = []
    while waiter >= 0 {
      let found = waiters[Int(waiter)]
      waiters[Int(waiter)].next = freeWaiter
      freeWaiter = waiter
      if frames[found.frame].serial == found.serial { taken.append(found) }
      waiter = found.next
    }
    taken.reverse()
    return taken
  }
}
