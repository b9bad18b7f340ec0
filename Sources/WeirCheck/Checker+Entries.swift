import WeirDiagnostics
import WeirProgram
import WeirSyntax
import WeirValues

extension Checker {
  mutating func checkFile() {
    if let configuration = unit.configuration { checkConfiguration(configuration) }
    for entry in file.entries { check(entry) }
    finishSettings()
    refuseToolsOfEndpoints(program.work)
    addImpliedOutput()
    warnOfUnused()
  }

  private mutating func check(_ entry: EntrySyntax) {
    switch entry {
    case .about(let entry): checkAbout(entry)
    case .use(let entry): checkUse(entry)
    case .input(let entry): checkInput(entry)
    case .type(let entry): checkTypeEntry(entry)
    case .output(let entry): checkOutput(entry)
    case .provider(let entry): checkProvider(entry)
    case .tool(let entry): checkTool(entry)
    case .settings(let block):
      switch block.kind {
      case .defaults: checkDefaults(block)
      case .limits: checkLimits(block)
      case .models: checkModels(block)
      }
    case .let, .step, .call, .for, .if, .repeat, .until, .next:
      if let work = checkWork(entry) { program.work.append(work) }
    case .unread: break
    }
  }

  /// What may stand in a body as well as in the file.
  mutating func checkWork(_ entry: EntrySyntax) -> Work? {
    switch entry {
    case .let(let entry): checkLet(entry)
    case .step(let entry): checkStep(entry)
    case .call(let entry): checkCall(entry)
    case .for(let entry): checkFor(entry)
    case .if(let entry): checkIf(entry)
    case .repeat(let entry): checkRepeat(entry)
    case .until(let entry): checkUntil(entry)
    case .next(let entry): checkNext(entry)
    // The parser lets none of these into a body.
    case .about, .use, .input, .type, .output, .provider, .tool, .settings, .unread: nil
    }
  }

  // MARK: What stands above the flow

  /// `weir.flow`: settings for all flows below it. A flow's own entries win over it.
  private mutating func checkConfiguration(_ configuration: FileSyntax) {
    let own = file
    file = configuration
    for entry in configuration.entries {
      switch entry {
      case .settings, .provider: check(entry)
      case .unread: break
      case .about, .use, .input, .type, .output, .tool, .let, .step, .call, .for, .if, .repeat, .until, .next:
        report(.misplacedInConfiguration(at: entry.head))
      }
    }
    file = own
    configured = Set(meanings.keys)
    hasOwnDefaults = false
    configuredProviders = program.providers
    program.providers = []
  }

  /// Providers of the file stand before those of `weir.flow`, whose names they take.
  private mutating func finishSettings() {
    let names = Set(program.providers.map(\.name))
    program.providers += configuredProviders.filter { !names.contains($0.name) }
    program.main.defaultModel = defaults?[.model]
  }

