import WeirEndpoint
import WeirProgram
import WeirValues

extension SchemaBuilder {
  /// What a model is told of tools.
  func offers(_ tools: [OfferedTool]) -> [ToolOffer] {
    tools.map { offered in
      let tool = program[offered.id]
      let parameters = schema(for: tool.argumentType, name: offered.name)
      guard let parameters else { preconditionFailure("the arguments of a tool are a record") }
      return ToolOffer(name: offered.name, about: tool.about ?? "", parameters: parameters)
    }
  }
}

extension Tool {
  /// What a model gives: a record. What has a default may be null, and is then what the author wrote.
  var argumentType: ValueType {
    .record(
      parameters.map { parameter in
        guard let value = parameter.defaultValue else {
          return RecordField(parameter.name, parameter.type, parameter.notes)
        }
        var words = parameter.notes.documentation.map { [$0] } ?? []
        if case .constant(let constant) = value.kind, constant.isJSON {
          words.append("null for \(constant.json())")
        }
        let notes = TypeNotes(
          documentation: words.isEmpty ? nil : words.joined(separator: "; "),
          condition: parameter.notes.condition)
        return RecordField(parameter.name, parameter.type.optional, notes)
      })
  }
}
