import WeirDiagnostics
import WeirGraph
import WeirProgram
import WeirValues

/// How far a run has come: the plan, the values so far, and what became of each step. Owned by the
/// task that runs the flow; what asks nobody is computed right here.
struct Progress {
  /// A step that can start, with the values of the names that it reads and no others.
  struct Job: Sendable {
    let node: NodeID
    let step: PreparedStep
    let values: Bindings
  }

  private let prepared: PreparedRun
  private let evaluator: Evaluator
  private let graph: Graph
  private let observe: @Sendable (RunEvent) -> Void
  private var plan: Plan
  private var values: [Value?]
  private var outputs: [Value?]
  private var outcomes: [StepOutcome?]
  private var faults: [EvaluationFailure] = []
  /// The step and the piece of work behind a value, by the value's number; -1 for none.
  private var steps: [Int]
  private var work: [Int]

  init(_ prepared: PreparedRun, observe: @escaping @Sendable (RunEvent) -> Void) {
    self.prepared = prepared
    self.observe = observe
    evaluator = Evaluator(prepared.program, values: [:])
    graph = prepared.graph
    plan = Plan(graph)
    let count = prepared.program.values.count
    values = Array(repeating: nil, count: count)
    outcomes = Array(repeating: nil, count: count)
    outputs = Array(repeating: nil, count: prepared.program.outputs.count)
    steps = Array(repeating: -1, count: count)
    work = steps
    for (id, value) in prepared.known { values[id.index] = value }
    for (place, step) in prepared.steps.enumerated() { steps[step.id.index] = place }
    for (place, entry) in prepared.program.work.enumerated() { work[entry.id.index] = place }
  }

  /// The steps that can start now, at most `limit`. Everything else that is ready is computed, and
  /// what becomes ready by that as well.
  mutating func takeReady(limit: Int) -> [Job] {
    var jobs: [Job] = []
    while true {
      let ready = plan.takeReady(limit: limit - jobs.count)
      if ready.isEmpty { return jobs }
      for node in ready {
        switch graph.nodes[node.index].origin {
        case .output(let place): computeOutput(place, node)
        case .value(let id):
          if graph.nodes[node.index].kind == .step {
            let step = prepared.steps[steps[id.index]]
            jobs.append(Job(node: node, step: step, values: bindings(of: node)))
          } else {
            compute(id, node)
          }
        }
      }
    }
  }

  mutating func end(_ node: NodeID, with outcome: StepOutcome) {
    guard case .value(let id) = graph.nodes[node.index].origin else {
      preconditionFailure("an output is not a step")
    }
    note(outcome, of: id)
    switch outcome {
    case .answered(let answer):
      values[id.index] = answer.value
      plan.finish(node, with: .done)
    case .failed: fail(node)
    // What waits for it is not skipped: it is stopped as well.
    case .stopped, .skipped: break
    }
  }

  private mutating func note(_ outcome: StepOutcome, of id: ValueID) {
    outcomes[id.index] = outcome
    observe(.ended(step: prepared.program.values[id.index].name, outcome))
  }

  // MARK: What asks nobody

  private mutating func compute(_ id: ValueID, _ node: NodeID) {
    if values[id.index] != nil {
      plan.finish(node, with: .done)
      return
    }
    guard work[id.index] >= 0, case .let(let entry) = prepared.program.work[work[id.index]] else {
      preconditionFailure("input `\(prepared.program[id].name)` was prepared without a value")
    }
    do {
      values[id.index] = try evaluator.with(bindings(of: node)).value(of: entry)
      plan.finish(node, with: .done)
    } catch {
      fail(node, with: error)
    }
  }

  private mutating func computeOutput(_ place: Int, _ node: NodeID) {
    do {
      let evaluator = evaluator.with(bindings(of: node))
      outputs[place] = try evaluator.evaluate(prepared.program.outputs[place].expression)
      plan.finish(node, with: .done)
    } catch {
      fail(node, with: error)
    }
  }

  private func bindings(of node: NodeID) -> Bindings {
    var bindings: Bindings = [:]
    for need in graph.needs(of: node) {
      if case .value(let id) = graph.nodes[need.index].origin { bindings[id] = values[id.index] }
    }
    return bindings
  }

  // MARK: Failures

  private mutating func fail(_ node: NodeID, with fault: EvaluationFailure) {
    faults.append(fault)
    fail(node)
  }

  private mutating func fail(_ node: NodeID) {
    for skipped in plan.finish(node, with: .failed) where graph.nodes[skipped.index].kind == .step {
      guard case .value(let id) = graph.nodes[skipped.index].origin, let skip = plan.skip(of: skipped) else {
        continue
      }
      note(.skipped(explained(skip)), of: id)
    }
  }

  private func explained(_ skip: Plan.Skip) -> Skip {
    let values = [skip.root, skip.through].map { node in
      guard case .value(let id) = graph.nodes[node.index].origin else {
        preconditionFailure("nothing needs an output")
      }
      return prepared.program[id]
    }
    return Skip(root: values[0].name, rootSpan: values[0].span, through: values[1].name)
  }

  // MARK: The end

  func report(duration: Duration, wasCancelled: Bool) -> RunReport {
    let steps = prepared.steps.map { step in
      StepReport(name: step.name, span: step.span, outcome: outcomes[step.id.index] ?? .stopped)
    }
    return RunReport(
      steps: steps, faults: faults, output: output, wasCancelled: wasCancelled, duration: duration)
  }

  /// The value without a name, or a record of those that have one; nil while one is missing.
  private var output: Value? {
    var record = Record()
    for (output, value) in zip(prepared.program.outputs, outputs) {
      guard let value else { return nil }
      guard let name = output.name else { return value }
      record[name] = value
    }
    return prepared.program.outputs.isEmpty ? nil : .record(record)
  }
}
