import WeirDiagnostics
import WeirEndpoint
import WeirGraph
import WeirProgram
import WeirValues

extension Preparation {
  mutating func walk(_ work: Work) {
    switch work {
    case .let(let entry): if known[entry.id] == nil { bind(entry.id, value(of: entry)) }
    case .step(let step): read(step)
    case .run(let step): read(step, as: "step `\(step.name)`")
    case .call(let call): walk(call)
    case .for(let loop): walk(loop)
    case .if(let choice): walk(choice)
    case .repeat(let loop): walk(loop)
    case .until(let until):
      readFiles(in: until.condition)
      isCertain = false
    case .next(let next): readFiles(in: next.value)
    }
  }

  private mutating func walk(_ body: [Work]) { for work in body { walk(work) } }

  /// Lets a body be uncertain where it is, and what comes after it as certain as what came before.
  private mutating func keepingCertainty(_ body: (inout Preparation) -> Void) {
    let wasCertain = isCertain
    body(&self)
    isCertain = wasCertain
  }

  // MARK: Steps

  private mutating func read(_ step: Step) {
    guard let place = graph.site(of: step.id).flatMap(sites.place) else {
      preconditionFailure("step `\(step.name)` has no node")
    }
    let early = step.settings.early
    for setting in early { _ = knows(setting) }
    var reader = SettingReader(evaluator, models, model: options.model, standIn: options.standIn)
    let inheritsModel = step.settings.model == nil && options.model == nil && inherited != nil
    let asking = reader.read(step, inheriting: inherited)
    for diagnostic in reader.diagnostics { tell(diagnostic) }
    readFiles(in: step)
    readTools(of: step, asking: asking.models)
    if !asking.models.isEmpty {
      let isFixed =
        !inheritsModel && !early.contains { $0.references.contains { varying[$0.index] || known[$0] == nil } }
      keep(step, at: place, asking, isFixed: isFixed)
    }
  }

  mutating func read(_ step: RunStep, as what: String) {
    for setting in [step.timeout, step.retries].compactMap({ $0 }) { _ = knows(setting) }
    var reader = SettingReader(evaluator, models)
    _ = reader.read(step)
    for diagnostic in reader.diagnostics { tell(diagnostic) }
    for expression in step.expressions { readFiles(in: expression) }
    checkProgram(of: step, what)
    for variable in step.environment {
      if case .secret(let source)? = value(of: variable.value), options.secrets(source) == nil {
        tell(.missingSecret(source, at: variable.value.span))
      }
    }
  }

  /// The program itself is known before the first request, whatever follows it.
  private mutating func checkProgram(of step: RunStep, _ what: String) {
    let first = step.command.firstElement
    let named = first.map { value(of: $0) } ?? value(of: step.command)?.list?.first
    guard let program = named?.string else { return }
    let place = (first ?? step.command).span
    guard options.allowedPrograms.contains(program) else {
      return tell(.notAllowed(program, what, at: place))
    }
    // Where it may be missing, or is looked for elsewhere, the flow says so.
    guard step.otherwise == nil, !step.environment.contains(where: { $0.name == "PATH" }),
      let failure = options.findProgram(program, options.folders(step.span.file))
    else { return }
    tell(.missingProgram(what, failure, isCertain: isCertain, at: place))
  }

  // MARK: Loops

  private mutating func walk(_ loop: For) {
    readFiles(in: loop.list)
    guard let elements = value(of: loop.list)?.list else {
      keepingCertainty { preparation in
        preparation.isCertain = false
        preparation.scoped { $0.walk(loop.body) }
      }
      return
    }
    var exported: [[Value]?] = Array(repeating: [], count: loop.exports.count)
    let hadVaried = hasVaried
    hasVaried = false
    for (index, element) in elements.enumerated() {
      scoped { preparation in
        preparation.bind(loop.element, element)
        if let id = loop.index { preparation.bind(id, .int(index)) }
        preparation.keepingCertainty { $0.walk(loop.body) }
        for (place, export) in loop.exports.enumerated() {
          if let value = preparation.known[export.inner] {
            exported[place]?.append(value)
          } else {
            exported[place] = nil
          }
        }
      }
      if !hasVaried, exported.allSatisfy({ $0 == nil }) { break }
    }
    hasVaried = hasVaried || hadVaried
    for (export, values) in zip(loop.exports, exported) { bind(export.outer, values.map { .list($0) }) }
  }

