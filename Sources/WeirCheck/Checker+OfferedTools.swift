import WeirDiagnostics
import WeirProgram
import WeirSyntax
import WeirValues

/// `tools: [weather, summarize, tone.weather]`
extension Checker {
  /// Tools and flows by their names. What is wrong is told and left out.
  mutating func offeredTools(_ syntax: ExpressionSyntax) -> [OfferedTool] {
    guard case .list(let elements) = syntax.kind else {
      if case .missing = syntax.kind { return [] }
      report(.toolsNotListed(at: syntax.span))
      return []
    }
    var offered: [OfferedTool] = []
    for element in elements {
      guard let (name, id) = tool(element) else { continue }
      offeredTools.insert(id)
      if let first = offered.first(where: { $0.name == name }) {
        report(.sameTool(name, at: element.span, first: first.span))
      } else {
        offered.append(OfferedTool(name: name, id: id, span: element.span))
      }
    }
    return offered
  }

  private mutating func tool(_ syntax: ExpressionSyntax) -> (name: String, id: ToolID)? {
    switch syntax.kind {
    case .name(let name): return tool(NameSyntax(text: name, span: syntax.span)).map { (Self.cut(name), $0) }
    case .member(let base, let name, isOptional: false):
      guard case .name(let module) = base.kind else { break }
      return tool(name, of: NameSyntax(text: module, span: base.span)).map {
        (Self.cut("\(module)_\(name.text)"), $0)
      }
    case .missing: return nil
    default: break
    }
    report(.unknownTool(source(of: syntax), isName: false, nearest: nil, at: syntax.span))
    return nil
  }

  /// What services take as the name of a function.
  private static func cut(_ name: String) -> String { String(name.prefix(64)) }

  private mutating func tool(_ name: NameSyntax) -> ToolID? {
    switch meanings[name.text] {
    case .tool(let id): return id
    case .flow(let place):
      namedUses.insert(name.text)
      return flowTool(place, called: name)
    case .value, .alias:
      if case .value(let id) = meanings[name.text] { isUsed[id.index] = true }
      report(.valueAsTool(name.text, at: name.span))
    case nil: reportUnknownTool(name)
    }
    return nil
  }

  private mutating func reportUnknownTool(_ name: NameSyntax) {
    // A `use` that leads nowhere was told where it stands.
    if unknownFlows.contains(name.text) { return }
    if let place = declaration(of: name.text) {
      usedEarly.insert(name.text)
      return report(.declaredLater(name.text, at: name.span, declaration: place))
    }
    let known = meanings.filter { if case .tool = $0.value { true } else { $0.value.isFlow } }.keys.sorted()
    let nearest = known.guess(for: name.text)
    // What was most likely meant is not told to be offered by nobody as well.
    if let nearest, case .tool(let id) = meanings[nearest.name] { offeredTools.insert(id) }
    if nearest == nil, hasUnreadEntries { return }
    report(.unknownTool(name.text, isName: true, nearest: nearest, at: name.span))
  }

  /// `tone.weather`: a tool of a used flow that needs no input and no step of it.
  private mutating func tool(_ name: NameSyntax, of module: NameSyntax) -> ToolID? {
    guard case .flow(let place) = meanings[module.text] else {
      if !module.text.isEmpty, !unknownFlows.contains(module.text) {
        let flows = meanings.filter { $0.value.isFlow }.keys.sorted()
        report(.unknownFlow(module.text, nearest: flows.nearest(to: module.text), at: module.span))
      }
      return nil
    }
    namedUses.insert(module.text)
    guard !name.text.isEmpty else { return nil }
    if let id = used[place].tools[name.text] { return id }
    let known = used[place].tools.keys.sorted()
    report(.unknownToolOf(module.text, name.text, known, at: name.span))
    return nil
  }

  // MARK: Flows

  /// A used flow as a tool: its inputs are the parameters, its `about` the description.
  private mutating func flowTool(_ place: Int, called name: NameSyntax) -> ToolID? {
    if let known = flowTools[place] { return known }
    let flow = used[place]
    guard let called = flow.flow else {
      report(.toolOfModule(name.text, at: name.span))
      return nil
    }
    guard let about = flow.about, !about.isEmpty else {
      report(.toolWithoutAbout(name.text, at: name.span))
      return nil
    }
    guard let parameters = parameters(of: flow, called: name) else { return nil }
    let id = ToolID(program.tools.count)
    program.tools.append(
      Tool(
        name: name.text, about: about, parameters: parameters, result: flow.result, span: name.span,
        action: .flow(called)))
    flowTools[place] = id
    return id
  }

