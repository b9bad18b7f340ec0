package import WeirDiagnostics
import WeirGraph
package import WeirProgram
package import WeirValues

/// What a run is given beside its flow.
package struct RunOptions: Sendable {
  /// Values for the inputs by name, already read from what a person typed. Names that no input has
  /// are the caller's to refuse.
  package var inputs: [String: Value] = [:]
  /// The names that may stand before the `:` of a model.
  package var providers: Set<String>
  /// Whom a model without a provider's name belongs to.
  package var defaultProvider: String
  /// Asked by every step, whatever the flow names.
  package var model: String?

  package init(inputs: [String: Value] = [:], providers: Set<String>, defaultProvider: String) {
    self.inputs = inputs
    self.providers = providers
    self.defaultProvider = defaultProvider
  }
}

/// Evaluates all that needs no model, so that everything that can be told before the first request
/// is told, at once and in the order of the source. There is a run only where nothing is wrong.
package func prepare(_ program: Program, _ options: RunOptions) -> (run: PreparedRun?, [Diagnostic]) {
  var preparation = Preparation(program, options)
  preparation.evaluateNames()
  preparation.readSteps()
  let diagnostics = preparation.diagnostics.inSourceOrder()
  return (diagnostics.hasErrors ? nil : preparation.run, diagnostics)
}

/// The state of one preparation. What depends on something wrong stays unknown, and silent.
private struct Preparation {
  private let program: Program
  private let options: RunOptions
  private let graph: Graph
  private let models: ModelResolver
  private(set) var diagnostics: [Diagnostic] = []
  private var known: Bindings = [:]
  private var steps: [PreparedStep] = []

  init(_ program: Program, _ options: RunOptions) {
    self.program = program
    self.options = options
    graph = Graph(program)
    models = ModelResolver(providers: options.providers, defaultProvider: options.defaultProvider)
  }

  var run: PreparedRun { PreparedRun(program: program, graph: graph, known: known, steps: steps) }

  private var evaluator: Evaluator { Evaluator(program, values: known) }

  /// In the order of the graph every name stands after those that it reads.
  mutating func evaluateNames() {
    let inputs = Dictionary(uniqueKeysWithValues: program.inputs.map { ($0.id, $0) })
    let lets = Dictionary(
      uniqueKeysWithValues: program.work.compactMap { work in
        if case .let(let entry) = work { (work.id, entry) } else { nil }
      })
    for id in graph.ids {
      guard case .value(let value) = graph[id].origin, isReady(id) else { continue }
      if let input = inputs[value] { known[value] = self.value(of: input) }
      if let entry = lets[value] { known[value] = self.value(of: entry) }
    }
  }

  private func isReady(_ id: NodeID) -> Bool {
    graph.needs(of: id).allSatisfy { need in
      if case .value(let value) = graph[need].origin { known[value] != nil } else { false }
    }
  }

  // MARK: Names

  private mutating func value(of input: Input) -> Value? {
    guard let (value, span) = given(input) else { return nil }
    do {
      return try ValueReader(evaluator).read(value, as: input.type, notes: input.notes)
    } catch {
      diagnostics.append(.inputMismatch(input, error, at: span))
      return nil
    }
  }

  /// What was given for an input, or else what the flow says, and where that stands.
  private mutating func given(_ input: Input) -> (Value, Span)? {
    if let value = options.inputs[input.name] { return (value, input.span) }
    guard let expression = input.defaultValue else {
      if program.types.isOptional(input.type) { return (.null, input.span) }
      diagnostics.append(.missingInput(input, program.types))
      return nil
    }
    return evaluated(expression).map { ($0, expression.span) }
  }

  private mutating func value(of entry: Let) -> Value? {
    do {
      return try evaluator.value(of: entry)
    } catch {
      diagnostics.append(.evaluationFailed(error))
      return nil
    }
  }

  private mutating func evaluated(_ expression: Expression) -> Value? {
    do {
      return try evaluator.evaluate(expression)
    } catch {
      diagnostics.append(.evaluationFailed(error))
      return nil
    }
  }

  // MARK: Steps

  mutating func readSteps() {
    var settings = SettingReader(evaluator, models, model: options.model)
    for work in program.work {
      guard case .step(let step) = work else { continue }
      steps.append(settings.read(step))
    }
    diagnostics += settings.diagnostics
  }
}