  private mutating func checkUse(_ entry: UseSyntax) {
    guard let path = plainText(entry.path), let place = unit.uses[path] else {
      // What it would have named is not told to be unknown.
      if let name = entry.alias ?? entry.impliedName { unknownFlows.insert(name.text) }
      return
    }
    let name = entry.alias ?? NameSyntax(text: used[place].name, span: entry.path?.span ?? entry.span)
    if Self.isFunction(name.text) {
      return report(.flowLikeFunction(name.text, at: name.span))
    }
    guard !name.text.isEmpty, !refuseTaken(name) else { return }
    meanings[name.text] = .flow(place)
    uses.append((name.text, entry.span))
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
      documentation: entry.documentation, beside: entry.defaultValue == nil ? entry.type : nil,
      condition: entry.condition, on: type)
    let id = declare(entry.name, type, isLate: false)
    inputsBehind[id] = [id]
    program.inputs.append(
      Input(
        id: id, name: entry.name.text, type: type, defaultValue: value, notes: notes, span: entry.name.span))
  }

  mutating func defaultValue(_ syntax: ExpressionSyntax, for type: ValueType) -> Expression {
    let value = expression(syntax, expecting: type)
    require(value, fits: type, as: "the default")
    if isLate(value) { report(.needsStep("a default", at: value.span)) }
    return value
  }

  /// A picture or a file is given by itself, as an optional or in a list, not in a record; a secret by
  /// itself alone.
  private mutating func refuseInputType(_ type: ValueType, at span: Span) {
    guard program.types.carriesMedia(type) else { return }
    var bare = program.types.withoutNull(type)
    if program.types.resolved(bare) == .secret { return }
    if case .list(let element, _) = program.types.resolved(bare) { bare = element }
    switch program.types.resolved(bare) {
    case .image, .file: break
    default: report(.mediaInside(describe(type), at: span))
    }
  }

  private mutating func checkLet(_ entry: LetSyntax) -> Work? {
    let wanted = entry.type.map { type($0) }
    let value = expression(entry.value, expecting: wanted)
    refuseMedia(value, in: "a `let`")
    var readAs: ValueType?
    if let wanted {
      if program.types.carriesJSON(value.type), !program.types.fits(value.type, wanted) {
        readAs = wanted
      } else {
        require(value, fits: wanted, as: "the value")
      }
    }
    let declared = wanted ?? value.type
    let id = declare(
      entry.name, program.types.carriesMedia(declared) ? .error : declared, isLate: isLate(value),
      isUntrusted: isUntrusted(value))
    noteInputs(behind: id, of: value)
    return .let(Let(id: id, expression: value, readAs: readAs))
  }

  // MARK: Outputs

  private mutating func checkOutput(_ entry: OutputSyntax) {
    let value = expression(entry.value)
    if !isPainted(value) { refuseMedia(value, in: "an output") }
    if let name = entry.name, outputNames.contains(name.text) {
      report(.duplicateName(name.text, at: name.span, first: nil))
    } else if let place = entry.name == nil && !program.outputs.isEmpty ? entry.span : unnamedOutput {
      // Told once, where the name is missing.
      if !hasToldMixedOutputs { report(.mixedOutputs(at: place)) }
      hasToldMixedOutputs = true
    }
    if let name = entry.name { outputNames.insert(name.text) } else { unnamedOutput = entry.span }
    program.outputs.append(Output(name: entry.name?.text, expression: value))
  }

  /// Whether it is a picture, or a list of them, that models have painted.
  private func isPainted(_ value: Expression) -> Bool {
    var type = program.types.withoutNull(value.type)
    if case .list(let element, _) = program.types.resolved(type) { type = program.types.withoutNull(element) }
    return isLate(value) && program.types.resolved(type) == .image
  }

  /// Without an `output` the result is the last entry, which must be a step.
  private mutating func addImpliedOutput() {
    guard program.outputs.isEmpty, let last = file.entries.last else { return }
    guard let lastStep, last.isStep else {
      for id in exports.indices.map({ exports[$0].outer }) + [lastStep].compactMap({ $0 }) {
        isUsed[id.index] = true
      }
      if let work = file.entries.last(where: \.isWork), file.isWhole { report(.missingOutput(at: work.head)) }
      return
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
    for export in exports.reversed() where isUsed[export.outer.index] { isUsed[export.inner.index] = true }
    for input in program.inputs where !isUsed[input.id.index] && input.type != .error {
      warnUnused("input", .unusedInput, input.id)
    }
    warnOfUnusedTools()
    warnOfUnusedUses()
    warnOfUnused(program.work)
  }

  /// Not as long as anything is wrong: what seems unused may be what a misspelt name meant.
  private mutating func warnOfUnusedUses() {
    guard !diagnostics.hasErrors else { return }
    for use in uses where !namedUses.contains(use.name) && !usedEarly.contains(use.name) {
      report(.unusedUse(use.name, at: use.span))
    }
  }

  private mutating func warnOfUnused(_ work: [Work]) {
    for entry in work {
      switch entry {
      case .let(let entry):
        // A file of types and names alone is there for other flows.
        if !program.outputs.isEmpty { warnUnused("let", .unusedLet, entry.id) }
      case .step(let step): warnUnused("step", .unusedStep, step.id)
      case .call(let step): warnUnused("step", .unusedStep, step.id)
      // A program may be run for what it does.
      case .run, .until, .next: break
      case .for(let loop): warnOfUnused(loop.body)
      case .if(let choice): for branch in choice.branches { warnOfUnused(branch.body) }
      case .repeat(let loop): warnOfUnused(loop.body)
      }
    }
  }

  private mutating func warnUnused(_ word: String, _ code: DiagnosticCode, _ id: ValueID) {
    guard !isUsed[id.index] else { return }
    let value = program[id]
    guard !value.name.isEmpty, value.type != .error else { return }
    report(.unused(word, value.name, code, at: value.span))
  }
}

extension EntrySyntax {
  var isStep: Bool {
    switch self {
    case .step, .call: true
    case .about, .use, .input, .type, .output, .provider, .tool, .settings, .let, .for, .if, .repeat, .until,
      .next, .unread:
      false
    }
  }

  /// Whether it does something: asks, runs, or holds what does.
  fileprivate var isWork: Bool {
    switch self {
    case .step, .call, .for, .if, .repeat: true
    case .about, .use, .input, .type, .output, .provider, .tool, .settings, .let, .until, .next, .unread:
      false
    }
  }

  /// The place that stands for the entry in a message: its name, or its first word.
  var head: Span {
    switch self {
    case .about(let entry): entry.span
    case .use(let entry): entry.span
    case .input(let entry): entry.name.span
    case .type(let entry): entry.name.span
    case .output(let entry): entry.span
    case .provider(let entry): entry.name.span
    case .tool(let entry): entry.name.span
    case .settings(let block):
      Span(block.span.start..<block.span.start + block.kind.rawValue.utf8.count, in: block.span.file)
    case .let(let entry): entry.name.span
    case .step(let entry): entry.name.span
    case .call(let entry): entry.name.span
    case .for(let entry): Span(entry.span.start..<entry.span.start + 3, in: entry.span.file)
    case .if(let entry): Span(entry.span.start..<entry.span.start + 2, in: entry.span.file)
    case .repeat(let entry): entry.name.span
    case .until(let entry): entry.span
    case .next(let entry): entry.span
    case .unread(let span): span
    }
  }
}

extension UseSyntax {
  /// The name that the path gives: that of the file, `-` read as `_`.
  var impliedName: NameSyntax? {
    guard let path, let text = path.plainText else { return nil }
    return NameSyntax(text: UseSyntax.name(of: text), span: path.span)
  }

  /// `./texts/tone-of-voice.flow` is `tone_of_voice`.
  package static func name(of path: String) -> String {
    var name = path.split(separator: "/").last.map(String.init) ?? path
    if name.hasSuffix(".flow") { name.removeLast(5) }
    return String(decoding: name.utf8.map { $0 == UInt8(ascii: "-") ? UInt8(ascii: "_") : $0 }, as: UTF8.self)
  }
}
