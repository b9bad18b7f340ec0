package import WeirValues

/// What a provider says of its models.
package struct Catalogue: Sendable, Hashable {
  package let models: [CatalogueModel]
  /// When it was fetched, in seconds since 1970.
  package let time: Int

  package init(models: [CatalogueModel], time: Int) {
    self.models = models
    self.time = time
  }
}

/// A model as a catalogue has it. What the catalogue does not say is nil.
package struct CatalogueModel: Sendable, Hashable {
  /// By which it is asked: `google/gemini-2.5-flash`.
  package let id: String
  package var name: String?
  /// Other ids that mean the same.
  package var aliases: [String] = []
  /// In tokens, prompt and answer together.
  package var contextLength: Int?
  /// In tokens.
  package var maxCompletionTokens: Int?
  /// `text`, `image`, `file`, `audio`, `video`.
  package var inputs: [String]?
  package var outputs: [String]?
  /// The parameters that some provider of the model takes, in OpenRouter's words: `tools`, `structured_outputs`.
  package var parameters: [String]?
  package var prices = Prices()
  /// The day from which on it is gone, as `2027-01-31`.
  package var expiration: String?

  package init(id: String) { self.id = id }

  /// US dollars for each token, request or picture.
  package struct Prices: Sendable, Hashable {
    package var prompt: Number?
    package var completion: Number?
    package var request: Number?
    package var image: Number?

    package init() {}
  }
}

/// A provider that has a catalogue.
package protocol CatalogueSource: Sendable {
  func models() async throws(EndpointFailure) -> [CatalogueModel]
}

/// What a provider says of the account behind a key.
package struct AccountStatus: Sendable, Hashable {
  package var label: String?
  /// US dollars; nil where there is no limit, or it is not said.
  package var limit: Number?
  package var limitRemaining: Number?
  /// When the limit begins anew: `monthly`.
  package var limitReset: String?
  package var usage: Number?
  package var usageDaily: Number?
  package var usageWeekly: Number?
  package var usageMonthly: Number?
  package var isFreeTier: Bool?
  package var expires: String?
  /// US dollars of the whole account, where the key may see them.
  package var totalCredits: Number?
  package var totalUsage: Number?

  package init() {}
}

/// A provider that tells of the account behind its key.
package protocol AccountSource: Sendable {
  func account() async throws(EndpointFailure) -> AccountStatus
}

/// What a provider has written down of an answer.
package struct GenerationRecord: Sendable, Hashable {
  package let id: String
  package var model: String?
  package var provider: String?
  /// US dollars.
  package var cost: Number?
  package var promptTokens: Int?
  package var completionTokens: Int?

  package init(id: String) { self.id = id }
}

/// A provider that tells what it has written down of an answer.
package protocol GenerationSource: Sendable {
  /// Nil where it is not there, or not yet.
  func generation(_ id: String) async throws(EndpointFailure) -> GenerationRecord?
}
