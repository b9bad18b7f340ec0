import WeirDiagnostics
import WeirProgram
import WeirSyntax
import WeirValues

extension Checker {
  mutating func checkFile() {
    for entry in file.entries { check(entry) }
    addImpliedOutput()
    warnOfUnused()
  }

  private mutating func check(_ entry: EntrySyntax) {
    switch entry {
    case .about(let entry): checkAbout(entry)
    case .input(let entry): checkInput(entry)
    case .type(let entry): checkTypeEntry(entry)
    case .let(let entry): checkLet(entry)
    case .step(let entry): checkStep(entry)
    case .output(let entry): checkOutput(entry)
    case .provider(let entry): checkProvider(entry)
    case .settings(let block):
      switch block.kind {
      case .defaults: checkDefaults(block)
      case .limits: checkLimits(block)
      case .models: checkModels(block)
      }
    case .use(let entry): report(.notYet("`use`", at: entry.span))
    case .call(let entry): report(.notYet("a step that calls a flow or a program", at: entry.span))
    case .for(let entry): report(.notYet("`for`", at: entry.span))
    case .if(let entry): report(.notYet("`if`", at: entry.span))
    case .repeat(let entry): report(.notYet("`repeat`", at: entry.span))
    case .until, .next, .unread: break
    }
  }

  private mutating func checkAbout(_ entry: AboutSyntax) {
    guard let text = entry.text else { return }
    if program.about != nil { report(.duplicateEntry("about", at: entry.span)) }
    program.about = plainText(text)
  }

  /// The text of what documents or names; tags in it are reported.
  mutating func plainText(_ string: StringSyntax?) -> String? {
    guard let string else { return nil }
    if let text = string.plainText { return text }
    report(.plainString(at: string.span))
    return nil
  }

  // MARK: Inputs and lets

  private mutating func checkInput(_ entry: InputSyntax) {
    let type = type(entry.type)
    refuseInputType(type, at: entry.type.span)
    let value = entry.defaultValue.map { defaultValue($0, for: type) }
    let notes = notes(
      documentation: entry.documentation, beside: entry.type, condition: entry.condition, on: type)
    let id = declare(entry.name, type, isLate: false)
    program.inputs.append(
      Input(
        id: id, name: entry.name.text, type: type, defaultValue: value, notes: notes, span: entry.name.span))
  }

  private mutating func defaultValue(_ syntax: ExpressionSyntax, for type: ValueType) -> Expression {
    let value = expression(syntax, expecting: type)
    require(value, fits: type, as: "the default")
    refuseMedia(value, in: "a default")
    if isLate(value) { report(.needsStep("a default", at: value.span)) }
    return value
  }

  /// A picture is given by itself, as an optional or in a list; not in a record.
  private mutating func refuseInputType(_ type: ValueType, at span: Span) {
    guard program.types.carriesMedia(type) else { return }
    var bare = program.types.withoutNull(type)
    if case .list(let element, _) = program.types.resolved(bare) { bare = element }
    if program.types.resolved(bare) != .image { report(.mediaInside(describe(type), at: span)) }
  }

  private mutating func checkLet(_ entry: LetSyntax) {
    let wanted = entry.type.map { type($0) }
    let value = expression(entry.value, expecting: wanted)
    refuseMedia(value, in: "a `let`")
    var readAs: ValueType?
    if let wanted {
      if program.types.resolved(value.type) == .json, program.types.resolved(wanted) != .json {
        readAs = wanted
      } else {
        require(value, fits: wanted, as: "the value")
      }
    }
    let declared = wanted ?? value.type
    let id = declare(
      entry.name, program.types.carriesMedia(declared) ? .error : declared, isLate: isLate(value))
    program.work.append(.let(Let(id: id, expression: value, readAs: readAs)))
  }

  // MARK: Outputs

  private mutating func checkOutput(_ entry: OutputSyntax) {
    let value = expression(entry.value)
    refuseMedia(value, in: "an output")
    if let name = entry.name, outputNames.contains(name.text) {
      report(.duplicateName(name.text, at: name.span, first: nil))
    } else if entry.name == nil ? !program.outputs.isEmpty : hasUnnamedOutput {
      report(.mixedOutputs(at: entry.span))
    }
    if let name = entry.name { outputNames.insert(name.text) } else { hasUnnamedOutput = true }
    program.outputs.append(Output(name: entry.name?.text, expression: value))
  }

  /// Without an `output` the result is the last entry, which must be a step.
  private mutating func addImpliedOutput() {
    guard program.outputs.isEmpty, let lastStep, let last = file.entries.last else { return }
    guard case .step = last else {
      isUsed[lastStep.index] = true
      guard file.isWhole else { return }
      return report(.missingOutput(at: program[lastStep].span))
    }
    isUsed[lastStep.index] = true
    let value = program[lastStep]
    program.outputs = [
      Output(name: nil, expression: Expression(.value(lastStep), type: value.type, span: value.span))
    ]
  }

  // MARK: Unused names

  private mutating func warnOfUnused() {
    // What could not be read, or is read by a later version, may well use them.
    guard file.isWhole, !diagnostics.contains(where: { $0.code == .notYet }) else { return }
    let inputs = Set(program.inputs.map(\.id))
    for input in program.inputs where !isUsed[input.id.index] && input.type != .error {
      warnUnused("input", .unusedInput, input.id)
    }
    for work in program.work where !isUsed[work.id.index] && !inputs.contains(work.id) {
      switch work {
      case .let(let entry):
        // A file of types and names alone is there for other flows.
        if !program.outputs.isEmpty { warnUnused("let", .unusedLet, entry.id) }
      case .step(let step): warnUnused("step", .unusedStep, step.id)
      }
    }
  }

  private mutating func warnUnused(_ word: String, _ code: DiagnosticCode, _ id: ValueID) {
    let value = program[id]
    guard !value.name.isEmpty else { return }
    report(.unused(word, value.name, code, at: value.span))
  }
}
