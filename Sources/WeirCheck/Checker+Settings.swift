import WeirDiagnostics
import WeirProgram
import WeirSyntax
import WeirValues

/// The settings of a step that can be said now.
enum StepSetting: String, CaseIterable {
  case prompt, system, model, temperature
  case topP = "top_p"
  case maxTokens = "max_tokens"
  case seed, stop, reasoning, timeout, retries, options

  static let later = [
    "examples", "continue", "tools", "rounds", "ensure", "repairs", "otherwise", "cache", "routing",
  ]

  var index: Int {
    switch self {
    case .prompt: 0
    case .system: 1
    case .model: 2
    case .temperature: 3
    case .topP: 4
    case .maxTokens: 5
    case .seed: 6
    case .stop: 7
    case .reasoning: 8
    case .timeout: 9
    case .retries: 10
    case .options: 11
    }
  }

  var type: ValueType {
    switch self {
    case .prompt, .system: .string
    case .model, .stop: .union([.string, .list(.string)])
    case .temperature, .topP, .timeout: .number
    case .maxTokens, .seed, .retries: .int
    case .reasoning: .union([.bool, .text("low"), .text("medium"), .text("high"), .int])
    case .options: .record([])
    }
  }
}

/// The settings of one step, or of `defaults`, each at the place of its case.
struct FoundSettings {
  private var values: [Expression?] = Array(repeating: nil, count: StepSetting.allCases.count)

  subscript(setting: StepSetting) -> Expression? {
    get { values[setting.index] }
    set { values[setting.index] = newValue }
  }

  /// What is not set here is as it is there.
  mutating func fill(from others: FoundSettings) {
    for index in values.indices where values[index] == nil { values[index] = others.values[index] }
  }
}

extension Checker {
  mutating func checkStep(_ entry: StepSyntax) {
    let type = entry.type.map { self.type($0) } ?? .string
    if program.types.carriesMedia(type), let syntax = entry.type {
      report(.notYet("an answer of type \(describe(type))", at: syntax.span))
    }
    var found = settings(entry.settings, of: "a step", allowed: StepSetting.allCases)
    if let defaults { found.fill(from: defaults) }
    if entry.isWhole, found[.prompt] == nil {
      report(.missingSetting("prompt", of: "the step `\(entry.name.text)`", at: entry.name.span))
    }
    if entry.isWhole, found[.model] == nil { report(.noModel(entry.name.text, at: entry.name.span)) }
    let id = declare(entry.name, type, isLate: true)
    lastStep = id
    program.work.append(
      .step(
        Step(
          id: id, name: entry.name.text, type: type, span: entry.name.span,
          settings: StepSettings(found, at: entry.name.span))))
  }

  mutating func checkDefaults(_ block: SettingsBlockSyntax) {
    if let lastStep { report(.lateDefaults(at: block.span, step: program[lastStep].span)) }
    if defaults != nil { report(.duplicateEntry("defaults", at: block.span)) }
    let allowed = StepSetting.allCases.filter { $0 != .prompt }
    defaults = settings(block.settings, of: "`defaults`", allowed: allowed)
  }

  private mutating func settings(
    _ entries: [SettingSyntax], of owner: String, allowed: [StepSetting]
  ) -> FoundSettings {
    var found = FoundSettings()
    for entry in entries {
      let name = entry.name.text
      if case .ensure = entry.form {
        report(.notYet("`ensure`", at: entry.name.span))
      } else if let setting = allowed.first(where: { $0.rawValue == name }) {
        if found[setting] != nil, let first = entries.first(where: { $0.name.text == name }) {
          report(.duplicateSetting(name, at: entry.name.span, first: first.name.span))
        } else {
          found[setting] = self.setting(setting, entry.value)
        }
      } else if StepSetting.later.contains(name) {
        report(.notYet("the setting `\(name)`", at: entry.name.span))
      } else {
        let known = allowed.map(\.rawValue)
        report(.unknownSetting(name, of: owner, known: known, at: entry.name.span))
        let value = expression(entry.value)
        // What was most likely meant is not told to be missing as well.
        if let meant = known.nearest(to: name).flatMap(StepSetting.init), found[meant] == nil {
          found[meant] = failed(at: value.span)
        }
      }
    }
    return found
  }

