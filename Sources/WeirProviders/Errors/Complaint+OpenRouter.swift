import WeirEndpoint
import WeirValues

// OpenRouter: api_reference/errors-and-debugging. All of it is optional.

extension Complaint {
  /// What the provider behind it said, or what its own checks found.
  mutating func readMetadata(_ metadata: Value) {
    addWord(metadata["error_type"]?.string)
    addWord(metadata["provider_code"]?.string)
    provider = metadata["provider_name"]?.string ?? provider
    if let raw = metadata["raw"], let words = Self.words(of: raw), words != message {
      message = message.isEmpty || message == "Provider returned error" ? words : "\(message): \(words)"
    }
    readModeration(metadata)
    readPatterns(metadata["patterns"]?.list ?? [])
    readPreviousErrors(metadata["previous_errors"]?.list ?? [])
  }

  /// `(violence; flagged: "…")`
  private mutating func readModeration(_ metadata: Value) {
    guard let reasons = metadata["reasons"]?.list?.compactMap(\.string), !reasons.isEmpty else { return }
    let flagged = metadata["flagged_input"]?.string.map { "; flagged: \"\($0)\"" } ?? ""
    message += " (\(reasons.joined(separator: ", "))\(flagged))"
    // Says more than the permission that is denied by it.
    words.insert("moderation", at: 0)
  }

  /// Of a guardrail that the account has set up.
  private mutating func readPatterns(_ patterns: [Value]) {
    let names = patterns.compactMap { $0.string ?? $0["name"]?.string ?? $0["label"]?.string }
    guard !patterns.isEmpty else { return }
    if !names.isEmpty { message += " (\(names.joined(separator: ", ")))" }
    words.insert("guardrail", at: 0)
  }

  /// What other providers said before: `; before that Google answered 429, Azure 503`
  private mutating func readPreviousErrors(_ errors: [Value]) {
    let told = errors.prefix(3).compactMap { error -> String? in
      guard let name = error["provider"]?.string ?? error["provider_name"]?.string else { return nil }
      let code = error["status"]?.number ?? error["code"]?.number
      return "\(name)\(code.map { " \($0)" } ?? "")"
    }
    if !told.isEmpty { message += "; before that \(told.joined(separator: ", "))" }
  }

  /// Why no provider can serve the model.
  mutating func readAvailability(_ value: Value) {
    guard value.record != nil else { return }
    var availability = Availability(code: value["code"]?.string)
    addWord(availability.code)
    availability.constraint = value["constraint"]?["field"]?.string
    if let detail = value["constraint"]?["detail"]?.string { message += " (\(detail))" }
    availability.fallbackModels = value["fallback_models"]?.list?.compactMap(\.string) ?? []
    self.availability = availability
    mayRetry = value["retryable"]?.bool ?? mayRetry
    if let seconds = value["retry_after"]?.number?.double, seconds > 0, seconds < 1e9 {
      retryAfter = retryAfter ?? .milliseconds(Int(seconds * 1000))
    }
  }

  /// A provider's answer inside OpenRouter's: an object, text, or an object written as text.
  private static func words(of raw: Value, depth: Int = 0) -> String? {
    guard depth < 4 else { return nil }
    if let text = raw.string {
      guard text.utf8.first == UInt8(ascii: "{"), let inner = try? Value(json: text) else {
        return text.isEmpty ? nil : text
      }
      return words(of: inner, depth: depth + 1) ?? text
    }
    for name in ["message", "error", "detail"] {
      if let inner = raw[name], let text = words(of: inner, depth: depth + 1) { return text }
    }
    return nil
  }
}
