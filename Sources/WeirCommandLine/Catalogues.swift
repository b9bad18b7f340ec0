import WeirEndpoint
import WeirProviders
import WeirStore

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The catalogues of providers that are at hand, and where they are kept. It asks nobody.
struct Catalogues {
  private let shelf: CatalogueShelf
  private let environment: CommandEnvironment

  init(_ environment: CommandEnvironment) {
    shelf = CatalogueShelf("\(environment.cacheFolder)/catalogue")
    self.environment = environment
  }

  /// Seconds since 1970.
  static var now: Int { Int(Date().timeIntervalSince1970) }

  /// Whether there is any; a glance.
  var hasAny: Bool { shelf.exists }

  func catalogue(of address: String) -> Catalogue? { shelf.catalogue(of: address) }
  func keep(_ catalogue: Catalogue, of address: String) throws { try shelf.keep(catalogue, of: address) }

  /// What is known of the models of a provider. fal passes its requests on to OpenRouter, whose models it has.
  func models(of kind: ProviderKind, at url: String?) -> KnownModels? {
    switch kind {
    case .openrouter, .openai:
      return catalogue(of: url ?? kind.usualAddress).map { KnownModels($0, isOwn: kind == .openrouter) }
    case .fal, .falOpenAI:
      let address = environment.replacedAddress(of: .openrouter) ?? ProviderKind.openrouter.usualAddress
      return catalogue(of: address).map { KnownModels($0, isOwn: false, owner: "OpenRouter") }
    case .falAnyLLM:
      // Models that it has not are told by the endpoint, which knows it best.
      return kind.knownModels.map {
        KnownModels(Catalogue(models: $0, time: Self.now), isOwn: true, isWhole: false)
      }
    }
  }
}
