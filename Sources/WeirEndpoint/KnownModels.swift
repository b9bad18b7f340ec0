import WeirDiagnostics
import WeirValues

/// The models of a catalogue, to be looked up by what flows call them.
package struct KnownModels: Sendable {
  package let catalogue: Catalogue
  /// Whether it is the catalogue of the provider itself, and not only of whom it passes requests on to.
  package let isOwn: Bool
  /// Whose the catalogue is, where the provider only passes requests on to it: `OpenRouter`.
  package let owner: String?
  /// Whether what is not in it is unknown, and not only not looked at here.
  private let isWhole: Bool
  private let places: [String: Int]

  package init(_ catalogue: Catalogue, isOwn: Bool, owner: String? = nil, isWhole: Bool = true) {
    self.catalogue = catalogue
    self.isOwn = isOwn
    self.owner = owner
    self.isWhole = isWhole
    var places: [String: Int] = [:]
    for (place, model) in catalogue.models.enumerated() {
      for id in [model.id] + model.aliases where places[id] == nil { places[id] = place }
    }
    self.places = places
  }

  package enum Answer: Sendable {
    case known(CatalogueModel)
    /// With the name that was most likely meant.
    case unknown(nearest: String?)
    /// It is no model but says how one is to be chosen; nothing can be said of it.
    case chosenLater
  }

  /// OpenRouter: guides/routing/model-variants, routers, presets. A variant such as `:nitro` is a way to route, and
  /// not in the catalogue; one such as `:free` is.
  package func model(_ id: String) -> Answer {
    if let place = places[id] { return .known(catalogue.models[place]) }
    if id.hasPrefix("openrouter/") || id.hasPrefix("~") || id.contains("@preset/") { return .chosenLater }
    if let colon = id.utf8.lastIndex(of: UInt8(ascii: ":")), let place = places[String(id[..<colon])] {
      return .known(catalogue.models[place])
    }
    if !isWhole { return .chosenLater }
    return .unknown(nearest: catalogue.models.map(\.id).nearest(to: id))
  }

  /// Up to three models that can do what is needed, those of the same maker first, then the cheapest.
  package func models(like id: String, where canDo: (CatalogueModel) -> Bool) -> [CatalogueModel] {
    let maker = id.prefix { $0 != "/" }
    let able = catalogue.models.filter { $0.id != id && canDo($0) }.map { model in
      (model, isKin: model.id.hasPrefix("\(maker)/"), price: model.prices.completion?.double ?? .infinity)
    }
    return able.sorted { ($0.isKin ? 0 : 1, $0.price, $0.0.id) < ($1.isKin ? 0 : 1, $1.price, $1.0.id) }
      .prefix(3).map(\.0)
  }
}
