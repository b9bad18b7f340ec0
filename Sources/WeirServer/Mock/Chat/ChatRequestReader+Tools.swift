import WeirEndpoint
import WeirValues

/// `tools`, `tool_choice` and `parallel_tool_calls`.
extension ChatRequestReader {
  func tools(_ record: Record) throws(ChatRequestError) -> MockTools {
    var tools = MockTools()
    if let value = record["tools"], !value.isNull {
      guard let list = value.list, !list.isEmpty else {
        throw ChatRequestError(
          "`tools` must be a list that is not empty", param: "tools", code: "invalid_type")
      }
      for (index, tool) in list.enumerated() {
        if let offered = try offered(tool, at: "tools[\(index)]") { tools.offered.append(offered) }
      }
    }
    tools.isParallel = record["parallel_tool_calls"] != .bool(false)
    tools.choice = try choice(record["tool_choice"], of: tools.offered)
    return tools
  }

  /// Nil for a tool that OpenRouter uses itself.
  private func offered(_ tool: Value, at path: String) throws(ChatRequestError) -> MockTools.Tool? {
    let type = tool["type"]?.string ?? ""
    if vendor != .openAI, type.hasPrefix("openrouter:") { return nil }
    guard type == "function" else {
      throw ChatRequestError(
        "`\(path).type` must be `function`", param: "\(path).type", code: "invalid_value")
    }
    guard let name = tool["function"]?["name"]?.string, name.isFunctionName else {
      throw ChatRequestError(
        "`\(path).function.name` must be 1 to 64 letters, digits, `_` or `-`", param: "\(path).function.name",
        code: "invalid_value")
    }
    let parameters = tool["function"]?["parameters"] ?? .null
    guard parameters.isNull || parameters["type"] == .string("object") else {
      throw ChatRequestError(
        "`\(path).function.parameters` must be a schema of type `object`",
        param: "\(path).function.parameters", code: "invalid_function_parameters")
    }
    let none = Value.record(["type": .string("object"), "properties": .record([:])])
    return MockTools.Tool(name: name, parameters: parameters.isNull ? none : parameters)
  }

  private func choice(
    _ value: Value?, of offered: [MockTools.Tool]
  ) throws(ChatRequestError) -> MockTools.Choice {
    guard let value, !value.isNull else { return .auto }
    if offered.isEmpty, vendor == .openAI {
      throw ChatRequestError(
        "`tool_choice` is only allowed when `tools` are specified", param: "tool_choice",
        code: "invalid_value"
      )
    }
    switch value.string {
    case "none": return .none
    case "auto": return .auto
    case "required": return .required
    default: break
    }
    guard let name = value["function"]?["name"]?.string else {
      throw ChatRequestError(
        "`tool_choice` must be `none`, `auto`, `required` or a function", param: "tool_choice",
        code: "invalid_value")
    }
    guard offered.contains(where: { $0.name == name }) else {
      throw ChatRequestError(
        "tool choice `\(name)` is not among `tools`", param: "tool_choice", code: "invalid_value")
    }
    return .tool(name)
  }
}

extension String {
  /// What functions and schemas may be called: 1 to 64 letters, digits, `_` or `-`.
  var isFunctionName: Bool {
    (1...64).contains(utf8.count)
      && utf8.allSatisfy { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") }
  }
}
