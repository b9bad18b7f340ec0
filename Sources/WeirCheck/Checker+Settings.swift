import WeirDiagnostics
import WeirProgram
import WeirSyntax
import WeirValues

extension StepSetting {
  /// What `defaults` takes.
  static let shared = allCases.filter { ![.prompt, .otherwise, .continue].contains($0) }

  var type: ValueType {
    switch self {
    case .prompt, .system: .string
    case .model, .stop: Self.textOrTexts
    case .temperature, .topP, .timeout: .number
    case .maxTokens, .seed, .retries, .repairs, .rounds, .uploadOver: .int
    case .webhook: .string
    case .via, .detail: .union(words.map { .text($0) })
    case .reasoning: Self.effort
    case .cache: .bool
    case .options, .routing: .record([])
    case .examples: .list(.record([]))
    case .otherwise, .continue, .tools: .error
    }
  }

  /// Where a setting is one of some words, these.
  fileprivate var words: [String] {
    switch self {
    case .via: Provider.Delivery.allCases.map(\.rawValue)
    case .detail: ["auto", "low", "high"]
    case .reasoning: ["low", "medium", "high"]
    default: []
    }
  }

  private static let textOrTexts = ValueType.union([.string, .list(.string)])
  private static let effort = ValueType.union([.bool, .text("low"), .text("medium"), .text("high"), .int])
}

extension Checker {
  mutating func checkStep(_ entry: StepSyntax) -> Work? {
    let type = entry.type.map { self.type($0) } ?? .string
    // A model that paints answers with a picture, and that alone.
    if let syntax = entry.type, program.types.resolved(type) != .image {
      refuseAnswerType(type, at: syntax.span)
    }
    var found = settings(entry.settings, of: "a step", allowed: StepSetting.allCases, answer: type)
    tellUnsayable(in: type)
    let ensures = ensures(entry.settings, on: type)
    let continued = continuedStep(entry, &found)
    if let defaults { found.fill(from: defaults) }
    if let continued {
      found[.system] = nil
      found[.examples] = nil
      found.examples = []
      found.tools = toolsOfSteps[continued] ?? []
    }
    warnOfUnusedRounds(entry, found)
    found[.tools] = nil
    if entry.isWhole, !found.has(.prompt) {
      report(.missingSetting("prompt", of: "the step `\(entry.name.text)`", at: entry.name.span))
    }
    if entry.isWhole, !found.has(.model) {
      needsModel = true
      report(.noModel(entry.name.text, at: entry.name.span))
    }
    let mayBeNull = found[.otherwise].map { program.types.isOptional($0.type) } == true
    let id = declare(entry.name, mayBeNull ? type.optional : type, isLate: true, isUntrusted: true)
    lastStep = id
    // What was painted is no turn of a conversation.
    isModelStep[id.index] = !mayBeNull && program.types.resolved(type) != .image
    if !found.tools.isEmpty { toolsOfSteps[id] = found.tools }
    // What is wrong is told; the program is whole all the same.
    if !found.has(.prompt) { found[.prompt] = failed(at: entry.name.span) }
    // Those that are written out are kept by themselves.
    if found[.examples]?.type == .error { found[.examples] = nil }
    let hasMeta = file.metaNames.contains(entry.name.text)
    let step = Step(
      id: id, name: entry.name.text, type: type, span: entry.name.span, settings: found,
      meta: hasMeta ? declareMeta(entry.name, mayBeNull: mayBeNull) : nil, continued: continued,
      ensures: ensures)
    if !mayBeNull { program.values[id.index] = .answer(step) }
    return .step(step)
  }

  /// The value behind `meta(step)`, which takes the shapes that the step takes.
  private mutating func declareMeta(_ name: NameSyntax, mayBeNull: Bool) -> ValueID {
    let type = mayBeNull ? Self.metaType.optional : Self.metaType
    let id = declare(
      NameSyntax(text: "meta(\(name.text))", span: name.span), type, isLate: true, isUntrusted: true)
    isUsed[id.index] = true
    return id
  }

