import WeirDiagnostics
import WeirProgram
import WeirReading
import WeirValues

/// Reads what a model has written as the arguments of a tool, with the reader of answers, and holds it to
/// the types and conditions of the parameters. Nothing is run before all of it is right.
struct ArgumentReader {
  private let evaluator: Evaluator
  /// What the conditions and defaults may read, beside the parameters.
  private let values: Bindings

  init(_ evaluator: Evaluator, _ values: Bindings) {
    self.evaluator = evaluator.with(values)
    self.values = values
  }

  /// All that is wrong, each in a line: lower case, without a full stop.
  struct Faults: Error { let lines: [String] }

  /// By parameter. What was left out is the default, or null; of a flow it is not there, for the flow has
  /// its own defaults.
  func read(_ text: String, for tool: Tool) throws(Faults) -> Bindings {
    let record = try record(text, of: tool)
    var given: Bindings = [:]
    for parameter in tool.parameters {
      let value = record[parameter.name] ?? .null
      if value.isNull, parameter.defaultValue != nil || tool.isFlow { continue }
      given[parameter.id] = value
    }
    if !tool.isFlow { try addDefaults(of: tool, to: &given) }
    try check(given, tool)
    return given
  }

  private func record(_ text: String, of tool: Tool) throws(Faults) -> Record {
    // Several models send nothing at all where there is nothing to give.
    let written = text.withoutBlankEnds.isEmpty ? "{}" : text
    var options = ReadingOptions()
    options.meets = { [evaluator] id, value in
      !evaluator.knows(evaluator.program[id].expression) || ValueReader(evaluator).meets(id, value)
    }
    let types = evaluator.program.types
    do {
      return try types.readAnswer(written, as: tool.argumentType, options).value.record ?? [:]
    } catch {
      let given = (try? Value(json: written))?.record ?? [:]
      let misnamed = misnamed(given, tool)
      if !misnamed.isEmpty { throw Faults(lines: misnamed) }
      // In the words of the declaration, which knows no null for a default.
      do {
        _ = try types.readAnswer(written, as: tool.declaredType(of: given), options)
      } catch {
        throw Faults(lines: error.lines)
      }
      throw Faults(lines: error.lines)
    }
  }

  /// Where there is something that the tool does not take: that, and what is not there in its place.
  private func misnamed(_ given: Record, _ tool: Tool) -> [String] {
    let names = tool.parameters.map(\.name)
    let surplus = given.fields.map(\.name).filter { !names.contains($0) }
    if surplus.isEmpty { return [] }
    let types = evaluator.program.types
    let missing = tool.parameters.filter {
      given[$0.name] == nil && $0.defaultValue == nil && !types.isOptional($0.type)
    }
    return surplus.map { name in
      "there is no argument `\(name)`" + (names.nearest(to: name).map { "; did you mean `\($0)`?" } ?? "")
    } + missing.map { "`\($0.name)` is missing, it must be `\(types.describe($0.type))`" }
  }

  private func addDefaults(of tool: Tool, to given: inout Bindings) throws(Faults) {
    for parameter in tool.parameters where given[parameter.id] == nil {
      guard let expression = parameter.defaultValue else { continue }
      do {
        given[parameter.id] = try evaluator.evaluate(expression)
      } catch {
        throw Faults(lines: ["the default of `\(parameter.name)` has no value: \(error.message)"])
      }
    }
  }

  /// A condition of a flow's input may read what only the flow has: then it is asked there.
  private func check(_ given: Bindings, _ tool: Tool) throws(Faults) {
    let all = evaluator.with(values.adding(given))
    let reader = ValueReader(all)
    var lines: [String] = []
    for parameter in tool.parameters {
      guard let value = given[parameter.id], !value.isNull else { continue }
      let field = RecordField(parameter.name, parameter.type, parameter.notes)
      let conformance = all.program.types.conform(
        .record([parameter.name: value]), to: .record([field]))
      lines += conformance.mismatches.map { $0.message(whole: "the arguments") }
      let known = conformance.conditioned.filter { all.knows(all.program[$0.condition].expression) }
      lines += reader.unmet(known).map { $0.message(whole: "the arguments") }
    }
    if !lines.isEmpty { throw Faults(lines: lines) }
  }
}

extension Tool {
  /// The parameters as they are declared, but for those with a default that nothing was given for.
  fileprivate func declaredType(of given: Record) -> ValueType {
    .record(
      parameters.filter { $0.defaultValue == nil || given[$0.name].map(\.isNull) == false }.map {
        RecordField($0.name, $0.type, $0.notes)
      })
  }

  var isFlow: Bool {
    if case .flow = action { true } else { false }
  }
}

extension ReadingFailure {
  fileprivate var lines: [String] {
    if case .unfit(let mismatches) = reason { return mismatches.map { $0.message(whole: "the arguments") } }
    return [message(whole: "the arguments")]
  }
}
