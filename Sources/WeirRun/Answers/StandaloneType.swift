package import WeirDiagnostics
package import WeirEndpoint
package import WeirProgram
package import WeirValues

/// A type outside of any run, with what its conditions name as far as that is known without one:
/// constants and `let`s that ask nobody, and inputs by their defaults.
package struct StandaloneType: Sendable {
  package let type: ValueType
  let evaluator: Evaluator
  /// What was to be computed for a condition, and could not be.
  package let diagnostics: [Diagnostic]

  package init(_ type: ValueType, in program: Program, files: FileReading) {
    self.type = type
    var names = NamesOfConditions(program, files)
    names.compute(program.valuesBehindConditions(of: type))
    evaluator = names.evaluator
    diagnostics = names.diagnostics.inSourceOrder()
  }

  package var program: Program { evaluator.program }

  /// The conditions that name what only a run has.
  package var openConditions: [Condition] {
    program.conditions(of: type).map { program[$0] }.filter { !evaluator.knows($0.expression) }
  }

  /// What is sent with a request for it; nil where the answer is plain text.
  package func schema(name: String) -> AnswerSchema? {
    SchemaBuilder(evaluator).schema(for: type, name: name)
  }

  /// The schema of the type itself, without what it is wrapped in to be sent.
  package var bareSchema: Value { SchemaBuilder(evaluator).bareSchema(of: type) }
}

/// Computes names one after another, each once those are known that it needs.
private struct NamesOfConditions {
  private let program: Program
  private var known: Bindings = [:]
  private(set) var evaluator: Evaluator
  private(set) var diagnostics: [Diagnostic] = []

  init(_ program: Program, _ files: FileReading) {
    self.program = program
    evaluator = Evaluator(program, values: [:], files: files)
  }

  mutating func compute(_ wanted: Set<ValueID>) {
    if wanted.isEmpty { return }
    for input in program.inputs where wanted.contains(input.id) {
      guard let value = input.defaultValue, evaluator.knows(value) else { continue }
      bind(input.id) { evaluator throws(EvaluationFailure) in try evaluator.evaluate(value) }
    }
    for case .let(let entry) in program.used.flatMap(\.work) + program.work
    where wanted.contains(entry.id) && evaluator.knows(entry.expression) {
      bind(entry.id) { evaluator throws(EvaluationFailure) in try evaluator.value(of: entry) }
    }
  }

  private mutating func bind(_ id: ValueID, _ compute: (Evaluator) throws(EvaluationFailure) -> Value) {
    do throws(EvaluationFailure) {
      known[id] = try compute(evaluator)
      evaluator = evaluator.with(known)
    } catch {
      diagnostics.append(.evaluationFailed(error))
    }
  }
}

extension Program {
  /// The names that the conditions of a type read, and those that these are computed from.
  fileprivate func valuesBehindConditions(of type: ValueType) -> Set<ValueID> {
    var wanted = Set(conditions(of: type).flatMap { self[$0].expression.references })
    // A name stands above those that are computed from it.
    for case .let(let entry) in (used.flatMap(\.work) + work).reversed() where wanted.contains(entry.id) {
      wanted.formUnion(entry.expression.references)
    }
    return wanted
  }
}