  /// `continue: a` names a model step that is one value here, and keeps what that one was told.
  private mutating func continuedStep(_ entry: StepSyntax, _ found: inout StepSettings) -> ValueID? {
    guard let setting = entry.settings.first(where: { $0.name.text == "continue" }) else { return nil }
    found[.continue] = nil
    for other in entry.settings where ["system", "examples", "tools"].contains(other.name.text) {
      report(.settingWithContinue(other.name.text, at: other.name.span))
    }
    guard case .name(let name) = setting.value.kind, case .value(let id) = meanings[name],
      isModelStep[id.index]
    else {
      report(.continueOfNoStep(source(of: setting.value), at: setting.value.span))
      return nil
    }
    isUsed[id.index] = true
    return id
  }

  mutating func checkDefaults(_ block: SettingsBlockSyntax) {
    if let lastStep { report(.lateDefaults(at: block.span, step: program[lastStep].span)) }
    if hasOwnDefaults { report(.duplicateEntry("defaults", at: block.span)) }
    hasOwnDefaults = true
    for setting in block.settings where ["ensure", "continue", "otherwise"].contains(setting.name.text) {
      report(.ofOneStep(setting.name.text, at: setting.name.span))
    }
    let settings = block.settings.filter { !["ensure", "continue", "otherwise"].contains($0.name.text) }
    var found = self.settings(settings, of: "`defaults`", allowed: StepSetting.shared, answer: .error)
    if let defaults { found.fill(from: defaults) }
    defaults = found
  }

  private mutating func settings(
    _ entries: [SettingSyntax], of owner: String, allowed: [StepSetting], answer: ValueType
  ) -> StepSettings {
    var found = StepSettings(entries.count + (defaults?.count ?? 0))
    for place in entries.indices {
      guard case .named = entries[place].form else { continue }
      let name = entries[place].name
      if let setting = StepSetting(rawValue: name.text), allowed.contains(setting) {
        if found.has(setting), let first = entries.first(where: { $0.name.text == name.text }) {
          report(.duplicateSetting(name.text, at: name.span, first: first.name.span))
        } else {
          set(setting, entries[place].value, answer, in: &found)
        }
      } else if name.text == "ensure" {
        _ = withLocal("it", answer) { $0.expression(entries[place].value) }
        report(.ensureWithColon(at: name.span))
      } else {
        let known = allowed.map(\.rawValue)
        report(.unknownSetting(name.text, of: owner, known: known, at: name.span))
        let value = expression(entries[place].value)
        // What was most likely meant is not told to be missing as well.
        if let meant = known.nearest(to: name.text).flatMap(StepSetting.init), !found.has(meant) {
          found[meant] = failed(at: value.span)
        }
      }
    }
    return found
  }

  private mutating func set(
    _ setting: StepSetting, _ syntax: ExpressionSyntax, _ answer: ValueType, in found: inout StepSettings
  ) {
    switch setting {
    case .prompt: found[.prompt] = prompt(syntax)
    case .system:
      let value = expression(syntax, expecting: .string)
      refuseMedia(value, in: "`system`")
      require(value, fits: .string, as: "`system`")
      found[.system] = value
    case .options, .routing: found[setting] = record(setting, syntax)
    case .examples: found[.examples] = examples(syntax, answer, &found)
    case .otherwise:
      let value = expression(syntax, expecting: answer)
      refuseMedia(value, in: "`otherwise`")
      require(value, fits: answer.optional, as: "`otherwise`")
      found[.otherwise] = value
    case .continue: found[.continue] = failed(at: syntax.span)
    case .tools:
      found[.tools] = failed(at: syntax.span)
      found.tools = offeredTools(syntax)
    case .model, .temperature, .topP, .maxTokens, .seed, .stop, .reasoning, .timeout, .retries, .repairs,
      .cache, .rounds, .via, .webhook, .uploadOver, .detail:
      found[setting] = earlySetting(setting, syntax)
    }
  }

