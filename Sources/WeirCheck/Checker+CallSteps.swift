import WeirDiagnostics
import WeirProgram
import WeirSyntax
import WeirValues

/// `step name = flow(…)` and `step name = run([…])`.
extension Checker {
  mutating func checkCall(_ entry: CallStepSyntax) -> Work? {
    if entry.function.text == "run" { return checkRun(entry) }
    guard case .flow(let place) = meanings[entry.function.text] else {
      for argument in entry.arguments { _ = expression(argument.value) }
      if !entry.function.text.isEmpty, !unknownFlows.contains(entry.function.text) {
        reportUnknownFlow(entry.function)
      }
      lastStep = declare(entry.name, .error, isLate: true)
      return nil
    }
    namedUses.insert(entry.function.text)
    let flow = used[place]
    guard let called = flow.flow else {
      for argument in entry.arguments { _ = expression(argument.value) }
      report(.callOfModule(entry.function.text, at: entry.function.span))
      lastStep = declare(entry.name, .error, isLate: true)
      return nil
    }
    let arguments = arguments(entry, flow)
    let id = declare(entry.name, flow.result, isLate: true, isUntrusted: flow.isUntrusted)
    lastStep = id
    if flow.needsModel, defaults?[.model] == nil {
      needsModel = true
      report(.noModel(entry.name.text, at: entry.name.span))
    }
    return .call(
      CallStep(id: id, name: entry.name.text, span: entry.name.span, flow: called, arguments: arguments))
  }

  private mutating func reportUnknownFlow(_ name: NameSyntax) {
    if case .tool(let id) = meanings[name.text] {
      offeredTools.insert(id)
      return report(.toolAsFlow(name.text, at: name.span))
    }
    let flows = meanings.filter { if case .flow = $0.value { true } else { false } }.keys.sorted()
    report(.unknownFlow(name.text, nearest: (flows + ["run"]).nearest(to: name.text), at: name.span))
  }

  // MARK: Arguments

  private mutating func arguments(_ entry: CallStepSyntax, _ flow: FlowInterface) -> [CallStep.Argument] {
    var found: [CallStep.Argument] = []
    var places: [String: Span] = [:]
    for (index, argument) in entry.arguments.enumerated() {
      guard let label = argument.label else {
        _ = expression(argument.value)
        report(
          .unnamedArgument(entry.function.text, flow.inputs.map(\.name), index, at: argument.value.span))
        continue
      }
      guard let input = flow.inputs.first(where: { $0.name == label.text }) else {
        _ = expression(argument.value)
        report(.unknownArgument(label.text, of: entry.function.text, flow.inputs.map(\.name), at: label.span))
        // What was most likely meant is not told to be missing as well.
        if let meant = flow.inputs.map(\.name).nearest(to: label.text) { places[meant] = label.span }
        continue
      }
      let value = self.argument(argument.value, for: input, of: flow)
      if let first = places[label.text] {
        report(.duplicateSetting(label.text, at: label.span, first: first))
        continue
      }
      places[label.text] = label.span
      found.append(.init(input: input.id, value: value))
    }
    let hasUnnamed = entry.arguments.contains { $0.label == nil }
    for input in flow.inputs
    where places[input.name] == nil && input.defaultValue == nil && !program.types.isOptional(input.type)
      && !hasUnnamed
    {
      report(
        .missingArgument(
          input.name, describe(input.type), of: entry.function.text, at: entry.function.span))
    }
    return found
  }

  private mutating func argument(
    _ syntax: ExpressionSyntax, for input: Input, of flow: FlowInterface
  ) -> Expression {
    let value = expression(syntax, expecting: input.type)
    require(value, fits: input.type, as: "`\(input.name)`")
    if flow.earlyInputs.contains(input.id) {
      refuseLate(value, "`\(input.name)`, on which settings of `\(flow.name)` hang,")
    }
    if flow.runInputs.contains(input.id) {
      requireTrusted(value, in: "`\(input.name)`, which `\(flow.name)` hands to a program")
    }
    return value
  }

  // MARK: run

  private static let runArguments = ["stdin", "env", "timeout", "retries", "otherwise"]

