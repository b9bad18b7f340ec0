import WeirDiagnostics
import WeirGraph
import WeirProgram
import WeirValues

/// What asks nobody.
extension Progress {
  mutating func perform(_ place: Place) {
    do throws(EvaluationFailure) {
      apply(try done(place))
    } catch {
      fail(place, with: error)
    }
  }

  private mutating func done(_ place: Place) throws(EvaluationFailure) -> Changes {
    switch node(at: place).origin {
    case .input(let input): set(place, try value(of: input, at: place))
    case .work(.let(let entry)):
      let value = try value(of: entry, at: place)
      set(place, value)
    case .output(let output):
      let value = try evaluator(at: place).evaluate(output.expression)
      set(place, value)
    // `meta(step)` was noted with the step.
    case .value, .meta: break
    case .work(.for(let loop)): return try open(loop, place)
    case .work(.if(let choice)): return try choose(choice, place)
    case .work(.repeat(let loop)): return try start(loop, place)
    case .work(.until(let until)): return try decide(until, place)
    case .work(.next(let next)): try turn(next, place)
    case .work(.call(let call)): return try enter(call, place)
    case .work(.step), .work(.run): preconditionFailure("a step is not done here")
    }
    return plan.finish(place, with: .done)
  }

  // MARK: Names

  private func value(of entry: Let, at place: Place) throws(EvaluationFailure) -> Value {
    if let known = prepared.known[entry.id] { return known }
    return try evaluator(at: place).value(of: entry)
  }

  /// The inputs of the flow that is run are known; those of a called one come with the call.
  private func value(of input: Input, at place: Place) throws(EvaluationFailure) -> Value {
    if place.frame == .main, let known = prepared.known[input.id] { return known }
    let evaluator = evaluator(at: place)
    let value: Value
    if let given = frames[place.frame.index]?.arguments[input.id] {
      value = given
    } else {
      value =
        try input.defaultValue.map { expression throws(EvaluationFailure) in
          try evaluator.evaluate(expression)
        } ?? .null
    }
    do {
      return try ValueReader(evaluator).read(value, as: input.type, notes: input.notes)
    } catch {
      throw EvaluationFailure(error.message(in: "input `\(input.name)`"), at: input.span)
    }
  }

  // MARK: Blocks

  private mutating func open(_ loop: For, _ place: Place) throws(EvaluationFailure) -> Changes {
    let elements = try evaluator(at: place).list(of: loop.list)
    if !elements.isEmpty {
      let empty = [Value](repeating: .null, count: elements.count)
      var gathered: [NodeID: [Value]] = [:]
      for export in node(at: place).exports {
        let site = Site(block: block(of: place.frame), node: export)
        if prepared.readings.isRead(site) { gathered[maker(of: site)] = empty }
      }
      loops[place] = RunningLoop(elements: elements, left: elements.count, gathered: gathered)
    }
    return plan.open(place, passes: elements.count)
  }

  private mutating func choose(_ choice: If, _ place: Place) throws(EvaluationFailure) -> Changes {
    let evaluator = evaluator(at: place)
    for (index, branch) in choice.branches.enumerated() {
      guard let condition = branch.condition else { return plan.choose(place, branch: index) }
      if try evaluator.bool(of: condition) { return plan.choose(place, branch: index) }
    }
    return plan.choose(place, branch: nil)
  }

  private mutating func start(_ loop: Repeat, _ place: Place) throws(EvaluationFailure) -> Changes {
    let evaluator = evaluator(at: place)
    let bound = try evaluator.evaluate(loop.bound)
    guard Preparation.isBound(bound), let count = bound.number?.int else {
      let told = Diagnostic.badBound(bound, at: loop.bound.span)
      throw EvaluationFailure(told.message, at: told.span)
    }
    repeats[place] = RunningRepeat(bound: count, value: try evaluator.evaluate(loop.start))
    return plan.start(place, bound: count)
  }

  private mutating func decide(_ until: Until, _ place: Place) throws(EvaluationFailure) -> Changes {
    let stops = try evaluator(at: place).bool(of: until.condition)
    if stops { noteEnd(of: place.frame, didHold: true) }
    return plan.decide(place, stops: stops)
  }

  private mutating func turn(_ next: Next, _ place: Place) throws(EvaluationFailure) {
    let value = try evaluator(at: place).evaluate(next.value)
    set(place, value)
    let pass = frames[place.frame.index]?.pass ?? 0
    guard let owner = frames[place.frame.index]?.owner, let bound = repeats[owner]?.bound else { return }
    repeats[owner]?.value = value
    if pass + 1 == bound { noteEnd(of: place.frame, didHold: false) }
  }

  private mutating func noteEnd(of id: FrameID, didHold: Bool) {
    let frame = frame(id)
    guard let owner = frame.owner, case .work(.repeat(let loop)) = node(at: owner).origin else { return }
    let name = prepared.program[loop.variable.outer]
    record.note(
      RepeatReport(
        name: name.name, span: name.span, pass: self.frame(owner.frame).passes, passes: frame.pass + 1,
        didHold: didHold))
  }

  private mutating func enter(_ call: CallStep, _ place: Place) throws(EvaluationFailure) -> Changes {
    let evaluator = evaluator(at: place)
    var given: [ValueID: Value] = [:]
    for argument in call.arguments { given[argument.input] = try evaluator.evaluate(argument.value) }
    arguments[place] = given
    entered.insert(place)
    return plan.enter(place)
  }
}