  /// A setting that is known before the first request, but for the parameters of a tool.
  mutating func earlySetting(
    _ setting: StepSetting, _ syntax: ExpressionSyntax, but parameters: Set<ValueID> = []
  ) -> Expression {
    let value = expression(syntax, expecting: setting.type)
    if isKnownWrong(setting, value) { return failed(at: value.span) }
    require(value, fits: setting.type, as: "`\(setting.rawValue)`")
    checkRange(setting, value, syntax)
    if !value.reads(parameters.contains) { refuseLate(value, "`\(setting.rawValue)`") }
    return setting == .model ? value.withPlaces(of: syntax) : value
  }

  /// A word that is none of those that the setting takes, or no address, which is told.
  private mutating func isKnownWrong(_ setting: StepSetting, _ value: Expression) -> Bool {
    guard case .constant(.string(let text)) = value.kind else { return false }
    if setting == .webhook, !text.beginsLikeWebAddress {
      report(.badAddress(text, like: "https://example.com/hook", at: value.span))
      return true
    }
    let words = setting.words
    if words.isEmpty || words.contains(text) { return false }
    let more = setting == .reasoning ? ["`true`", "`false`", "a number of tokens"] : []
    report(.unknownChoice("`\(setting.rawValue)`", text, words, or: more, at: value.span))
    return true
  }

  /// `rounds` of `defaults` is for the steps that have tools.
  private mutating func warnOfUnusedRounds(_ entry: StepSyntax, _ found: StepSettings) {
    guard found.tools.isEmpty, !found.has(.tools),
      let rounds = entry.settings.first(where: { $0.name.text == "rounds" })
    else { return }
    report(.unusedRounds(at: rounds.name.span))
  }

  private mutating func record(_ setting: StepSetting, _ syntax: ExpressionSyntax) -> Expression {
    let value = expression(syntax)
    refuseMedia(value, in: "`\(setting.rawValue)`")
    switch program.types.resolved(value.type) {
    case .record(let fields): if setting == .routing { checkRouting(fields, value, syntax) }
    case .dictionary, .json, .error: break
    default: report(.noRecord(setting.rawValue, found: describe(value.type), at: value.span))
    }
    refuseLate(value, "`\(setting.rawValue)`")
    return value
  }

  private static let routingFields = [
    "order", "only", "ignore", "allow_fallbacks", "require_parameters", "data_collection", "zdr",
    "enforce_distillable_text", "quantizations", "sort", "max_price", "preferred_min_throughput",
    "preferred_max_latency",
  ]

  /// OpenRouter: guides/routing/provider-selection.
  private static let routingWords = [
    "sort": ["price", "throughput", "latency"], "data_collection": ["allow", "deny"],
  ]

  private mutating func checkRouting(
    _ fields: [RecordField], _ value: Expression, _ syntax: ExpressionSyntax
  ) {
    var pairs: [PairSyntax] = []
    if case .record(let written) = syntax.kind { pairs = written }
    for field in fields where !Self.routingFields.contains(field.name) {
      let place = pairs.first { $0.name.text == field.name }?.name.span
      let unknown = Diagnostic.unknownSetting(
        field.name, of: "`routing`", known: Self.routingFields, at: place ?? syntax.span)
      // What stands in the place of all of it is no mend of one field.
      report(place == nil ? unknown.withoutEdits : unknown)
    }
    guard case .record(let entries) = value.kind else { return }
    for entry in entries {
      guard let words = Self.routingWords[entry.name], case .constant(.string(let text)) = entry.value.kind,
        !words.contains(text)
      else { continue }
      report(.unknownChoice("`\(entry.name)` of `routing`", text, words, at: entry.value.span))
    }
  }

  /// What must be known before the first request, and with it what it hangs on.
  mutating func refuseLate(_ value: Expression, _ what: @autoclosure () -> String) {
    if isLate(value) { report(.needsStep(what(), at: value.span)) }
    noteEarly(value)
  }

  // MARK: Examples and conditions

