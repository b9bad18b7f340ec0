/// What is left to do. Knows nothing about time, tasks or the network.
///
/// Hands out each node once, when everything it needs is done. What needs a failure, however far
/// away, is skipped with its cause. Every node and every edge is looked at once in the life of a
/// plan, in flat arrays. It does not hold the values: those are the runner's.
package struct Plan: Sendable {
  package enum State: Sendable, Hashable {
    case waiting, ready, running, done, failed
    case skipped(Skip)
  }

  /// Why a node will never run.
  package struct Skip: Sendable, Hashable {
    /// The failure that everything began with.
    package let root: NodeID
    /// The need of the node that led there: the failure itself, or another node skipped for it.
    package let through: NodeID

    package init(root: NodeID, through: NodeID) {
      self.root = root
      self.through = through
    }
  }

  package enum Outcome: Sendable {
    case done, failed
  }

  private let graph: Graph
  private var states: [State]
  /// How many needs of a node are not done yet.
  private var missing: [Int32]
  private var readySteps = Queue()
  /// Ready nodes that ask nobody.
  private var readyOthers = Queue()
  private var unfinished: Int

  package init(_ graph: Graph) {
    self.graph = graph
    let count = graph.nodes.count
    states = Array(repeating: .waiting, count: count)
    missing = Array(repeating: 0, count: count)
    unfinished = count
    for node in 0..<count { missing[node] = graph.needCount(node) }
    for node in 0..<count where missing[node] == 0 { makeReady(node) }
  }

  /// Whether every node is done, failed or skipped.
  package var isFinished: Bool { unfinished == 0 }

  package func state(of id: NodeID) -> State { states[id.index] }

  /// Why a node was skipped, if it was.
  package func skip(of id: NodeID) -> Skip? {
    if case .skipped(let skip) = states[id.index] { skip } else { nil }
  }

  /// The nodes that can start now and were not handed out before: all that ask nobody, and at
  /// most `limit` steps. `finish` must be called for each of them.
  package mutating func takeReady(limit: Int) -> [NodeID] {
    var taken: [NodeID] = []
    readyOthers.take(Int.max, into: &taken)
    readySteps.take(limit, into: &taken)
    for id in taken { states[id.index] = .running }
    return taken
  }

  /// Notes how a node that was handed out has ended, and returns what is skipped for it.
  @discardableResult
  package mutating func finish(_ id: NodeID, with outcome: Outcome) -> [NodeID] {
    precondition(states[id.index] == .running, "only a node that was handed out can finish, and once")
    unfinished -= 1
    switch outcome {
    case .done:
      states[id.index] = .done
      releaseDependents(of: id)
      return []
    case .failed:
      states[id.index] = .failed
      return skipDependents(of: id)
    }
  }

  private mutating func releaseDependents(of id: NodeID) {
    graph.dependents.visit(id.index) { node in
      missing[node] -= 1
      if missing[node] == 0, states[node] == .waiting { makeReady(node) }
    }
  }

  private mutating func makeReady(_ node: Int) {
    states[node] = .ready
    if graph.nodes[node].kind == .step {
      readySteps.add(NodeID(node))
    } else {
      readyOthers.add(NodeID(node))
    }
  }

  /// Nearest first. A node that another failure has skipped already keeps that cause. None of them
  /// can be ready: one of its needs has failed.
  private mutating func skipDependents(of root: NodeID) -> [NodeID] {
    var skipped: [NodeID] = []
    var next = 0
    var through = root
    while true {
      graph.dependents.visit(through.index) { node in
        guard states[node] == .waiting else { return }
        states[node] = .skipped(Skip(root: root, through: through))
        skipped.append(NodeID(node))
      }
      guard next < skipped.count else { break }
      through = skipped[next]
      next += 1
    }
    unfinished -= skipped.count
    return skipped
  }
}

/// First in, first out; starts anew in its storage whenever it runs empty.
private struct Queue: Sendable {
  private var nodes: [NodeID] = []
  private var head = 0

  mutating func add(_ node: NodeID) { nodes.append(node) }

  mutating func take(_ limit: Int, into taken: inout [NodeID]) {
    let end = head + Swift.min(Swift.max(limit, 0), nodes.count - head)
    taken.append(contentsOf: nodes[head..<end])
    head = end
    if head == nodes.count {
      nodes.removeAll(keepingCapacity: true)
      head = 0
    }
  }
}
