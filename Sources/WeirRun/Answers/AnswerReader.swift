package import WeirEndpoint
import WeirProgram
package import WeirReading
package import WeirValues

/// Reads the answer of a model into the type of its step.
///
/// Text is taken without the white space at its ends. Anything else is what the answer means as the type
/// (`TypeTable.readAnswer`). Then every condition is checked, whatever the endpoint did with the schema.
package struct AnswerReader: Sendable {
  private let evaluator: Evaluator

  package init(_ evaluator: Evaluator) { self.evaluator = evaluator }

  /// A value, and how it was read; nothing was to be read of plain text.
  package struct Answer: Sendable {
    package let value: Value
    package let reading: Reading?
  }

  /// Reads the answer, and holds the value to the `ensures` of its step. All that does not hold is told
  /// at once.
  func read(
    _ reply: EndpointReply, as type: ValueType, ensuring ensures: [Step.Ensure]
  ) throws(AnswerMismatch) -> Answer {
    let answer: Answer
    do {
      answer = try read(reply, as: type)
    } catch {
      guard case .unfit(let misfits) = error.reason, let value = misfits.value else { throw error }
      let all = misfits.all + broken(ensures, by: value)
      throw AnswerMismatch(.unfit(Misfits(all: all)), in: reply.text.withoutBlankEnds)
    }
    let misfits = broken(ensures, by: answer.value)
    if misfits.isEmpty { return answer }
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

  package func read(_ reply: EndpointReply, as type: ValueType) throws(AnswerMismatch) -> Answer {
    let text = reply.text.withoutBlankEnds
    if reply.finish == .contentFilter || reply.finish == .refusal { throw AnswerMismatch(.refused, in: text) }
    if evaluator.program.types.resolved(type) == .image {
      guard let picture = reply.pictures.first else { throw AnswerMismatch(.noPicture, in: text) }
      return Answer(value: .image(picture), reading: nil)
    }
    if text.isEmpty { throw AnswerMismatch(reply.finish == .length ? .cutOff : .empty, in: text) }
    let shape = AnswerShape(of: type, evaluator.program.types)
    if shape == .text { return Answer(value: try held(.string(text), to: type, text), reading: nil) }
    var options = ReadingOptions(
      isCutOff: reply.finish == .length, wrapper: shape == .wrapped ? AnswerShape.wrapperField : nil)
    options.meets = { [evaluator] in ValueReader(evaluator).meets($0, $1) }
    let reading: Reading
    do {
      reading = try evaluator.program.types.readAnswer(text, as: type, options)
    } catch {
      throw AnswerMismatch(error, in: text, isCutOff: reply.finish == .length)
    }
    let misfits = ValueReader(evaluator).unmet(reading.conditioned)
    if misfits.isEmpty { return Answer(value: reading.value, reading: reading) }
    throw AnswerMismatch(.unfit(Misfits(all: misfits, value: reading.value)), in: text)
  }

  private func held(_ value: Value, to type: ValueType, _ text: String) throws(AnswerMismatch) -> Value {
    do {
      return try ValueReader(evaluator).read(value, as: type)
    } catch {
      throw AnswerMismatch(.unfit(error), in: text)
    }
  }
}