  /// `[{ask: "…", answer: …}]`. Written out, an `ask` may hold pictures, as a prompt may.
  private mutating func examples(
    _ syntax: ExpressionSyntax, _ answer: ValueType, _ found: inout StepSettings
  ) -> Expression {
    guard case .list(let elements) = syntax.kind,
      elements.allSatisfy({ if case .record = $0.kind { true } else { false } })
    else {
      let value = expression(syntax)
      let type = ValueType.list(.record([RecordField("ask", .string), RecordField("answer", answer)]))
      require(value, fits: type, as: "`examples`")
      return value
    }
    for element in elements {
      guard case .record(let pairs) = element.kind else { continue }
      if let example = example(pairs, answer, at: element.span) { found.examples.append(example) }
    }
    return failed(at: syntax.span)
  }

  private mutating func example(
    _ pairs: [PairSyntax], _ answer: ValueType, at span: Span
  ) -> StepSettings.Example? {
    var ask: Expression?
    var reply: Expression?
    for pair in pairs {
      switch pair.name.text {
      case "ask": ask = prompt(pair.value)
      case "answer":
        let value = expression(pair.value, expecting: answer)
        require(value, fits: answer, as: "the answer of an example")
        refuseMedia(value, in: "the answer of an example")
        reply = value
      default:
        _ = expression(pair.value)
        report(
          .unknownSetting(pair.name.text, of: "an example", known: ["ask", "answer"], at: pair.name.span))
      }
    }
    for (name, value) in [("ask", ask), ("answer", reply)] where value == nil {
      report(.missingSetting(name, of: "an example", at: span))
    }
    guard let ask, let reply else { return nil }
    return StepSettings.Example(ask: ask, answer: reply)
  }

  /// `ensure condition "reason"`, with `it` for the answer.
  private mutating func ensures(_ settings: [SettingSyntax], on type: ValueType) -> [Step.Ensure] {
    var ensures: [Step.Ensure] = []
    for setting in settings {
      guard case .ensure(let reason) = setting.form else { continue }
      let (condition, words) = withLocal("it", type) { checker in
        let condition = checker.condition(setting.value)
        return (condition, reason.map { checker.text($0) })
      }
      warnOfImpossible(condition)
      ensures.append(
        Step.Ensure(
          condition: condition, reason: words, text: source(of: setting.value), span: setting.span))
    }
    return ensures
  }

  // MARK: Ranges

  private mutating func checkRange(
    _ setting: StepSetting, _ value: Expression, _ syntax: ExpressionSyntax
  ) {
    if setting == .timeout, syntax.isNumberWithoutTime {
      report(.missingUnit("`timeout`", "a time", "30s", at: syntax.span))
    }
    if setting != .timeout { refuseUnit(syntax, in: "`\(setting.rawValue)`") }
    guard program.types.fits(value.type, setting.type), let number = value.constantNumber,
      let range = setting.range,
      !range.contains(number.double)
    else { return }
    report(.outOfRange("`\(setting.rawValue)`", number, range.text, at: value.span))
  }

  private mutating func refuseUnit(_ syntax: ExpressionSyntax, in what: @autoclosure () -> String) {
    if case .number(let number) = syntax.kind, number.unit != .none {
      report(.surplusUnit(what(), at: syntax.span))
    }
  }

  // MARK: Limits, models, providers

  mutating func checkLimits(_ block: SettingsBlockSyntax) {
    for entry in onceEach(block.settings) {
      switch entry.name.text {
      case "concurrency":
        if let count = concurrency(entry) { program.limits.concurrency = count }
      case "budget": program.limits.budget = amount(entry, .dollars, "an amount of money", "$0.50")
      case "time": program.limits.time = amount(entry, .seconds, "a time", "10m")
      default:
        report(
          .unknownSetting(
            entry.name.text, of: "`limits`", known: ["budget", "concurrency", "time"], at: entry.name.span))
      }
    }
  }

  /// The settings without those that stand a second time, which are reported.
  mutating func onceEach(_ settings: [SettingSyntax]) -> [SettingSyntax] {
    var first: [String: Span] = [:]
    return settings.filter { setting in
      guard let place = first[setting.name.text] else {
        first[setting.name.text] = setting.name.span
        return true
      }
      report(.duplicateSetting(setting.name.text, at: setting.name.span, first: place))
      return false
    }
  }