  /// The inputs that a model may give; nil where it may not give one that has to be given.
  private mutating func parameters(of flow: FlowInterface, called name: NameSyntax) -> [Input]? {
    var parameters: [Input] = []
    var isUsable = true
    for input in flow.inputs {
      guard let reason = reasonAgainst(input, of: flow) else {
        parameters.append(input)
        continue
      }
      if input.defaultValue == nil, !program.types.isOptional(input.type) {
        report(.toolInput(name.text, input.name, reason, at: name.span))
        isUsable = false
      }
    }
    return isUsable ? parameters : nil
  }

  /// Why a model may not give an input; nil where it may.
  private func reasonAgainst(_ input: Input, of flow: FlowInterface) -> String? {
    if program.types.carriesMedia(input.type) {
      return "it is \(describe(input.type)), and a model can write only text"
    }
    if flow.earlyInputs.contains(input.id) {
      return "settings of the flow hang on it, which are known before the first request"
    }
    if flow.runInputs.contains(input.id), program.types.holdsText(input.type) {
      return "the flow hands it to a program, and text of a model is untrusted"
    }
    return nil
  }

  // MARK: Endpoints

  /// Providers may be declared below the steps that ask them.
  mutating func refuseToolsOfEndpoints(_ work: [Work]) {
    for entry in work {
      switch entry {
      case .step(let step): refuseToolsOfEndpoints(step)
      case .for(let loop): refuseToolsOfEndpoints(loop.body)
      case .if(let choice): for branch in choice.branches { refuseToolsOfEndpoints(branch.body) }
      case .repeat(let loop): refuseToolsOfEndpoints(loop.body)
      case .let, .run, .call, .until, .next: break
      }
    }
  }

  /// Only where the model says whose it is: the provider of others is chosen for each run.
  private mutating func refuseToolsOfEndpoints(_ step: Step) {
    guard let tool = step.settings.tools.first, let model = step.settings.model else { return }
    for name in model.writtenTexts {
      guard let colon = name.utf8.firstIndex(of: UInt8(ascii: ":")) else { continue }
      let provider = String(name[..<colon])
      let declared = program.providers.first { $0.name == provider }?.kind
      guard let kind = declared ?? (provider == "fal" ? .fal : nil), !kind.hasTools else { continue }
      return report(.endpointWithoutTools(step.name, provider, kind.rawValue, at: tool.span))
    }
  }

  // MARK: Unused

  mutating func warnOfUnusedTools() {
    // A file of types, names and tools alone is there for other flows.
    guard !program.outputs.isEmpty else { return }
    for id in toolNames.values.sorted(by: { $0.index < $1.index }) where !offeredTools.contains(id) {
      report(.unusedTool(program[id].name, at: program[id].span))
    }
  }

  /// The tools that the file itself declares.
  private var toolNames: [String: ToolID] {
    meanings.compactMapValues { if case .tool(let id) = $0 { id } else { nil } }
  }

  /// Those that others may offer as well: they need neither an input nor a step.
  var exportedTools: [String: ToolID] {
    toolNames.filter { _, id in
      program.needs(of: program[id]).allSatisfy { !isLate[$0.index] && inputsBehind[$0] == nil }
    }
  }
}

extension Expression {
  /// The texts that it is or lists, as far as they are written out.
  fileprivate var writtenTexts: [String] {
    switch kind {
    case .constant(let value): (value.list ?? [value]).compactMap(\.string)
    case .list(let elements): elements.flatMap(\.writtenTexts)
    default: []
    }
  }
}

extension Provider.Kind {
  /// Whether its protocol has a place for tools.
  fileprivate var hasTools: Bool {
    switch self {
    case .openai, .openrouter, .falOpenAI: true
    case .fal, .falAnyLLM: false
    }
  }
}

extension Checker.Meaning {
  fileprivate var isFlow: Bool {
    if case .flow = self { true } else { false }
  }
}
