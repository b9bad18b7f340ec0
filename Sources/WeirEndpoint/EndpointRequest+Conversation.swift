extension EndpointRequest {
  /// The turns and the prompt as one prompt, for endpoints that take no messages; pictures and other
  /// files keep their order. Without turns it is the prompt.
  ///
  /// ```
  /// User: What is 1 + 1?
  ///
  /// Assistant: 2
  ///
  /// User: And 2 + 2?
  ///
  /// Assistant:
  /// ```
  package var conversation: [PromptPart] {
    guard !turns.isEmpty else { return prompt }
    var parts: [PromptPart] = []
    for turn in turns {
      parts += [.text("User: ")] + turn.ask + [.text("\n\nAssistant: \(turn.answer)\n\n")]
    }
    return parts + [.text("User: ")] + prompt + [.text("\n\nAssistant:")]
  }
}
