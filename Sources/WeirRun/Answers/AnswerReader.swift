package import WeirEndpoint
import WeirProgram
package import WeirValues

/// Reads the answer of a model into the type of its step.
///
/// Text is taken without the white space at its ends. Anything else is looked for as JSON: the
/// whole answer, then what a code fence holds, then objects and lists in prose; the first that is
/// of the type is taken. Nothing is mended. Then every condition is checked, whatever the endpoint
/// did with the schema.
package struct AnswerReader: Sendable {
  private let evaluator: Evaluator

  package init(_ evaluator: Evaluator) { self.evaluator = evaluator }

  /// Reads the answer, and holds the value to the `ensures` of its step. All that does not hold is told
  /// at once.
  func read(
    _ reply: EndpointReply, as type: ValueType, ensuring ensures: [Step.Ensure]
  ) throws(AnswerMismatch) -> (value: Value, note: ReadingNote?) {
    let value: Value
    do {
      value = try read(reply, as: type)
    } catch {
      guard case .unfit(let misfits) = error.reason, let value = misfits.value else { throw error }
      let all = misfits.all + broken(ensures, by: value)
      throw AnswerMismatch(.unfit(Misfits(all: all)), in: reply.text.withoutBlankEnds)
    }
    let misfits = broken(ensures, by: value)
    if misfits.isEmpty { return (value, nil) }
    throw AnswerMismatch(.unfit(Misfits(all: misfits)), in: reply.text.withoutBlankEnds)
  }

  private func broken(_ ensures: [Step.Ensure], by value: Value) -> [Misfit] {
    ensures.compactMap { ensure in
      do throws(EvaluationFailure) {
        if try evaluator.evaluate(ensure.condition, locals: [value]) == .bool(true) { return nil }
        guard let reason = ensure.reason else { return .ensure("`\(ensure.text)` must hold") }
        return .ensure(try TemplateRenderer(evaluator).text(of: reason, locals: [value]))
      } catch {
        return .ensure("`\(ensure.text)` must hold: \(error.message)")
      }
    }
  }

  package func read(_ reply: EndpointReply, as type: ValueType) throws(AnswerMismatch) -> Value {
    let text = reply.text.withoutBlankEnds
    if reply.finish == .contentFilter || reply.finish == .refusal { throw AnswerMismatch(.refused, in: text) }
    if text.isEmpty { throw AnswerMismatch(reply.finish == .length ? .cutOff : .empty, in: text) }
    do {
      return try value(in: text, as: type)
    } catch {
      throw AnswerMismatch(reply.finish == .length ? .cutOff : error.reason, in: text)
    }
  }

  private func value(in text: String, as type: ValueType) throws(AnswerMismatch) -> Value {
    switch AnswerShape(of: type, evaluator.program.types) {
    case .text: return try fitted([.string(text)], type, text)
    case .object: return try json(in: text, type) { [$0] }
    case .wrapped:
      do {
        return try json(in: text, type, \.unwrapped)
      } catch {
        // A model that was asked for a text often gives just that.
        guard case .notJSON = error.reason, evaluator.program.types.resolved(type) == .string else {
          throw error
        }
        return try fitted([.string(text)], type, text)
      }
    }
  }

  /// What was JSON but did not fit says more than what was not JSON.
  private func json(
    in text: String, _ type: ValueType, _ readings: (Value) -> [Value]
  ) throws(AnswerMismatch) -> Value {
    var unfit: AnswerMismatch?
    var notJSON: JSONError?
    for candidate in JSONCandidates(text) {
      let value: Value
      do {
        value = try Value(json: candidate)
      } catch {
        notJSON = notJSON ?? error
        continue
      }
      do {
        return try fitted(readings(value), type, text)
      } catch {
        unfit = unfit ?? error
      }
    }
    throw unfit ?? AnswerMismatch(.notJSON(notJSON?.message ?? "expected a value"), in: text)
  }

  /// The first of some readings that is of the type; the failure is that of the first.
  private func fitted(
    _ readings: [Value], _ type: ValueType, _ text: String
  ) throws(AnswerMismatch) -> Value {
    var failure = Misfits(all: [])
    for value in readings {
      do {
        return try ValueReader(evaluator).read(value, as: type)
      } catch {
        if failure.all.isEmpty { failure = error }
      }
    }
    throw AnswerMismatch(.unfit(failure), in: text)
  }
}

extension Value {
  /// What stands in the wrapper, and the value itself for a model that left the wrapper away.
  fileprivate var unwrapped: [Value] {
    if let record, record.count == 1, let inner = record[AnswerShape.wrapperField] { return [inner, self] }
    return [self]
  }
}
