// The one place where it is decided that a server does not know a field. They say it, with a status for a
// wrong request and now and then with the field in `param`:
//
//     Unsupported parameter: 'max_tokens' is not supported with this model. Use
//         'max_completion_tokens' instead.                                                         OpenAI
//     Unrecognized request argument supplied: stream_options                           OpenAI, Azure, older
//     'messages.1' : property 'reasoning_details' is unsupported                                     Groq
//     {"detail": [{"type": "extra_forbidden", "loc": ["body", "stream_options"], …}]}       Mistral, FastAPI
//     unknown field `stream_options`, expected one of …                                       servers in Rust
//     tools.0.function.strict: Extra inputs are not permitted                                      vLLM

extension Complaint {
  /// The field among those that Weir sends of itself that is not taken; nil for every other complaint.
  var refusedField: String? {
    switch status {
    case 400, 422: break
    default: return nil
    }
    let named = fields.compactMap { $0.split(separator: ".").last.map(String.init) }
    if let field = named.first(where: Self.known.contains), saysUnknown { return field }
    guard saysUnknown else { return nil }
    // The one that is named first is the one that is refused; the other is to be used instead.
    let text = message.lowercased()
    return Self.known.compactMap { field in text.firstRange(of: field).map { (field, $0.lowerBound) } }
      .min { $0.1 < $1.1 }?.0
  }

  private static let known = [
    "stream_options", "max_tokens", "max_completion_tokens", "strict", "reasoning_details",
    "reasoning_content",
  ]

  /// Whether it is about something that the server does not know at all.
  var saysUnknown: Bool {
    let text = ([message] + words).joined(separator: "\n").lowercased()
    return [
      "unsupported", "not supported", "unrecognized", "unknown", "not permitted", "extra_forbidden",
      "unexpected",
      "not allowed", "no such", "does not support",
    ].contains(where: text.contains)
  }
}
