/// What follows when a node is settled: what waits for it becomes ready or is skipped, in its frame, in the
/// frames inside, and outside through exports. One queue, so that depth costs no stack.
extension Plan {
  mutating func spread() -> Changes {
    spreadSettled()
    return takeChanges()
  }

  mutating func takeChanges() -> Changes {
    guard !changes.isEmpty else { return Changes() }
    let taken = changes
    changes = Changes()
    return taken
  }

  mutating func spreadSettled() {
    while !settled.isEmpty {
      let place = settled.removeFirst()
      switch table.states[slot(place)] {
      case .done: spreadDone(place)
      case .failed, .skipped: spreadFailure(place)
      case .waiting, .ready, .running, .doomed, .cut: preconditionFailure("only what is settled is told")
      }
      leave(place.frame.index)
    }
  }

  mutating func settle(_ place: Place, _ state: State) {
    table.states[slot(place)] = state
    settled.add(place)
  }

  /// An export or a call has its value.
  mutating func complete(_ place: Place, _ source: Changes.Source) {
    changes.completed.append(.init(place: place, value: source))
    settle(place, .done)
  }

  // MARK: Done

  private mutating func spreadDone(_ place: Place) {
    let frame = place.frame.index
    let block = table[frame].block
    for edge in blocks[block].dependents.of(place.node.index) {
      release(Place(frame, blocks[block].dependents[edge]))
    }
    for waiter in table.takeWaiters(of: slot(place)) { release(Place(waiter.frame, waiter.node)) }
    guard table[frame].parent >= 0 else { return }
    spreadOutwards(place)
  }

  private mutating func release(_ place: Place) {
    let slot = slot(place)
    if table.states[slot] == .doomed, !isBelowOpenUntil(place), let cause = table.causes[slot] {
      return skip(place, cause)
    }
    table.missing[slot] -= 1
    if table.missing[slot] == 0, table.states[slot] == .waiting { makeReady(place) }
  }

  private mutating func spreadOutwards(_ place: Place) {
    let frame = table[place.frame.index]
    let opening = openings[frame.opening].kind
    switch kind(of: place) {
    case .output:
      table[place.frame.index].outputsLeft -= 1
      let call = Place(frame.parent, frame.node)
      if table[place.frame.index].outputsLeft == 0, state(of: call) == .running {
        complete(call, .outputs(place.frame))
      }
    case .next: turn(place)
    case .input, .element, .index, .variable, .let, .step, .run, .call, .meta, .for, .if, .repeat, .until,
      .export:
      forEachExport(of: place) { plan, export in
        switch opening {
        case .for: plan.countPass(export)
        case .repeat where !frame.isLast: break
        default: plan.complete(export, .value(place))
        }
      }
    }
  }

  private mutating func countPass(_ export: Place) {
    table.missing[slot(export)] -= 1
    if table.missing[slot(export)] == 0 { complete(export, .passes) }
  }

  /// Visits the exports of a node that are still waited for.
  private mutating func forEachExport(of place: Place, _ visit: (inout Plan, Place) -> Void) {
    let frame = table[place.frame.index]
    for edge in blocks[frame.block].exporting.of(place.node.index) {
      let export = Place(frame.parent, blocks[frame.block].exporting[edge])
      if state(of: export) == .waiting { visit(&self, export) }
    }
  }

  // MARK: Failed and skipped

  private mutating func spreadFailure(_ place: Place) {
    let frame = table[place.frame.index]
    for edge in blocks[frame.block].dependents.of(place.node.index) {
      skip(Place(place.frame.index, blocks[frame.block].dependents[edge]), for: place)
    }
    for waiter in table.takeWaiters(of: slot(place)) { skip(Place(waiter.frame, waiter.node), for: place) }
    for export in exports(of: place) { skip(export, for: place) }
    guard frame.parent >= 0 else { return }
    switch kind(of: place) {
    case .output: skip(Place(frame.parent, frame.node), for: place)
    case .until, .next: breakOff(place)
    case .input, .element, .index, .variable, .let, .step, .run, .call, .meta, .for, .if, .repeat, .export:
      if openings[frame.opening].kind == .repeat, !frame.isLast { return }
      forEachExport(of: place) { plan, export in plan.skip(export, for: place) }
    }
  }

