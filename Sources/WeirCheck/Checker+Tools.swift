import WeirDiagnostics
import WeirProgram
import WeirSyntax
import WeirValues

/// `tool name(…) -> T "…" { … }`
extension Checker {
  private static let settingNames = ["run", "stdin", "env", "timeout"]

  mutating func checkTool(_ entry: ToolSyntax) {
    let result = type(entry.result)
    refuseAnswerType(result, at: entry.result.span)
    let about = plainText(entry.documentation)
    if about?.isEmpty ?? (entry.documentation == nil), entry.isWhole, !entry.name.text.isEmpty {
      report(.undescribedTool(entry.name.text, at: entry.name.span))
    }
    var parameters: [Input] = []
    let step = withNames { checker in
      parameters = entry.parameters.map { checker.parameter($0) }
      return checker.action(of: entry, Set(parameters.map(\.id)))
    }
    let id = ToolID(program.tools.count)
    program.tools.append(
      Tool(
        name: entry.name.text, about: about, parameters: parameters, result: result, span: entry.name.span,
        action: .run(step)))
    if entry.name.text.isEmpty || refuseTaken(entry.name) {
      offeredTools.insert(id)
    } else {
      give(entry.name.text, .tool(id))
      if usedEarly.contains(entry.name.text) { offeredTools.insert(id) }
    }
  }

  /// Names that are given in it have their meaning there alone.
  private mutating func withNames<Result>(_ work: (inout Checker) -> Result) -> Result {
    bodies.append(BodyScope(kind: .branch, firstValue: program.values.count))
    let result = work(&self)
    for (name, before) in bodies.removeLast().named.reversed() { meanings[name] = before }
    return result
  }

  /// A model fills it while the flow runs, so that nothing that is known before may hang on it. It is not
  /// untrusted: it is seen in its tool alone, and what may be done with it there is asked by itself.
  private mutating func parameter(_ entry: InputSyntax) -> Input {
    let type = type(entry.type)
    if program.types.carriesMedia(type) {
      report(.mediaParameter(entry.name.text, describe(type), at: entry.type.span))
    }
    let value = entry.defaultValue.map { defaultValue($0, for: type) }
    let notes = notes(
      documentation: entry.documentation, beside: entry.defaultValue == nil ? entry.type : nil,
      condition: entry.condition, on: type)
    let id = newValue(entry.name.text, type, at: entry.name.span, isLate: true, isUntrusted: false)
    isUsed[id.index] = true
    if !entry.name.text.isEmpty, !refuseTaken(entry.name) { give(entry.name.text, .value(id)) }
    return Input(
      id: id, name: entry.name.text, type: type, defaultValue: value, notes: notes, span: entry.name.span)
  }

  // MARK: What it does

  private mutating func action(of entry: ToolSyntax, _ parameters: Set<ValueID>) -> RunStep {
    let id = newValue(entry.name.text, .string, at: entry.name.span, isLate: true, isUntrusted: true)
    isUsed[id.index] = true
    var command: Expression?
    var step = RunStep(
      id: id, name: entry.name.text, span: entry.name.span, command: failed(at: entry.name.span))
    for setting in onceEach(entry.settings) {
      switch setting.name.text {
      case _ where !setting.isNamed, "":
        _ = expression(setting.value)
        report(
          .unknownSetting(setting.name.text, of: "a tool", known: Self.settingNames, at: setting.name.span))
      case "run": command = self.command(setting.value, of: parameters)
      case "stdin": step.input = standardInput(setting.value)
      case "env": step.environment = variables(setting.value)
      case "timeout": step.timeout = earlySetting(.timeout, setting.value, but: parameters)
      default:
        _ = expression(setting.value)
        let known = Self.settingNames
        report(.unknownSetting(setting.name.text, of: "a tool", known: known, at: setting.name.span))
        if known.nearest(to: setting.name.text) == "run" { command = failed(at: setting.value.span) }
      }
    }
    if command == nil, entry.isWhole {
      report(.missingSetting("run", of: "the tool `\(entry.name.text)`", at: entry.name.span))
    }
    return command.map { step.running($0) } ?? step
  }

  private mutating func standardInput(_ syntax: ExpressionSyntax) -> Expression {
    let value = expression(syntax, expecting: .string)
    require(value, fits: .string, as: "`stdin`")
    requireTrusted(value, in: "`stdin` of a program")
    return value
  }
}

extension RunStep {
  /// The same with another command.
  fileprivate func running(_ command: Expression) -> RunStep {
    var step = RunStep(id: id, name: name, span: span, command: command)
    step.input = input
    step.environment = environment
    step.timeout = timeout
    return step
  }
}

extension SettingSyntax {
  fileprivate var isNamed: Bool {
    if case .named = form { true } else { false }
  }
}
