import WeirProgram
package import WeirReading
import WeirValues

/// Why a text has no value of a type, or not one that may be taken.
package enum UnusableText: Error, Sendable {
  case unread(ReadingFailure)
  /// The value is there, but conditions do not hold.
  case unmet(Reading, Misfits)
}

extension StandaloneType {
  /// Reads a text as a model's answer would be read, and holds the value to every condition.
  package func read(_ text: String, allowsPartial: Bool = false) throws(UnusableText) -> Reading {
    var options = ReadingOptions(allowsPartial: allowsPartial, wrapper: AnswerShape.wrapperField)
    options.meets = { [evaluator] in ValueReader(evaluator).meets($0, $1) }
    let reading: Reading
    do throws(ReadingFailure) {
      reading = try program.types.readAnswer(text, as: type, options)
    } catch {
      throw .unread(error)
    }
    let misfits = ValueReader(evaluator).unmet(reading.conditioned)
    if misfits.isEmpty { return reading }
    throw .unmet(reading, Misfits(all: misfits, value: reading.value))
  }
}
