package import WeirDiagnostics
package import WeirEndpoint
package import WeirProgram
import WeirValues

/// What a run of this flow would be told of the settings that are written out, whatever it is given: values that
/// no endpoint takes, and settings for which the endpoint that is named has no word.
///
/// For a flow that is only checked, and quick: nothing is prepared. What a setting reads of a name is left to the
/// run, and the tools of a step to the checker.
package func literalFaults(
  of program: Program, by endpoints: [String: any Endpoint], asking resolver: ModelResolver
) -> [Diagnostic] {
  var search = LiteralSearch(program, endpoints, resolver)
  for flow in program.used + [program.main] { search.visit(flow.work) }
  return search.found.inSourceOrder()
}

private struct LiteralSearch {
  private let evaluator: Evaluator
  private let resolver: ModelResolver
  private var judge: SettingJudge
  private(set) var found: [Diagnostic] = []
  /// Steps share what `defaults` say.
  private var seen: Set<Span> = []

  init(_ program: Program, _ endpoints: [String: any Endpoint], _ resolver: ModelResolver) {
    evaluator = Evaluator(program, values: [:])
    self.resolver = resolver
    judge = SettingJudge(endpoints, program.deliveries)
  }

  mutating func visit(_ body: [Work]) {
    for work in body {
      switch work {
      case .step(let step): visit(step)
      case .for(let loop): visit(loop.body)
      case .repeat(let loop): visit(loop.body)
      case .if(let choice): for branch in choice.branches { visit(branch.body) }
      case .let, .run, .call, .until, .next: break
      }
    }
  }

  private mutating func visit(_ step: Step) {
    var reader = SettingReader(evaluator, resolver)
    let asking = reader.read(step)
    for fault in reader.diagnostics where fault.code == .settingOutOfRange && seen.insert(fault.span).inserted
    {
      found.append(fault)
    }
    let isPicture = evaluator.program.types.resolved(step.type) == .image
    let prepared = PreparedStep(step, asking, answer: isPicture ? .picture : .text)
    if let refusal = judge.refusal(of: prepared, with: []), seen.insert(refusal.span).inserted {
      found.append(refusal)
    }
  }
}