  private mutating func setting(_ setting: StepSetting, _ syntax: ExpressionSyntax) -> Expression {
    switch setting {
    case .prompt: return prompt(syntax)
    case .system:
      let value = expression(syntax, expecting: .string)
      refuseMedia(value, in: "`system`")
      require(value, fits: .string, as: "`system`")
      return value
    case .options: return options(syntax)
    case .model, .temperature, .topP, .maxTokens, .seed, .stop, .reasoning, .timeout, .retries:
      let value = expression(syntax, expecting: setting.type)
      require(value, fits: setting.type, as: "`\(setting.rawValue)`")
      checkRange(setting, value, syntax)
      refuseLate(value, setting)
      return value
    }
  }

  private mutating func options(_ syntax: ExpressionSyntax) -> Expression {
    let value = expression(syntax)
    refuseMedia(value, in: "`options`")
    switch program.types.resolved(value.type) {
    case .record, .dictionary, .json, .error: break
    default: report(.mismatch(value, wanted: "a record", found: describe(value.type), as: "`options`"))
    }
    refuseLate(value, .options)
    return value
  }

  /// All but `prompt` and `system` is known before the first request.
  private mutating func refuseLate(_ value: Expression, _ setting: StepSetting) {
    if isLate(value) { report(.needsStep("`\(setting.rawValue)`", at: value.span)) }
  }

  // MARK: Ranges

  private mutating func checkRange(
    _ setting: StepSetting, _ value: Expression, _ syntax: ExpressionSyntax
  ) {
    if setting == .timeout, syntax.isNumberWithoutTime {
      report(.missingUnit("`timeout`", "30s", at: syntax.span))
    }
    if setting != .timeout { refuseUnit(syntax, in: "`\(setting.rawValue)`") }
    guard program.types.fits(value.type, setting.type), let number = value.constantNumber,
      let range = setting.range,
      !range.contains(number.double)
    else { return }
    report(.outOfRange("`\(setting.rawValue)`", number, range.text, at: value.span))
  }

  private mutating func refuseUnit(_ syntax: ExpressionSyntax, in what: String) {
    if case .number(let number) = syntax.kind, number.unit != .none {
      report(.surplusUnit(what, at: syntax.span))
    }
  }

  // MARK: Limits, models, providers

  mutating func checkLimits(_ block: SettingsBlockSyntax) {
    for entry in onceEach(block.settings) {
      switch entry.name.text {
      case "concurrency": checkConcurrency(entry)
      case "budget", "time": report(.notYet("the limit `\(entry.name.text)`", at: entry.name.span))
      default:
        report(.unknownSetting(entry.name.text, of: "`limits`", known: ["concurrency"], at: entry.name.span))
      }
    }
  }

