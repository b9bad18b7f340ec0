package import WeirDiagnostics
import WeirGraph
package import WeirProgram
import WeirValues

/// Evaluates all that needs no model, so that everything that can be told before the first request
/// is told, at once and in the order of the source. There is a run only where nothing is wrong.
package func prepare(_ program: Program, _ options: RunOptions) -> (run: PreparedRun?, [Diagnostic]) {
  var preparation = Preparation(program, options)
  preparation.prepare()
  let diagnostics = preparation.diagnostics.inSourceOrder()
  return (diagnostics.hasErrors ? nil : preparation.run, diagnostics)
}

/// The state of one preparation. It walks through the flow as a run would, as far as that can be known:
/// through every element of a list that is known, into the flows that are called, into the branch that
/// will be taken or else into all of them. What depends on something wrong stays unknown, and silent.
///
/// A body whose passes cannot differ before the first request is walked through once, however many
/// passes there are: `hasVaried` tells whether anything that was looked at belongs to the pass.
struct Preparation {
  let program: Program
  let options: RunOptions
  let graph: Graph
  let sites: SiteTable
  let models: ModelResolver
  let base: Evaluator
  private let flows: [BlockID: FlowID]
  private(set) var diagnostics: [Diagnostic] = []
  private var alreadyTold: Set<Fault> = []
  var known: Bindings = [:]
  /// The values of blocks and calls, which may be others in another pass.
  private(set) var varying: [Bool]
  private var scopes: [[ValueID]] = []
  var hasVaried = false
  /// Whether what is looked at is sure to be done if the run comes to its end.
  var isCertain = true
  /// The model that the caller names, for steps of a called flow.
  var inherited: Value?

  /// By the place of a site: the step that it is, the first of those that it may be.
  private var steps: [PreparedStep?]
  /// The others that it may be: few sites have any.
  private var otherSteps: [Int: [PreparedStep]] = [:]
  /// Those of flows that models may call.
  var toolSteps: [PreparedStep] = []
  var toolFlows: Set<ToolFlow> = []
  /// Which of them it is for sure.
  private var fixed: [Int32]
  private var askings: [RequestKey: PreparedStep.Asking] = [:]

  /// The same fault in many passes is told once.
  private struct Fault: Hashable {
    let message: String
    let span: Span
  }

  private struct RequestKey: Hashable {
    let models: [ModelChoice]
    let settings: RequestSettings
  }

  init(_ program: Program, _ options: RunOptions) {
    self.program = program
    self.options = options
    graph = Graph(program)
    flows = graph.calledFlows
    sites = SiteTable(graph)
    models = ModelResolver(providers: options.providers, defaultProvider: options.defaultProvider)
    base = Evaluator(program, values: [:], files: FileReading(options.files))
    varying = Array(repeating: false, count: program.values.count)
    steps = Array(repeating: nil, count: sites.all.count)
    fixed = Array(repeating: -1, count: sites.all.count)
    inherited = options.inheritedModel
  }

  var run: PreparedRun {
    var all: [PreparedStep] = []
    all.reserveCapacity(steps.count)
    var places = fixed
    for (place, first) in steps.enumerated() {
      guard let first else { continue }
      if fixed[place] >= 0 { places[place] += Int32(all.count) }
      all.append(first)
      all += otherSteps[place] ?? []
    }
    return PreparedRun(
      program, graph, sites: sites, known: known, steps: all + toolSteps, fixed: places, evaluator: base,
      options, models)
  }

  mutating func prepare() {
    lendNames()
    for id in graph.main.ids {
      if case .input(let input) = graph.main[id].origin { bind(input.id, value(of: input, given: nil)) }
      if case .work(let work) = graph.main[id].origin { walk(work) }
    }
    for output in program.outputs { readFiles(in: output.expression) }
  }

  /// The lets of used flows that need nothing: they can be read without a call.
  private mutating func lendNames() {
    for flow in program.used {
      for work in flow.work {
        if case .let(let entry) = work { bind(entry.id, value(of: entry)) }
      }
    }
  }

  // MARK: Names

  var evaluator: Evaluator { base.with(known) }

  /// Notes a value, until the scope ends in which it was made.
  mutating func bind(_ id: ValueID, _ value: Value?) {
    guard let value else { return }
    known[id] = value
    if scopes.isEmpty { return }
    varying[id.index] = true
    scopes[scopes.count - 1].append(id)
  }

  /// What is bound in `body` is forgotten after it.
  mutating func scoped(_ body: (inout Preparation) -> Void) {
    scopes.append([])
    body(&self)
    for id in scopes.removeLast() { known[id] = nil }
  }

  /// Whether every name that the expression reads has its value. To ask is to look: what differs from
  /// pass to pass is noted.
  mutating func knows(_ expression: Expression) -> Bool { knows(expression.references) }

  mutating func knows(_ ids: [ValueID]) -> Bool {
    var isKnown = true
    for id in ids {
      if known[id] == nil { isKnown = false }
      if varying[id.index] { hasVaried = true }
    }
    return isKnown
  }

  mutating func value(of entry: Let) -> Value? {
    guard knows(program.needs(of: .let(entry))) else {
      readFiles(in: entry.expression)
      return nil
    }
    do {
      return try evaluator.value(of: entry)
    } catch {
      if isCertain { tell(.evaluationFailed(error)) }
      return nil
    }
  }

  /// The value of an expression that is known before the first request; nil where it is not, or fails.
  mutating func value(of expression: Expression) -> Value? {
    guard knows(expression) else { return nil }
    do {
      return try evaluator.evaluate(expression)
    } catch {
      if isCertain { tell(.evaluationFailed(error)) }
      return nil
    }
  }

  /// What the flow around a node says in its `defaults` about models.
  func defaultModel(around id: ValueID) -> Expression? {
    guard let site = graph.site(of: id) else { return nil }
    return program.flow(of: graph[site.block].flow, flows).defaultModel
  }

  // MARK: Faults

  mutating func tell(_ diagnostic: Diagnostic) {
    guard let span = diagnostic.labels.first?.span,
      alreadyTold.insert(Fault(message: diagnostic.message, span: span)).inserted
    else { return }
    diagnostics.append(diagnostic)
  }

  // MARK: Steps

  mutating func keep(_ step: Step, at place: Int, _ asking: PreparedStep.Asking, isFixed: Bool) {
    let key = RequestKey(models: asking.models, settings: asking.settings)
    let shared = askings[key] ?? asking
    askings[key] = shared
    if steps[place]?.asking === shared { return }
    if otherSteps[place]?.contains(where: { $0.asking === shared }) == true { return }
    let prepared = PreparedStep(step, shared, answer: isFixed ? answer(of: step) : .later)
    if steps[place] == nil {
      if isFixed { fixed[place] = 0 }
      steps[place] = prepared
    } else {
      otherSteps[place, default: []].append(prepared)
      if isFixed { fixed[place] = Int32(otherSteps[place]?.count ?? 0) }
    }
  }

  private func answer(of step: Step) -> PreparedStep.WantedAnswer {
    let answer = SettingReader(evaluator, models).answer(of: step)
    let conditions = program.conditions(of: step.type)
    let varies = conditions.contains { program[$0].expression.references.contains { varying[$0.index] } }
    guard varies, case .known = answer else { return answer }
    return .later
  }
}
