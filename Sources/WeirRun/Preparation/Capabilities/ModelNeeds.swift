import WeirEndpoint
import WeirProgram
import WeirValues

/// What a step asks of whatever model it asks, as far as that can be told before the first request.
struct ModelNeeds {
  /// In the words of catalogues, without `text`: `image`, `file`, `audio`, `video`.
  private(set) var inputs: Set<String> = []
  /// Whether the answer must be of a type.
  let isTyped: Bool
  /// Whether the answer is a picture.
  let wantsPicture: Bool
  let hasTools: Bool
  /// About how many tokens the prompt has; nil where it is not known yet.
  private(set) var promptTokens: Int?
  let maxTokens: Int?

  init(of step: PreparedStep, _ evaluator: Evaluator) {
    isTyped = step.isTyped
    if case .picture = step.answer { wantsPicture = true } else { wantsPicture = false }
    hasTools = !step.tools.isEmpty
    maxTokens = step.settings.maxTokens
    for expression in step.asks { addInputs(of: expression, evaluator) }
    let settings = step.written.settings
    promptTokens = Self.tokens(of: [settings.prompt] + [settings.system].compactMap { $0 }, evaluator)
  }

  private mutating func addInputs(of expression: Expression, _ evaluator: Evaluator) {
    let types = evaluator.program.types
    expression.walk { part in
      guard types.carriesMedia(part.type) else { return }
      if evaluator.knows(part), let value = try? evaluator.evaluate(part) {
        add(value)
      } else if types.members(part.type).contains(.image) {
        inputs.insert("image")
      }
    }
  }

  private mutating func add(_ value: Value) {
    switch value {
    case .image: inputs.insert("image")
    case .file(let document): if let input = document.kind.catalogueInput { inputs.insert(input) }
    case .list(let values): for value in values { add(value) }
    default: break
    }
  }

  private static func tokens(of texts: [Expression], _ evaluator: Evaluator) -> Int? {
    let renderer = TemplateRenderer(evaluator)
    var count = 0
    for text in texts {
      guard evaluator.knows(text), let parts = try? renderer.prompt(of: text) else { return nil }
      count += TokenEstimate.tokens(in: parts.text)
    }
    return count
  }

  /// What of it a model cannot do, in words that go on `cannot` or `has no`; empty where it can do all.
  func lacks(of model: CatalogueModel) -> [Lack] {
    var lacks: [Lack] = []
    if let known = model.inputs {
      lacks += inputs.sorted().filter { !known.contains($0) }.map { Lack.input($0) }
    }
    if wantsPicture, let known = model.outputs, !known.contains("image") { lacks.append(.painting) }
    if let known = model.parameters {
      if hasTools, !known.contains("tools") { lacks.append(.tools) }
      if isTyped, !known.contains("structured_outputs"), !known.contains("response_format") {
        lacks.append(.structure)
      }
    }
    return lacks
  }

  enum Lack: Hashable {
    case input(String)
    case painting
    case tools
    /// It still answers, asked in words.
    case structure

    var words: String {
      switch self {
      case .input("image"): "takes no pictures"
      case .input("file"): "takes no files"
      case .input("audio"): "hears no sound"
      case .input("video"): "sees no films"
      case .input(let kind): "takes no \(kind)"
      case .painting: "paints no pictures"
      case .tools: "calls no tools"
      case .structure: "has no structured output"
      }
    }
  }
}

extension PreparedStep {
  /// What can hold pictures and files.
  fileprivate var asks: [Expression] { [written.settings.prompt] + written.settings.examples.map(\.ask) }

  fileprivate var isTyped: Bool {
    switch answer {
    case .text, .picture: false
    case .known, .later: true
    }
  }
}

extension DocumentKind {
  /// What catalogues call it; nil for what goes in as text.
  fileprivate var catalogueInput: String? {
    switch self {
    case .pdf: nil
    case .text, .markdown, .csv, .json: nil
    case .mp3, .wav, .m4a, .ogg, .flac: "audio"
    case .mp4, .webm, .mov: "video"
    }
  }
}