  private mutating func checkRun(_ entry: CallStepSyntax) -> Work? {
    guard let first = entry.arguments.first, first.label == nil else {
      for argument in entry.arguments { _ = expression(argument.value) }
      report(.missingCommand(at: entry.function.span))
      lastStep = declare(entry.name, .string, isLate: true, isUntrusted: true)
      return nil
    }
    var settings = RunSettings(command: command(first.value))
    var seen: [String: Span] = [:]
    for argument in entry.arguments.dropFirst() {
      guard let label = argument.label, Self.runArguments.contains(label.text) else {
        _ = expression(argument.value)
        let place = argument.label ?? NameSyntax(text: "", span: argument.value.span)
        report(.unknownArgument(place.text, of: "run", Self.runArguments, at: place.span))
        continue
      }
      if let first = seen[label.text] { report(.duplicateSetting(label.text, at: label.span, first: first)) }
      seen[label.text] = label.span
      check(label.text, argument.value, &settings)
    }
    let mayBeNull = settings.otherwise.map { program.types.isOptional($0.type) } == true
    let id = declare(
      entry.name, mayBeNull ? .string.optional : .string, isLate: true, isUntrusted: true)
    lastStep = id
    var step = RunStep(id: id, name: entry.name.text, span: entry.name.span, command: settings.command)
    step.input = settings.input
    step.environment = settings.environment
    step.timeout = settings.timeout
    step.retries = settings.retries
    step.otherwise = settings.otherwise
    return .run(step)
  }

  private struct RunSettings {
    let command: Expression
    var input: Expression?
    var environment: [RunStep.Variable] = []
    var timeout: Expression?
    var retries: Expression?
    var otherwise: Expression?

    init(command: Expression) { self.command = command }
  }

  /// A list of strings. The program is known before the first request, so that it can be allowed or not.
  /// What a model gives for the parameters of a tool may stand behind the program.
  mutating func command(_ syntax: ExpressionSyntax, of parameters: Set<ValueID> = []) -> Expression {
    let command = expression(syntax, expecting: .list(.string))
    if isNoCommand(command) { return failed(at: syntax.span) }
    requireTrusted(command, in: "a command")
    if case .constant(.list(let elements)) = command.kind, elements.isEmpty {
      report(.missingCommand(at: syntax.span))
    }
    let program = command.firstElement ?? command
    if program.reads(parameters.contains) {
      report(.programOfParameter(at: program.span))
    } else {
      refuseLate(program, "the program")
    }
    return command
  }

  /// Tells of every element that is no text, or else of the whole. What else could be said of it has the same cause.
  private mutating func isNoCommand(_ command: Expression) -> Bool {
    if program.types.fits(command.type, .list(.string)) { return false }
    if case .list(let elements) = command.kind {
      for element in elements where !program.types.fits(element.type, .string) { tellNoWord(element) }
    } else if program.types.fits(command.type, .string) {
      report(.commandLine(at: command.span))
    } else {
      require(command, fits: .list(.string), as: "the command")
    }
    return true
  }

  private mutating func tellNoWord(_ value: Expression) {
    let types = program.types
    let isPlain = [.int, .number, .bool].contains { types.fits(value.type, $0) }
    guard isPlain || types.fits(value.type, .list(.string)) else {
      return require(value, fits: .string, as: "a word of a command")
    }
    report(
      .wordOfCommand(
        file.source.text(of: value.span), describe(value.type), isPlain: isPlain, at: value.span))
  }

  private mutating func check(_ name: String, _ syntax: ExpressionSyntax, _ settings: inout RunSettings) {
    switch name {
    case "stdin":
      let value = expression(syntax, expecting: .string)
      require(value, fits: .string, as: "`stdin`")
      requireTrusted(value, in: "`stdin` of a program")
      settings.input = value
    case "env": settings.environment = variables(syntax)
    case "otherwise":
      let value = expression(syntax, expecting: .string)
      require(value, fits: .string.optional, as: "`otherwise`")
      settings.otherwise = value
    case "timeout": settings.timeout = earlySetting(.timeout, syntax)
    default: settings.retries = earlySetting(.retries, syntax)
    }
  }

  /// `{NAME: value}`, each a string or a secret.
  mutating func variables(_ syntax: ExpressionSyntax) -> [RunStep.Variable] {
    guard case .record(let pairs) = syntax.kind else {
      let value = expression(syntax)
      if value.type != .error { report(.notConstant("`env`", "a record of strings", at: syntax.span)) }
      return []
    }
    return pairs.map { pair in
      let value = expression(pair.value, expecting: .string)
      if program.types.resolved(value.type) != .secret {
        require(value, fits: .string, as: "`\(pair.name.text)`")
        requireTrusted(value, in: "the environment of a program")
      }
      return RunStep.Variable(name: pair.name.text, value: value)
    }
  }
}
