import WeirDiagnostics
import WeirProgram
import WeirValues

/// Reads a value into a type and holds it to every `where` on the way.
struct ValueReader {
  private let evaluator: Evaluator

  init(_ evaluator: Evaluator) { self.evaluator = evaluator }

  /// `notes` are what is said about the value beside its type, as at an input. Conditions are asked
  /// only of what has the right shape, and never of null, which an optional may always be.
  func read(_ value: Value, as type: ValueType, notes: TypeNotes = .none) throws(Misfits) -> Value {
    let conformance = evaluator.program.types.conform(value, to: type)
    var misfits = conformance.mismatches.map(Misfit.type) + unmet(conformance.conditioned)
    if conformance.fits, !conformance.value.isNull, let condition = notes.condition {
      misfits += unmet(condition, conformance.value, ValuePath())
    }
    if !misfits.isEmpty { throw Misfits(all: misfits, value: conformance.fits ? conformance.value : nil) }
    return conformance.value
  }

  /// Of parts that have the right shape, those that do not meet their conditions.
  func unmet(_ parts: [Conformance.Conditioned]) -> [Misfit] {
    parts.flatMap { unmet($0.condition, $0.value, $0.path) }
  }

  func meets(_ condition: ConditionID, _ value: Value) -> Bool {
    unmet(condition, value, ValuePath()).isEmpty
  }

  private func unmet(_ id: ConditionID, _ value: Value, _ path: ValuePath) -> [Misfit] {
    let condition = evaluator.program[id]
    var failure: String?
    do {
      if try evaluator.evaluate(condition.expression, locals: [value]) == .bool(true) { return [] }
    } catch {
      failure = error.message
    }
    return [
      .condition(.init(path: path, value: value.excerpt, condition: condition.text, failure: failure))
    ]
  }
}

extension Evaluator {
  /// The value of a `let`, read into its type where it has one that must be read.
  func value(of entry: Let) throws(EvaluationFailure) -> Value {
    let value = try evaluate(entry.expression)
    guard let type = entry.readAs else { return value }
    do {
      return try ValueReader(self).read(value, as: type)
    } catch {
      throw EvaluationFailure(
        error.message(in: "`\(program[entry.id].name)`"), at: entry.expression.span)
    }
  }
}