  /// The settings without those that stand a second time, which are reported.
  private mutating func onceEach(_ settings: [SettingSyntax]) -> [SettingSyntax] {
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

  private mutating func checkConcurrency(_ entry: SettingSyntax) {
    let value = expression(entry.value, expecting: .int)
    require(value, fits: .int, as: "`concurrency`")
    refuseUnit(entry.value, in: "`concurrency`")
    guard let number = value.constantNumber else {
      if value.type != .error { report(.notConstant("`concurrency`", "a whole number", at: value.span)) }
      return
    }
    guard number.isWhole else { return }
    guard let count = number.int, 1...100_000 ~= count else {
      return report(.outOfRange("`concurrency`", number, "from 1 to 100000", at: value.span))
    }
    program.limits.concurrency = count
  }

  mutating func checkModels(_ block: SettingsBlockSyntax) {
    for entry in block.settings {
      let value = expression(entry.value, expecting: StepSetting.model.type)
      require(value, fits: StepSetting.model.type, as: "a model")
      if isLate(value) {
        report(.needsStep("a model", at: value.span))
        declareAlias(entry.name, failed(at: value.span))
      } else {
        declareAlias(entry.name, value)
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
      return
    }
    if kind == .openai, found.url == nil, !found.sawURL {
      report(.missingSetting("url", of: "the provider `\(entry.name.text)`", at: entry.name.span))
    }
    program.providers.append(
      Provider(
        name: entry.name.text, kind: kind, url: found.url, keyVariable: found.keyVariable,
        headers: found.headers, span: entry.name.span))
  }

  private struct ProviderSettings {
    var kind: Provider.Kind?
    var sawKind = false
    var url: String?
    var sawURL = false
    var keyVariable: String?
    var headers: [Provider.Header] = []
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
      if text.hasPrefix("http://") || text.hasPrefix("https://") {
        found.url = text
      } else {
        report(.badAddress(text, at: setting.value.span))
      }
    case "key": found.keyVariable = keyVariable(setting.value)
    case "headers": found.headers = headers(setting.value)
    default:
      report(
        .unknownSetting(
          setting.name.text, of: "a provider", known: ["kind", "url", "key", "headers"], at: setting.name.span
        ))
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

  /// `env("NAME")`, and nothing else: a key never stands in a file.
  private mutating func keyVariable(_ syntax: ExpressionSyntax) -> String? {
    if case .call(let function, let arguments) = syntax.kind, function.text == "env", arguments.count == 1,
      case .string(let string) = arguments[0].value.kind, let name = string.plainText, !name.isEmpty
    {
      return name
    }
    report(.keyNotFromEnvironment(at: syntax.span))
    return nil
  }

  private mutating func headers(_ syntax: ExpressionSyntax) -> [Provider.Header] {
    guard case .record(let pairs) = syntax.kind else {
      report(.notConstant("`headers`", "a record of strings", at: syntax.span))
      return []
    }
    var headers: [Provider.Header] = []
    for pair in pairs {
      let value = expression(pair.value, expecting: .string)
      if case .constant(.string(let text)) = value.kind {
        headers.append(.init(name: pair.name.text, value: text))
      } else if value.type != .error {
        report(.notConstant("a header", "a plain string", at: value.span))
      }
    }
    return headers
  }
}

extension StepSettings {
  fileprivate init(_ found: FoundSettings, at span: Span) {
    func setting(_ setting: StepSetting) -> Expression? { found[setting] }
    self.init(
      prompt: setting(.prompt) ?? Expression(.constant(.string("")), type: .error, span: span))
    system = setting(.system)
    model = setting(.model)
    temperature = setting(.temperature)
    topP = setting(.topP)
    maxTokens = setting(.maxTokens)
    seed = setting(.seed)
    stop = setting(.stop)
    reasoning = setting(.reasoning)
    timeout = setting(.timeout)
    retries = setting(.retries)
    options = setting(.options)
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
    case .retries: SettingRange(text: "from 0 to 100") { 0...100 ~= $0 }
    case .timeout: SettingRange(text: "more than 0") { $0 > 0 }
    case .reasoning: SettingRange(text: "at least 1") { $0 >= 1 }
    case .prompt, .system, .model, .seed, .stop, .options: nil
    }
  }
}

extension ExpressionSyntax {
  var isNumberWithoutTime: Bool {
    if case .number(let number) = kind { number.unit != .seconds } else { false }
  }
}

extension Expression {
  /// The number of a literal, with its sign.
  var constantNumber: Number? {
    switch kind {
    case .constant(.number(let number)): number
    case .negate(let inner): inner.constantNumber.map { Number(-$0.double) }
    default: nil
    }
  }
}
