package import WeirDiagnostics
package import WeirProgram
import WeirValues

/// The models of a flow whose provider there is none of, as far as they are written out, each place once.
///
/// For a flow that is only checked; a run looks at every model that it will ask, wherever it comes from.
package func unknownProviders(of program: Program, by resolver: ModelResolver) -> [Diagnostic] {
  var search = ProviderSearch(resolver: resolver)
  for flow in program.used + [program.main] {
    if let model = flow.defaultModel { search.visit(model) }
    search.visit(flow.work)
  }
  return search.found
}

private struct ProviderSearch {
  let resolver: ModelResolver
  private(set) var found: [Diagnostic] = []
  /// Steps share what `defaults` and `models` say.
  private var seen: Set<Span> = []

  init(resolver: ModelResolver) { self.resolver = resolver }

  mutating func visit(_ body: [Work]) {
    for work in body {
      switch work {
      case .step(let step): if let model = step.settings.model { visit(model) }
      case .for(let loop): visit(loop.body)
      case .repeat(let loop): visit(loop.body)
      case .if(let choice): for branch in choice.branches { visit(branch.body) }
      case .let, .run, .call, .until, .next: break
      }
    }
  }

  mutating func visit(_ model: Expression) {
    switch model.kind {
    case .constant(let value): for name in value.list ?? [value] { visit(name, at: model.span) }
    case .list(let elements): for element in elements { visit(element) }
    case .conditional(_, let then, let otherwise):
      visit(then)
      visit(otherwise)
    default: break
    }
  }

  private mutating func visit(_ name: Value, at span: Span) {
    guard let unknown = name.string.flatMap(resolver.unknownProvider), seen.insert(span).inserted else {
      return
    }
    found.append(.unknownProvider(unknown, at: span))
  }
}

extension Expression {
  /// The element of a list that amounts to a value, where it is written out; else all of it.
  func part(giving value: Value) -> Expression {
    guard case .list(let elements) = kind else { return self }
    return elements.first { if case .constant(value) = $0.kind { true } else { false } } ?? self
  }
}
