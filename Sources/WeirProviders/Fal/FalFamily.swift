/// The families of fal's language models, each with endpoints for text and for what can stand beside it.
package enum FalFamily: Sendable, Hashable {
  /// `openrouter/router`: every model of OpenRouter, by its name there.
  case router
  /// `fal-ai/any-llm`: the older endpoints, with a list of models of their own and no word on tokens or
  /// cost.
  case anyLLM

  /// What an endpoint takes besides text.
  enum Medium: Sendable, Hashable {
    case text, pictures, sound, films
  }

  /// The endpoint for text: what the others begin with, and what the queue knows a request under.
  var root: String {
    switch self {
    case .router: "openrouter/router"
    case .anyLLM: "fal-ai/any-llm"
    }
  }

  /// The endpoint that takes a medium; nil where the family has none.
  func endpoint(for medium: Medium) -> String? {
    switch (self, medium) {
    case (_, .text): root
    case (_, .pictures): "\(root)/vision"
    case (.router, .sound): "\(root)/audio"
    case (.router, .films): "\(root)/video"
    case (.anyLLM, .sound), (.anyLLM, .films): nil
    }
  }

  /// Whether its answers come in pieces as well, as far as fal says.
  func streams(_ medium: Medium) -> Bool {
    switch medium {
    case .text, .pictures: true
    case .sound, .films: false
    }
  }
}
