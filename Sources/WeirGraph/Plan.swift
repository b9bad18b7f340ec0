/// What is left to do. Knows nothing about time, tasks or the network.
///
/// Hands out each node once in each frame, when everything it needs is done. What needs a failure, however
/// far away, is skipped with its cause. Opening a frame costs as much as its block has nodes; every node and
/// every edge of a frame is looked at once, in flat arrays that closed frames leave to others. It does not
/// hold the values: those are the runner's.
///
/// The passes of a `for` begin one by one, as `takeReady` has room for more steps, so that a long list
/// does not mean as many frames. A body can begin before all that it reads outside is there.
package struct Plan: Sendable {
  package enum State: UInt8, Sendable, Hashable {
    case waiting, ready, running, done, failed, skipped
    /// What it needs has failed, but an `until` above it is not decided: it is skipped unless that holds.
    case doomed
    /// It stands below an `until` that held.
    case cut
  }

  package enum Outcome: Sendable {
    case done, failed
  }

  package struct Ready: Sendable {
    package internal(set) var duties: [Duty] = []
    /// What beginning new passes has brought about: skips, mostly. To be seen to before the duties.
    package internal(set) var changes = Changes()
  }

  let blocks: [Block]
  var table: FrameTable
  var openings: [Opening] = []
  var freeOpenings: [Int] = []
  /// Loops whose next pass may begin, by the depth of their frames: an inner one comes first, so that what
  /// was begun is brought to its end.
  var loops: [Queue<Int>] = []
  var readySteps = Queue<Place>()
  /// Ready nodes that ask nobody.
  var readyOthers = Queue<Place>()
  /// Nodes that are settled, and have not told what waits for them.
  var settled = Queue<Place>()
  var changes = Changes()

  package init(_ graph: Graph) {
    blocks = graph.blocks
    table = FrameTable(blocks: blocks.count)
    let main = table.open(blocks[0])
    table[main].isBegun = true
    readyNodes(of: main)
  }

  /// Whether every node of the flow is done, failed or skipped, and every other frame closed.
  package var isFinished: Bool { table[0].left == 0 }

  package func block(of frame: FrameID) -> BlockID { BlockID(table[frame.index].block) }

  /// Where the `for`, `if`, `repeat` or `call` stands that a frame belongs to; nil for the main one.
  package func owner(of frame: FrameID) -> Place? {
    let found = table[frame.index]
    return found.parent < 0 ? nil : Place(found.parent, found.node)
  }

  /// The index of the element, the branch or the pass that a frame is for.
  package func pass(of frame: FrameID) -> Int { table[frame.index].pass }

  /// The passes of the loops that a frame stands in, outermost first, through calls and branches.
  package func passes(of frame: FrameID) -> [Int] {
    var found: [Int] = []
    var frame = frame.index
    while table[frame].parent >= 0 {
      let kind = openings[table[frame].opening].kind
      if kind == .for || kind == .repeat { found.append(table[frame].pass) }
      frame = table[frame].parent
    }
    return found.reversed()
  }

  package func state(of place: Place) -> State { table.states[slot(place)] }

  /// Why a node was skipped, if it was.
  package func skip(of place: Place) -> Changes.Skip? {
    state(of: place) == .skipped ? table.causes[slot(place)] : nil
  }

  // MARK: Handing out

  /// What can start now and was not handed out before: all that asks nobody, and at most `limit` steps and
  /// runs. To be called until it hands out nothing. Inputs are handed out too, those of a called flow as well.
  package mutating func takeReady(limit: Int) -> Ready {
    table.recycle()
    var ready = Ready()
    var left = limit
    repeat {
      while !readyOthers.isEmpty { hand(out: readyOthers.removeFirst(), into: &ready.duties) }
      while left > 0, !readySteps.isEmpty {
        hand(out: readySteps.removeFirst(), into: &ready.duties)
        left -= 1
      }
    } while left > 0 && beginNextPass()
    ready.changes = takeChanges()
    return ready
  }

  private mutating func hand(out place: Place, into duties: inout [Duty]) {
    let frame = table[place.frame.index]
    if !frame.isBegun {
      table[place.frame.index].isBegun = true
      duties.append(.begin(place.frame, pass: frame.pass, of: Place(frame.parent, frame.node)))
    }
    table.states[slot(place)] = .running
    duties.append(.do(place))
  }

  // MARK: What became of it

  /// Notes how a node that was handed out has ended. The value of `next` is to be kept for the pass that
  /// begins then, for the frame may close.
  package mutating func finish(_ place: Place, with outcome: Outcome) -> Changes {
    let kind = expectRunning(place)
    switch outcome {
    case .done:
      switch kind {
      case .input, .let, .step, .run, .meta, .next, .output: break
      case .for, .if, .repeat, .until, .call, .element, .index, .variable, .export:
        preconditionFailure("a `\(kind.rawValue)` is not done by being finished")
      }
      settle(place, .done)
    case .failed: settle(place, .failed)
    }
    return spread()
  }

  /// A `for` whose list has so many elements.
  package mutating func open(_ place: Place, passes: Int) -> Changes {
    expectRunning(place, .for)
    settle(place, .done)
    for export in exports(of: place) {
      table.missing[slot(export)] = Int32(passes)
      if passes == 0 { complete(export, .passes) }
    }
    if passes > 0 {
      let opening = addOpening(place, block: body(of: place, 0), passes: passes)
      list(opening)
    }
    return spread()
  }

  /// An `if`, of which this branch is taken, or none.
  package mutating func choose(_ place: Place, branch: Int?) -> Changes {
    expectRunning(place, .if)
    settle(place, .done)
    let taken = branch.map { body(of: place, $0) }
    if let taken {
      for pair in blocks[taken].pairs {
        table.missing[slot(Place(frame: place.frame, node: pair.outer))] += 1
      }
    }
    for export in exports(of: place) where table.missing[slot(export)] == 0 { complete(export, .null) }
    if let branch, let taken {
      beginFrame(of: addOpening(place, block: taken, passes: 1), pass: branch)
    }
    return spread()
  }

  /// A `repeat` of at most `bound` passes, at least 1; begins the first.
  package mutating func start(_ place: Place, bound: Int) -> Changes {
    expectRunning(place, .repeat)
    precondition(bound >= 1, "a `repeat` makes at least one pass")
    settle(place, .done)
    for export in exports(of: place) { table.missing[slot(export)] = 1 }
    beginFrame(of: addOpening(place, block: body(of: place, 0), passes: bound), pass: 0)
    return spread()
  }

  /// An `until` that was handed out, and whether it holds.
  package mutating func decide(_ place: Place, stops: Bool) -> Changes {
    expectRunning(place, .until)
    settle(place, .done)
    if stops { stop(at: place) }
    return spread()
  }

  /// A `call` whose arguments are there.
  package mutating func enter(_ place: Place) -> Changes {
    expectRunning(place, .call)
    let opening = addOpening(place, block: body(of: place, 0), passes: 1)
    let outputs = blocks[openings[opening].block].outputs
    let frame = beginFrame(of: opening, pass: 0)
    if outputs == 0 { complete(place, .outputs(FrameID(frame))) }
    return spread()
  }

  @discardableResult
  private mutating func expectRunning(_ place: Place, _ wanted: Node.Kind? = nil) -> Node.Kind {
    table.recycle()
    precondition(state(of: place) == .running, "only what was handed out can end, and once")
    let kind = self.kind(of: place)
    precondition(wanted == nil || kind == wanted, "a `\(kind.rawValue)` is none")
    return kind
  }
}

extension Place {
  init(_ frame: Int, _ node: Int) { self.init(frame: FrameID(frame), node: NodeID(node)) }
}