  /// A node that another failure has skipped already keeps that cause. A call that is entered is skipped as well
  /// when its value will never be there.
  mutating func skip(_ place: Place, for need: Place) {
    let state = state(of: place)
    switch state {
    case .waiting, .doomed: break
    case .running where kind(of: place) == .call: break
    case .ready, .running, .done, .failed, .skipped, .cut: return
    }
    let through = Site(block: block(of: need.frame), node: need.node)
    let doom = state == .doomed ? table.causes[slot(place)] : nil
    let cause = doom ?? Changes.Skip(root: skip(of: need)?.root ?? through, through: through)
    if isBelowOpenUntil(place) {
      table.states[slot(place)] = .doomed
      table.causes[slot(place)] = cause
    } else {
      skip(place, cause)
    }
  }

  private mutating func skip(_ place: Place, _ cause: Changes.Skip) {
    table.causes[slot(place)] = cause
    changes.skipped.append(.init(place: place, cause: cause))
    settle(place, .skipped)
  }

  /// Where an `until` above may still hold, nothing can be said of what stands below it: or else it would depend on
  /// who is faster whether a failure there stops the loop.
  private func isBelowOpenUntil(_ place: Place) -> Bool {
    let frame = table[place.frame.index]
    guard let until = blocks[frame.block].until(above: place.node.index) else { return false }
    return switch table.states[frame.base + until] {
    case .waiting, .ready, .running, .doomed: true
    case .done, .failed, .skipped, .cut: false
    }
  }

  // MARK: Repeats

  /// `next` has a value: the next pass begins with it, or it is the last value.
  private mutating func turn(_ place: Place) {
    let frame = table[place.frame.index]
    guard frame.isLast else {
      beginFrame(of: frame.opening, pass: frame.pass + 1)
      return
    }
    openings[frame.opening].isEnded = true
    if let variable = exports(of: Place(frame.parent, frame.node)).first { complete(variable, .value(place)) }
  }

  /// An `until` held: what stands below it is not done, and what was made before it is what the loop has made.
  mutating func stop(at place: Place) {
    let index = place.frame.index
    let frame = table[index]
    for node in place.node.index + 1..<blocks[frame.block].kinds.count {
      precondition(
        [.waiting, .doomed].contains(table.states[frame.base + node]), "all of it waits for the `until`")
      table.states[frame.base + node] = .cut
      table[index].left -= 1
    }
    openings[frame.opening].isEnded = true
    if let variable = exports(of: Place(frame.parent, frame.node)).first {
      complete(variable, .value(Place(index, 0)))
    }
    guard !frame.isLast else { return }
    table[index].isLast = true
    for pair in blocks[frame.block].pairs {
      let inner = Place(frame: place.frame, node: pair.inner)
      let outer = Place(frame: FrameID(frame.parent), node: pair.outer)
      switch state(of: inner) {
      case .done: complete(outer, .value(inner))
      case .failed, .skipped: skip(outer, for: inner)
      case .waiting, .ready, .running, .doomed, .cut: break
      }
    }
  }

  /// An `until` or `next` will never be known. Of the last pass that may be, what was made is there all the
  /// same; of another one nobody knows whether it is the last.
  private mutating func breakOff(_ place: Place) {
    let frame = table[place.frame.index]
    openings[frame.opening].isEnded = true
    let exports = exports(of: Place(frame.parent, frame.node))
    for export in frame.isLast ? exports.prefix(1) : exports[...] { skip(export, for: place) }
  }
}