  private mutating func concurrency(_ entry: SettingSyntax) -> Int? {
    let value = expression(entry.value, expecting: .int)
    require(value, fits: .int, as: "`concurrency`")
    refuseUnit(entry.value, in: "`concurrency`")
    guard let number = value.constantNumber else {
      if value.type != .error { report(.notConstant("`concurrency`", "a whole number", at: value.span)) }
      return nil
    }
    guard number.isWhole else { return nil }
    guard let count = number.int, 1...100_000 ~= count else {
      report(.outOfRange("`concurrency`", number, "from 1 to 100000", at: value.span))
      return nil
    }
    return count
  }

  /// In seconds: 30 days, as for a step.
  private static let longestTime = 2_592_000.0

  /// A literal with its unit, more than nothing.
  private mutating func amount(
    _ entry: SettingSyntax, _ unit: NumberSyntax.Unit, _ noun: String, _ example: String
  ) -> Number? {
    let name = "`\(entry.name.text)`"
    guard case .number(let number) = entry.value.kind else {
      let value = expression(entry.value)
      if value.type != .error { report(.notConstant(name, "\(noun), such as `\(example)`", at: value.span)) }
      return nil
    }
    guard number.unit == unit else {
      report(.missingUnit(name, noun, example, at: entry.value.span))
      return nil
    }
    let value = Number(number.value)
    guard number.value > 0 else {
      report(.outOfRange(name, value, "more than 0", at: entry.value.span))
      return nil
    }
    guard unit != .seconds || number.value <= Self.longestTime else {
      report(.outOfRange(name, value, "at most 30 days", at: entry.value.span))
      return nil
    }
    return value
  }

  mutating func checkModels(_ block: SettingsBlockSyntax) {
    for entry in block.settings {
      let value = expression(entry.value, expecting: StepSetting.model.type)
      require(value, fits: StepSetting.model.type, as: "a model")
      if isLate(value) {
        report(.needsStep("a model", at: value.span))
        declareAlias(entry.name, failed(at: value.span))
      } else {
        declareAlias(entry.name, value.withPlaces(of: entry.value))
      }
    }
  }

  mutating func checkProvider(_ entry: ProviderSyntax) {
    if program.providers.contains(where: { $0.name == entry.name.text }) {
      report(.duplicateName(entry.name.text, at: entry.name.span, first: nil))
    }
    var found = ProviderSettings()
    for setting in onceEach(entry.settings) { check(setting, into: &found) }
    guard let kind = found.kind else {
      if !found.sawKind {
        report(.missingSetting("kind", of: "the provider `\(entry.name.text)`", at: entry.name.span))
      }
      // What is wrong is told; there is a provider of this name all the same.
      program.providers.append(
        Provider(name: entry.name.text, kind: .openai, url: nil, key: nil, headers: [], span: entry.name.span)
      )
      return
    }
    if kind == .openai, found.url == nil, !found.sawURL {
      report(.missingSetting("url", of: "the provider `\(entry.name.text)`", at: entry.name.span))
    }
    var provider = Provider(
      name: entry.name.text, kind: kind, url: found.url, key: found.key,
      headers: found.headers, span: entry.name.span)
    provider.via = found.via
    provider.concurrency = found.concurrency
    program.providers.append(provider)
  }

  private struct ProviderSettings {
    var kind: Provider.Kind?
    var sawKind = false
    var url: String?
    var sawURL = false
    var key: Expression?
    var headers: [Provider.Header] = []
    var via: Provider.Delivery?
    var concurrency: Int?
  }