  private mutating func walk(_ loop: Repeat) {
    readFiles(in: loop.start)
    if let bound = value(of: loop.bound), !Self.isBound(bound) {
      tell(.badBound(bound, at: loop.bound.span))
    }
    keepingCertainty { preparation in preparation.scoped { $0.walk(loop.body) } }
  }

  static let mostPasses = 10_000

  static func isBound(_ value: Value) -> Bool {
    value.number?.int.map { (1...mostPasses).contains($0) } ?? false
  }

  // MARK: Choice

  private mutating func walk(_ choice: If) {
    var taken: Int?
    var isOpen = false
    for (index, branch) in choice.branches.enumerated() where taken == nil {
      guard let condition = branch.condition else {
        taken = index
        break
      }
      readFiles(in: condition)
      guard let holds = value(of: condition)?.bool else {
        isOpen = true
        break
      }
      if holds { taken = index }
    }
    if isOpen { return walkAll(choice) }
    var exported: [Value?] = choice.exports.map { _ in taken == nil ? .null : nil }
    if let taken {
      scoped { preparation in
        preparation.walk(choice.branches[taken].body)
        exported = choice.exports.map { $0.inner[taken].map { preparation.known[$0] } ?? .null }
      }
    }
    for (export, value) in zip(choice.exports, exported) { bind(export.outer, value) }
  }

  private mutating func walkAll(_ choice: If) {
    keepingCertainty { preparation in
      preparation.isCertain = false
      for branch in choice.branches {
        if let condition = branch.condition { preparation.readFiles(in: condition) }
        preparation.scoped { $0.walk(branch.body) }
      }
    }
  }

  // MARK: Calls

  private mutating func walk(_ call: CallStep) {
    let flow = program[call.flow]
    let given = arguments(of: call)
    let caller = inherited
    inherited = defaultModel(around: call.id).flatMap { value(of: $0) } ?? caller
    scoped { preparation in
      let named = Set(call.arguments.map(\.input))
      for input in flow.inputs {
        let isUnknown = named.contains(input.id) && given[input.id] == nil
        if !isUnknown { preparation.bind(input.id, preparation.value(of: input, given: given[input.id])) }
      }
      preparation.keepingCertainty { $0.walk(flow.work) }
      for output in flow.outputs { preparation.readFiles(in: output.expression) }
    }
    inherited = caller
  }

  private mutating func arguments(of call: CallStep) -> [ValueID: (Value, Span)] {
    var given: [ValueID: (Value, Span)] = [:]
    for argument in call.arguments {
      readFiles(in: argument.value)
      if let value = value(of: argument.value) { given[argument.input] = (value, argument.value.span) }
    }
    return given
  }

  // MARK: Inputs

  /// `given` is what a call passes on; the inputs of the flow that is run are given by the options.
  mutating func value(of input: Input, given argument: (Value, Span)?) -> Value? {
    guard let (value, span) = argument ?? given(input) else { return nil }
    guard knows(program.conditions(of: input).flatMap { program[$0].expression.references }) else {
      return value
    }
    do {
      return try ValueReader(evaluator).read(value, as: input.type, notes: input.notes)
    } catch {
      tell(.inputMismatch(input, error, at: span))
      return nil
    }
  }

  private mutating func given(_ input: Input) -> (Value, Span)? {
    let isMain = graph.site(of: input.id)?.block == .main
    if isMain, let value = options.inputs[input.name] { return (value, input.span) }
    if isMain, isSecret(input), options.secrets(.input(input.name)) != nil {
      return (.secret(.input(input.name)), input.span)
    }
    if isMain, options.openInputs.contains(input.name) { return nil }
    guard let expression = input.defaultValue else {
      if program.types.isOptional(input.type) { return (.null, input.span) }
      if isMain { tell(.missingInput(input, program.types)) }
      return nil
    }
    readFiles(in: expression)
    return value(of: expression).map { ($0, expression.span) }
  }

  private func isSecret(_ input: Input) -> Bool {
    program.types.resolved(program.types.withoutNull(input.type)) == .secret
  }
}

extension Program {
  /// What an input is held to.
  fileprivate func conditions(of input: Input) -> [ConditionID] {
    (input.notes.condition.map { [$0] } ?? []) + conditions(of: input.type)
  }
}
