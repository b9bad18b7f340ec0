/// How frames begin and end.
extension Plan {
  func slot(_ place: Place) -> Int { table[place.frame.index].base + place.node.index }

  func kind(of place: Place) -> Node.Kind { blocks[table[place.frame.index].block].kinds[place.node.index] }

  func body(of place: Place, _ index: Int) -> Int {
    blocks[table[place.frame.index].block].nodes[place.node.index].blocks[index].index
  }

  func exports(of place: Place) -> [Place] {
    blocks[table[place.frame.index].block].nodes[place.node.index].exports.map {
      Place(frame: place.frame, node: $0)
    }
  }

  // MARK: Beginning

  mutating func addOpening(_ place: Place, block: Int, passes: Int) -> Int {
    table[place.frame.index].left += 1
    let opening = Opening(
      frame: place.frame.index, node: place.node.index, kind: kind(of: place), block: block, passes: passes)
    guard let free = freeOpenings.popLast() else {
      openings.append(opening)
      return openings.count - 1
    }
    openings[free] = opening
    return free
  }

  @discardableResult
  mutating func beginFrame(of opening: Int, pass: Int) -> Int {
    openings[opening].begun += 1
    openings[opening].openFrames += 1
    openings[opening].idleFrames += 1
    let known = openings[opening]
    let frame = table.open(blocks[known.block])
    table[frame].parent = known.frame
    table[frame].node = known.node
    table[frame].opening = opening
    table[frame].pass = pass
    table[frame].depth = table[known.frame].depth + 1
    table[frame].isLast = known.kind == .repeat && known.begun == known.passes
    lookOutside(frame)
    readyNodes(of: frame)
    closeIfEmpty(frame)
    return frame
  }

  /// Settles the needs that are outside: what is there counts as done, what has failed skips, and for the
  /// rest the nodes wait.
  private mutating func lookOutside(_ frame: Int) {
    let block = table[frame].block
    for index in blocks[block].outer.indices {
      let (node, need) = blocks[block].outer[index]
      var outside = frame
      for _ in 0..<need.up { outside = table[outside].parent }
      let slot = table[outside].base + need.node.index
      switch table.states[slot] {
      case .done: table.missing[table[frame].base + Int(node)] -= 1
      case .waiting, .ready, .running, .doomed: table.wait(Int(node), in: frame, for: slot)
      case .failed, .skipped: skip(Place(frame, Int(node)), for: Place(outside, need.node.index))
      case .cut: preconditionFailure("what is opened stands below no `until` that held")
      }
    }
  }

  mutating func readyNodes(of frame: Int) {
    let base = table[frame].base
    let block = table[frame].block
    for node in blocks[block].kinds.indices where table.missing[base + node] == 0 {
      if table.states[base + node] == .waiting, blocks[block].kinds[node] != .export {
        makeReady(Place(frame, node))
      }
    }
  }

  mutating func makeReady(_ place: Place) {
    table.states[slot(place)] = .ready
    switch kind(of: place) {
    case .step, .run:
      readySteps.add(place)
      noteAsking(place.frame.index)
    case .input, .element, .index, .variable, .let, .call, .meta, .for, .if, .repeat, .until, .next, .export,
      .output:
      readyOthers.add(place)
    }
  }

  private mutating func noteAsking(_ frame: Int) {
    var frame = frame
    while table[frame].parent >= 0, !table[frame].hasAsked {
      table[frame].hasAsked = true
      let opening = table[frame].opening
      openings[opening].idleFrames -= 1
      list(opening)
      frame = table[frame].parent
    }
  }

  // MARK: Loops

  /// Puts a loop among those whose next pass may begin, if it may.
  mutating func list(_ opening: Int) {
    guard openings[opening].mayBegin, !openings[opening].isListed else { return }
    openings[opening].isListed = true
    let depth = table[openings[opening].frame].depth
    while loops.count <= depth { loops.append(Queue()) }
    loops[depth].add(opening)
  }

  /// Begins the next pass of the innermost loop that may, and returns whether there was one.
  mutating func beginNextPass() -> Bool {
    while let last = loops.last, last.isEmpty { loops.removeLast() }
    guard let opening = loops.last?.first else { return false }
    let depth = loops.count - 1
    beginFrame(of: opening, pass: openings[opening].begun)
    if !openings[opening].mayBegin {
      _ = loops[depth].removeFirst()
      openings[opening].isListed = false
    }
    spreadSettled()
    return true
  }

  // MARK: Ending

  /// One thing less is left of a frame. The last one closes it, and so may close the one outside.
  mutating func leave(_ frame: Int) {
    table[frame].left -= 1
    closeIfEmpty(frame)
  }

  private mutating func closeIfEmpty(_ frame: Int) {
    var frame = frame
    while table[frame].left == 0, table[frame].parent >= 0 {
      let closed = table[frame]
      if closed.isBegun { changes.closed.append(FrameID(frame)) }
      table.close(frame)
      openings[closed.opening].openFrames -= 1
      if !closed.hasAsked { openings[closed.opening].idleFrames -= 1 }
      guard openings[closed.opening].isOver else { return list(closed.opening) }
      freeOpenings.append(closed.opening)
      frame = closed.parent
      table[frame].left -= 1
    }
  }
}