  private mutating func check(_ setting: SettingSyntax, into found: inout ProviderSettings) {
    switch setting.name.text {
    case "kind":
      found.sawKind = true
      guard let text = constantText(setting) else { return }
      found.kind = Provider.Kind(rawValue: text)
      if found.kind == nil {
        let known = Provider.Kind.allCases.map(\.rawValue)
        report(.unknownChoice("`kind`", text, known, at: setting.value.span))
      }
    case "url":
      found.sawURL = true
      guard let text = constantText(setting) else { return }
      if text.beginsLikeWebAddress {
        found.url = text
      } else {
        report(.badAddress(text, like: "http://localhost:11434/v1", at: setting.value.span))
      }
    case "key": found.key = key(setting.value)
    case "headers": found.headers = headers(setting.value)
    case "via":
      guard let text = constantText(setting) else { return }
      found.via = Provider.Delivery(rawValue: text)
      if found.via == nil {
        report(.unknownChoice("`via`", text, StepSetting.via.words, at: setting.value.span))
      }
    case "concurrency": found.concurrency = concurrency(setting)
    default:
      let known = ["kind", "url", "key", "headers", "via", "concurrency"]
      report(.unknownSetting(setting.name.text, of: "a provider", known: known, at: setting.name.span))
    }
  }

  private mutating func constantText(_ setting: SettingSyntax) -> String? {
    let value = expression(setting.value, expecting: .string)
    if case .constant(.string(let text)) = value.kind { return text }
    if value.type != .error {
      report(.notConstant("`\(setting.name.text)`", "a plain string", at: value.span))
    }
    return nil
  }

  /// `env("NAME")` or a secret input, and nothing else: a key never stands in a file.
  private mutating func key(_ syntax: ExpressionSyntax) -> Expression? {
    let value = expression(syntax)
    if program.types.resolved(value.type) == .secret { return value }
    if value.type != .error { report(.keyNotFromEnvironment(at: syntax.span)) }
    return nil
  }

  private mutating func headers(_ syntax: ExpressionSyntax) -> [Provider.Header] {
    guard case .record(let pairs) = syntax.kind else {
      report(.notConstant("`headers`", "a record of strings", at: syntax.span))
      return []
    }
    return pairs.compactMap { pair in
      let value = expression(pair.value, expecting: .string)
      if case .constant(.string) = value.kind { return .init(name: pair.name.text, value: value) }
      if program.types.resolved(value.type) == .secret { return .init(name: pair.name.text, value: value) }
      if value.type != .error {
        report(.notConstant("a header", "a plain string or a secret", at: value.span))
      }
      return nil
    }
  }
}

/// The numbers that a setting takes.
private struct SettingRange {
  let text: String
  let contains: (Double) -> Bool
}

extension StepSetting {
  fileprivate var range: SettingRange? {
    switch self {
    case .temperature: SettingRange(text: "from 0 to 2") { 0...2 ~= $0 }
    case .topP: SettingRange(text: "from 0 to 1") { 0...1 ~= $0 }
    case .maxTokens: SettingRange(text: "at least 1") { $0 >= 1 }
    case .retries, .repairs: SettingRange(text: "from 0 to 100") { 0...100 ~= $0 }
    case .rounds: SettingRange(text: "from 1 to 100") { 1...100 ~= $0 }
    case .uploadOver: SettingRange(text: "at least 0") { $0 >= 0 }
    case .timeout: SettingRange(text: "more than 0") { $0 > 0 }
    case .reasoning: SettingRange(text: "at least 1") { $0 >= 1 }
    case .prompt, .system, .model, .seed, .stop, .options, .examples, .otherwise, .cache, .routing, .continue,
      .tools, .via, .webhook, .detail:
      nil
    }
  }
}

extension ExpressionSyntax {
  var isNumberWithoutTime: Bool {
    if case .number(let number) = kind { number.unit != .seconds } else { false }
  }
}

extension Expression {
  /// A list of texts that is written out, as a list of them and not as the one value that it amounts to, so that
  /// each is told where it stands.
  fileprivate func withPlaces(of syntax: ExpressionSyntax) -> Expression {
    guard case .constant(.list(let values)) = kind, case .list(let elements) = syntax.kind,
      values.count == elements.count
    else { return self }
    let parts = zip(values, elements).map { Expression(.constant($0), type: .string, span: $1.span) }
    return Expression(.list(ExpressionList(parts)), type: type, span: span)
  }

  /// The number of a literal, with its sign.
  var constantNumber: Number? {
    switch kind {
    case .constant(.number(let number)): number
    case .negate(let inner): inner.constantNumber.map { Number(-$0.double) }
    default: nil
    }
  }
}
