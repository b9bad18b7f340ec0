import WeirDiagnostics
import WeirEndpoint
import WeirGraph
import WeirProgram
import WeirValues

/// How far a run has come: the plan, the values of the frames that are open, and what became of each
/// step. Owned by the task that runs the flow; what asks nobody is computed right here.
struct Progress {
  let prepared: PreparedRun
  let graph: Graph
  var plan: Plan
  var frames: [RunFrame?]
  var loops: [Place: RunningLoop] = [:]
  var repeats: [Place: RunningRepeat] = [:]
  /// What calls pass on to frames that have not begun.
  var arguments: [Place: [ValueID: Value]] = [:]
  /// The calls that are under way.
  var entered: Set<Place> = []
  var record: RunRecord

  init(
    _ prepared: PreparedRun, detail: RunReport.Detail, observe: @escaping @Sendable (RunEvent) -> Void
  ) {
    self.prepared = prepared
    graph = prepared.graph
    plan = Plan(graph)
    record = RunRecord(prepared, detail: detail, observe: observe)
    let count = graph.main.nodes.count
    frames = [
      RunFrame(
        block: .main, owner: nil, pass: 0, passes: prepared.options.passPrefix, isInLoop: false,
        values: Array(repeating: nil, count: count))
    ]
  }

  /// The steps that can start now, at most `limit`. Everything else that is ready is computed, and
  /// what becomes ready by that as well.
  mutating func takeReady(limit: Int) -> [Job] {
    var asking: [Place] = []
    while true {
      let ready = plan.takeReady(limit: limit - asking.count)
      apply(ready.changes)
      // A step's settings may read what is computed in the same round.
      if ready.duties.isEmpty { return asking.map { job(at: $0) } }
      for duty in ready.duties {
        switch duty {
        case .begin(let frame, let pass, let owner): begin(frame, pass: pass, of: owner)
        case .do(let place):
          if prepared.sites.isAsking(site(of: place)) { asking.append(place) } else { perform(place) }
        }
      }
    }
  }

  mutating func end(_ end: JobEnd) {
    let place = end.place
    note(end.outcome, at: place)
    switch end.outcome {
    case .answered, .printed, .otherwise:
      if let value = end.outcome.value { set(place, value) }
      if let conversation = end.conversation {
        frames[place.frame.index]?.conversations[place.node] = conversation
      }
      if let meta = graph.meta(of: site(of: place)) {
        set(Place(frame: place.frame, node: meta), end.outcome.meta)
      }
      apply(plan.finish(place, with: .done))
    case .failed: apply(plan.finish(place, with: .failed))
    // What waits for it is not skipped: it is stopped as well.
    case .stopped, .skipped: break
    }
  }

  // MARK: Places

  func frame(_ id: FrameID) -> RunFrame {
    guard let frame = frames[id.index] else { preconditionFailure("a frame is used after it was closed") }
    return frame
  }

  // Of a frame one thing at a time: a copy of all of it would cost more than most steps.
  func block(of frame: FrameID) -> BlockID {
    guard let block = frames[frame.index]?.block else {
      preconditionFailure("a frame is used after it was closed")
    }
    return block
  }

  func passes(of frame: FrameID) -> [Int] { frames[frame.index]?.passes ?? [] }

  func site(of place: Place) -> Site { Site(block: block(of: place.frame), node: place.node) }
  func node(at place: Place) -> Node { graph[site(of: place)] }

  // MARK: Values

  /// Notes a value, in its frame and in the list that a loop around it makes of it.
  mutating func set(_ place: Place, _ value: Value) {
    let index = place.frame.index
    frames[index]?.values[place.node.index] = value
    guard frames[index]?.isInLoop == true, graph.isExported(site(of: place)),
      let loop = frames[index]?.owner, let pass = frames[index]?.pass
    else { return }
    loops[loop]?.gathered[place.node]?[pass] = value
  }

  func value(at place: Place) -> Value {
    guard let value = frames[place.frame.index]?.values[place.node.index] else {
      preconditionFailure("`\(graph.name(of: site(of: place)) ?? "it")` is read before it has a value")
    }
    return value
  }

  /// For what is computed at once. What is set while somebody holds it is set in a copy of the frame's values.
  func evaluator(at place: Place) -> Evaluator {
    prepared.evaluator.with(row(at: place) ?? bindings(at: place))
  }

  /// The values that a node reads.
  func bindings(at place: Place) -> Bindings {
    let ids = prepared.readings.of(site(of: place))
    var bindings = Bindings(roomFor: ids)
    for id in ids { bindings[id] = value(of: id, from: place.frame) }
    return bindings
  }

  func value(of id: ValueID, from frame: FrameID) -> Value? {
    guard let need = graph.reach(id, from: block(of: frame)) else { return prepared.known[id] }
    return frames[outwards(need.up, from: frame).index]?.values[need.node.index]
  }

  /// The values of the frame as they are, for a node that reads most of them: a copy would be as large once more.
  /// Nil where it reads few, or names and nodes do not stand in the same order.
  private func row(at place: Place) -> Bindings? {
    let ids = prepared.readings.of(site(of: place))
    guard let values = frames[place.frame.index]?.values, ids.count > 2, ids.count * 2 > values.count,
      let first = ids.first
    else { return nil }
    let block = block(of: place.frame)
    guard let start = graph.reach(first, from: block) else { return nil }
    let distance = first.index - start.node.index
    let isRow = ids.allSatisfy { id in
      guard let need = graph.reach(id, from: block), need.up == 0 else { return false }
      return id.index - need.node.index == distance
    }
    return isRow ? Bindings(row: values, from: distance) : nil
  }

  func outwards(_ count: Int, from frame: FrameID) -> FrameID {
    var frame = frame
    for _ in 0..<count {
      guard let owner = frames[frame.index]?.owner else { preconditionFailure("nothing is outside the flow") }
      frame = owner.frame
    }
    return frame
  }

  // MARK: Failures

  mutating func fail(_ place: Place, with fault: EvaluationFailure) {
    record.note(fault, pass: passes(of: place.frame))
    apply(plan.finish(place, with: .failed))
  }

  mutating func note(_ outcome: StepOutcome, at place: Place) {
    record.note(outcome, at: site(of: place), pass: passes(of: place.frame))
  }

  // MARK: The end

  func report(duration: Duration, end: RunReport.End) -> RunReport {
    record.report(output: output(of: .main), duration: duration, end: end)
  }

  /// The value without a name, or a record of those that have one; nil while one is missing.
  func output(of frame: FrameID) -> Value? {
    guard let found = frames[frame.index] else { return nil }
    var record = Record()
    var hasOutputs = false
    for (index, node) in graph[found.block].nodes.enumerated() {
      guard case .output(let output) = node.origin else { continue }
      guard let value = found.values[index] else { return nil }
      guard let name = output.name else { return value }
      record[name] = value
      hasOutputs = true
    }
    return hasOutputs ? .record(record) : nil
  }
}
