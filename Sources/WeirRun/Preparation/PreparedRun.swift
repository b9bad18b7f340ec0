import WeirDiagnostics
import WeirEndpoint
package import WeirGraph
package import WeirProgram
package import WeirValues

/// A flow that is ready to run: everything that can be known without asking a model is known, and
/// nothing of it is wrong. Made by `prepare`.
///
/// Immutable. A class because every step of a run refers to it, and a copy of so much would cost
/// more than the step itself.
package final class PreparedRun: Sendable {
  package let program: Program
  package let graph: Graph
  /// The inputs, and every `let` that needs no step and stands in no block.
  package let known: Bindings
  /// The steps that ask a model, in the order of the source, with the settings that they will have, and
  /// those of the flows that models may call. One whose settings change from pass to pass is here once for
  /// all that are alike.
  package let steps: [PreparedStep]
  /// What asks or runs something, in the order of the source.
  let sites: SiteTable
  /// By the place of a site: which of the steps it is, where nothing that varies decides its settings;
  /// negative for all others.
  private let fixed: [Int32]
  let readings: Readings
  let evaluator: Evaluator
  let options: RunOptions
  let resolver: ModelResolver
  /// By the block of a flow that is called.
  let flows: [BlockID: FlowID]
  /// The steps whose conversation another carries on.
  let continued: Set<ValueID>
  /// How answers of providers come, where the flow says so of them.
  let deliveries: [String: EndpointRequest.Delivery]

  init(
    _ program: Program, _ graph: Graph, sites: SiteTable, known: Bindings, steps: [PreparedStep],
    fixed: [Int32], evaluator: Evaluator, _ options: RunOptions, _ resolver: ModelResolver
  ) {
    self.program = program
    self.graph = graph
    self.sites = sites
    self.known = known
    self.steps = steps
    self.fixed = fixed
    readings = Readings(program, graph)
    self.evaluator = evaluator.with([:])
    self.options = options
    self.resolver = resolver
    flows = graph.calledFlows
    continued = Set(steps.compactMap { $0.written.continued })
    deliveries = program.deliveries
  }

  /// What the steps that ask a model must answer, by the names that progress has for them.
  package var answers: [(step: String, type: ValueType)] {
    sites.all.compactMap { site in
      guard case .work(.step(let step)) = graph[site].origin else { return nil }
      return (name(of: site), step.type)
    }
  }

  /// What asks a model or runs a program, by the name that progress has for it, in the order of the source.
  package var names: [String] { sites.all.map(name) }

  /// The name of what asks somebody, with that of its flow before it where that is a called one: `summarize.notes`.
  func name(of site: Site) -> String {
    let name = graph.name(of: site) ?? ""
    let flow = graph.flow(of: site.block)
    let inFlow = flow == .main ? name : "\(graph[flow].name).\(name)"
    return options.namePrefix.isEmpty ? inFlow : options.namePrefix + inFlow
  }

  /// Where the name of what asks somebody stands.
  func span(of site: Site) -> Span {
    switch graph[site].origin {
    case .work(.step(let step)): step.span
    case .work(.run(let step)): step.span
    case .work, .input, .value, .meta, .output: preconditionFailure("only a step asks somebody")
    }
  }

  /// The step at a site, where nothing that varies decides its settings.
  func fixedStep(at place: Int) -> PreparedStep? { fixed[place] < 0 ? nil : steps[Int(fixed[place])] }

  /// What an expression of a `provider` amounts to: a string, or a secret.
  package func value(of expression: Expression) throws(EvaluationFailure) -> Value {
    try evaluator.with(known).evaluate(expression)
  }
}

extension Program {
  /// How answers come, by the names of the providers that say so.
  var deliveries: [String: EndpointRequest.Delivery] {
    main.providers.reduce(into: [:]) { found, provider in
      guard let via = provider.via, found[provider.name] == nil else { return }
      found[provider.name] = EndpointRequest.Delivery(rawValue: via.rawValue)
    }
  }
}
