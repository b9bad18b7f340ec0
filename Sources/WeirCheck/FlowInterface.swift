package import WeirProgram
package import WeirValues

/// How a flow looks to those that use it.
package struct FlowInterface: Sendable {
  package let name: String
  package let about: String?
  /// The flow as it is called; nil for a module, which has nothing to run.
  package let flow: FlowID?
  package let inputs: [Input]
  package let result: ValueType
  /// Whether text of the result may come from a model or a program.
  package let isUntrusted: Bool
  /// Inputs that must be known before the first request: settings hang on them.
  package let earlyInputs: Set<ValueID>
  /// Inputs whose text reaches a program.
  package let runInputs: Set<ValueID>
  /// Its `let`s that need neither an input nor a step.
  package let values: [String: ValueID]
  /// Whether a step of it names no model and so takes the caller's.
  package let needsModel: Bool
  package let types: [String: TypeID]
  /// Its tools that need neither an input nor a step.
  package let tools: [String: ToolID]
}

extension Checker {
  /// What the file that was checked shows to others. The flow of a file that is not run itself moves to
  /// those that are called.
  mutating func interface(isMain: Bool, program: inout Program) -> FlowInterface {
    var flow: FlowID?
    if !isMain {
      program.main.name = unit.name
      if !program.outputs.isEmpty {
        flow = FlowID(program.used.count)
        program.used.append(program.main)
        program.main = FlowBody()
      } else {
        keepNames(&program)
      }
      qualifyTypes(&program)
    }
    let body = flow.map { program[$0] } ?? program.main
    return FlowInterface(
      name: unit.name, about: body.about, flow: flow, inputs: body.inputs, result: resultType(of: body),
      isUntrusted: body.outputs.contains { isUntrusted($0.expression) }, earlyInputs: earlyInputs,
      runInputs: runInputs, values: exportedValues, needsModel: needsModel, types: typeNames,
      tools: exportedTools)
  }

  /// A module has no flow, but its `let`s are computed for those who read them.
  private func keepNames(_ program: inout Program) {
    program.used.append(program.main)
    program.main = FlowBody()
  }

  private func resultType(of body: FlowBody) -> ValueType {
    if let only = body.outputs.first, only.name == nil { return only.expression.type }
    return .record(body.outputs.map { RecordField($0.name ?? "", $0.expression.type) })
  }

  private var exportedValues: [String: ValueID] {
    var values: [String: ValueID] = [:]
    for work in program.work {
      guard case .let(let entry) = work, !isLate[entry.id.index], inputsBehind[entry.id] == nil else {
        continue
      }
      values[program[entry.id].name] = entry.id
    }
    return values
  }

  /// From here on its types are those of the flow: `tone.Mood`.
  private func qualifyTypes(_ program: inout Program) {
    for id in typeNames.values where !program.types[id].name.contains(".") {
      program.types.rename(id, to: "\(unit.name).\(program.types[id].name)")
    }
  }
}
