import WeirEndpoint
import WeirProgram
import WeirValues

extension Sketch {
  /// A tool that runs a program; `command` gets its parameters. Not yet offered by any step.
  mutating func tool(
    _ name: String, _ parameters: [(String, ValueType, default: Expression?)] = [],
    _ result: ValueType = .string, about: String? = "Does something",
    command: ([Expression]) -> Expression, _ change: (inout RunStep, [Expression]) -> Void = { _, _ in }
  ) -> OfferedTool {
    let inputs = parameters.map { parameter in
      let id = add(parameter.0, parameter.1)
      return Input(
        id: id, name: parameter.0, type: parameter.1, defaultValue: parameter.default, notes: .none,
        span: program[id].span)
    }
    let values = inputs.map { self[$0.id] }
    let id = add(name, .string)
    var step = RunStep(id: id, name: name, span: program[id].span, command: command(values))
    change(&step, values)
    program.tools.append(
      Tool(
        name: name, about: about, parameters: inputs, result: result, span: program[id].span,
        action: .run(step)))
    return OfferedTool(name: name, id: ToolID(program.tools.count - 1), span: program[id].span)
  }

  /// A flow as a tool.
  mutating func tool(_ flow: FlowID) -> OfferedTool {
    let body = program[flow]
    let tool = Tool(
      name: body.name, about: "Runs \(body.name)", parameters: body.inputs, result: .json, span: place(1),
      action: .flow(flow))
    program.tools.append(tool)
    return OfferedTool(name: body.name, id: ToolID(program.tools.count - 1), span: tool.span)
  }
}

func words(_ elements: Expression...) -> Expression {
  expression(.list(ExpressionList(elements)), .list(.string))
}

extension Result<EndpointReply, EndpointFailure> {
  /// A reply that calls tools, each with its arguments.
  static func calls(_ calls: (String, String)..., text: String = "", usage: Usage = Usage()) -> Self {
    var reply = EndpointReply(text: text, usage: usage, finish: .toolCalls)
    reply.calls = calls.enumerated().map { index, call in
      ToolCall(id: "call_\(index)", name: call.0, arguments: call.1)
    }
    return .success(reply)
  }
}
