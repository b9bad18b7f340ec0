import WeirEndpoint
import WeirValues

// What fal's endpoints have no word for. They take a prompt as one text, and one kind of file beside it.

extension FalFamily {
  /// What the prompt holds besides text.
  func medium(of prompt: [PromptPart]) throws(EndpointFailure) -> Medium {
    let documents = prompt.documents
    let sounds = documents.filter(\.kind.isAudio)
    let films = documents.filter(\.kind.isFilm)
    if let other = documents.first(where: { !$0.kind.isAudio && !$0.kind.isFilm }) {
      throw EndpointFailure(
        .invalidRequest,
        "fal's `\(root)` takes \(kinds), but no other file such as `\(Excerpt.of(other.name))`",
        advice: "ask OpenRouter itself (`--provider openrouter`)")
    }
    let media: [Medium] =
      (prompt.pictures.isEmpty ? [] : [.pictures]) + (sounds.isEmpty ? [] : [.sound])
      + (films.isEmpty ? [] : [.films])
    guard let medium = media.first else { return .text }
    guard media.count == 1 else {
      throw EndpointFailure(
        .invalidRequest,
        "fal's `\(root)` takes pictures, a sound or films, but not two of these in one prompt",
        advice: "ask OpenRouter itself (`--provider openrouter`), or ask for each in a step of its own")
    }
    if medium == .sound, sounds.count > 1 {
      throw EndpointFailure(
        .invalidRequest, "fal's `\(root)/audio` takes one sound, and the prompt holds \(sounds.count)",
        advice: "ask OpenRouter itself (`--provider openrouter`), or ask for each in a step of its own")
    }
    guard endpoint(for: medium) != nil else {
      let name = Excerpt.of(documents.first?.name ?? "")
      throw EndpointFailure(
        .invalidRequest, "fal's `\(root)` takes \(kinds), but no sound or film such as `\(name)`",
        advice: "ask fal's `openrouter/router` (`--provider fal`), which takes both")
    }
    return medium
  }

  private var kinds: String {
    switch self {
    case .router: "pictures, a sound or films"
    case .anyLLM: "pictures"
    }
  }
}

extension DocumentKind {
  fileprivate var isFilm: Bool {
    switch self {
    case .mp4, .webm, .mov: true
    case .pdf, .text, .markdown, .csv, .json, .mp3, .wav, .m4a, .ogg, .flac: false
    }
  }
}

extension EndpointRequest {
  func refuseUnsayable(to family: FalFamily) throws(EndpointFailure) {
    guard routing.fields.isEmpty else { throw .noRouting(at: "fal's `\(family.root)`") }
    try refuseStreamOption()
    if !tools.isEmpty || !rounds.isEmpty {
      throw EndpointFailure(
        .invalidRequest, "fal's `\(family.root)` has no tools",
        advice: "ask fal's `openrouter/router/openai/v1` (`--provider fal-openai`), or OpenRouter itself"
      ).refusing("tools")
    }
    if wantsPicture {
      throw EndpointFailure(
        .invalidRequest, "fal's `\(family.root)` answers in text alone, and the step is to give a picture",
        advice: "ask OpenRouter itself (`--provider openrouter`) for a model that paints")
    }
    let settings: [(name: String, isSet: Bool)] = [
      ("top_p", topP != nil), ("seed", seed != nil), ("stop", !stop.isEmpty), ("detail", detail != nil),
    ]
    guard let setting = settings.first(where: \.isSet) else { return }
    throw EndpointFailure(
      .invalidRequest, "fal's `\(family.root)` has no `\(setting.name)`",
      advice: """
        ask `--provider fal-openai` or `--provider openrouter`, or put it into `options` if the endpoint takes it \
        now
        """
    ).refusing(setting.name)
  }

  private func refuseStreamOption() throws(EndpointFailure) {
    guard let stream = options["stream"], stream != .bool(false), !stream.isNull else { return }
    throw EndpointFailure(
      .invalidRequest, "`stream` in `options` is not how fal is asked for an answer in pieces",
      advice: "take it away, and say `via: \"stream\"`"
    ).refusing("options")
  }

  /// fal: model-endpoints/queue. What a submit takes in its address, which nothing but the queue knows.
  func queueQuery() throws(EndpointFailure) -> [(name: String, value: String)] {
    var query: [(name: String, value: String)] = []
    if let webhook {
      guard WebAddress(strict: webhook) != nil else {
        throw EndpointFailure(
          .invalidRequest, "the webhook `\(Excerpt.of(webhook))` is not an http or https address",
          advice: "write it like `https://example.com/hook`"
        ).refusing("webhook")
      }
      query.append(("fal_webhook", webhook))
    }
    if let length = options["fal_max_queue_length"] {
      guard let count = length.number?.int, count > 0 else {
        throw EndpointFailure(
          .invalidRequest, "`fal_max_queue_length` in `options` is \(length.noun)",
          advice: "give it a whole number above 0"
        ).refusing("options")
      }
      query.append(("fal_max_queue_length", "\(count)"))
    }
    guard let name = query.first?.name, delivery != .queue else { return query }
    throw EndpointFailure(
      .invalidRequest, "\(name == "fal_webhook" ? "a webhook" : "`\(name)`") is for fal's queue alone",
      advice: "say `via: \"queue\"` beside it"
    ).refusing(name == "fal_webhook" ? "webhook" : "options")
  }
}

extension [HTTPHeader] {
  /// fal: model-apis, request headers. What fal refuses, or worse, does not understand and passes over.
  func checkForFal() throws(EndpointFailure) {
    for header in self {
      let expected: String? =
        switch header.name.lowercased() {
        case "x-fal-queue-priority": ["normal", "low"].contains(header.text) ? nil : "\"normal\" or \"low\""
        case "x-fal-request-timeout", "x-fal-request-start-timeout":
          (Double(header.text) ?? 0) > 0.1 ? nil : "a number of seconds above 0.1"
        case "x-fal-store-io": ["0", "1"].contains(header.text) ? nil : "\"0\" or \"1\""
        default: nil
        }
      guard let expected else { continue }
      throw EndpointFailure(
        .invalidRequest, "fal's header `\(header.name)` is \"\(Excerpt.of(header.text))\"",
        advice: "give it \(expected)"
      ).refusing("options")
    }
  }
}
