package import WeirEndpoint
package import WeirValues

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The catalogues of providers as they were fetched last, each as a file in a folder.
package struct CatalogueShelf: Sendable {
  private let folder: String

  package init(_ folder: String) { self.folder = folder }

  /// The catalogue of the provider at an address; nil where none was fetched, or the file cannot be read.
  package func catalogue(of address: String) -> Catalogue? {
    guard let data = try? Data(contentsOf: URL(filePath: path(of: address))),
      let value = try? Value(json: Array(data))
    else { return nil }
    return Catalogue(json: value)
  }

  /// Throws where it cannot be written; the folders above it are made. Who reads meanwhile reads the old one.
  package func keep(_ catalogue: Catalogue, of address: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let data = Data(catalogue.json(of: address).jsonBytes())
    try data.write(to: URL(filePath: path(of: address)), options: .atomic)
  }

  private func path(of address: String) -> String {
    "\(folder)/\(SHA256.hex(of: Data(address.utf8)).prefix(16)).json"
  }
}

extension Catalogue {
  private static let version = 1

  fileprivate init?(json: Value) {
    guard json["version"]?.number?.int == Self.version, let time = json["time"]?.number?.int,
      let models = json["models"]?.list
    else { return nil }
    self.init(models: models.compactMap(CatalogueModel.init(json:)), time: time)
  }

  fileprivate func json(of address: String) -> Value {
    .record([
      "version": .int(Self.version), "provider": .string(address), "time": .int(time),
      "models": .list(models.map(\.json)),
    ])
  }
}

extension CatalogueModel {
  fileprivate init?(json: Value) {
    guard let id = json["id"]?.string else { return nil }
    self.init(id: id)
    name = json["name"]?.string
    aliases = json["aliases"]?.texts ?? []
    contextLength = json["context_length"]?.number?.int
    maxCompletionTokens = json["max_completion_tokens"]?.number?.int
    inputs = json["inputs"]?.texts
    outputs = json["outputs"]?.texts
    parameters = json["parameters"]?.texts
    expiration = json["expiration"]?.string
    let prices = json["prices"]
    self.prices.prompt = prices?["prompt"]?.number
    self.prices.completion = prices?["completion"]?.number
    self.prices.request = prices?["request"]?.number
    self.prices.image = prices?["image"]?.number
  }

  /// What is not known is left out.
  package var json: Value {
    var record: Record = ["id": .string(id)]
    record["name"] = name.map { .string($0) }
    if !aliases.isEmpty { record["aliases"] = .list(aliases.map { .string($0) }) }
    record["context_length"] = contextLength.map { .int($0) }
    record["max_completion_tokens"] = maxCompletionTokens.map { .int($0) }
    record["inputs"] = inputs.map { .list($0.map { .string($0) }) }
    record["outputs"] = outputs.map { .list($0.map { .string($0) }) }
    record["parameters"] = parameters.map { .list($0.map { .string($0) }) }
    record["expiration"] = expiration.map { .string($0) }
    var prices = Record()
    prices["prompt"] = self.prices.prompt.map { .number($0) }
    prices["completion"] = self.prices.completion.map { .number($0) }
    prices["request"] = self.prices.request.map { .number($0) }
    prices["image"] = self.prices.image.map { .number($0) }
    if !prices.fields.isEmpty { record["prices"] = .record(prices) }
    return .record(record)
  }
}

extension Value {
  fileprivate var texts: [String]? { list?.compactMap(\.string) }
}
