import WeirEndpoint
import WeirStore
import WeirValues

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Invocation {
  /// A small catalogue of OpenRouter, as if it had been fetched just now or some days ago.
  func keepCatalogue(of address: String = "https://openrouter.ai/api/v1", daysAgo: Int = 0) throws {
    let time = Int(Date().timeIntervalSince1970) - daysAgo * 86_400
    try CatalogueShelf("\(folder.path)/.cache/weir/catalogue").keep(
      Catalogue(models: Self.models, time: time), of: address)
  }

  private static let models = [
    model("google/gemini-2.5-flash", sees: true, calls: true, price: 0.0000025, context: 1_048_576),
    model("openai/gpt-4o-mini", sees: true, calls: true, price: 0.0000006, context: 128_000),
    model("anthropic/claude-3.5-haiku", sees: true, calls: true, price: 0.000004, context: 200_000),
    model("mistralai/pixtral-12b", sees: true, calls: false, price: 0.0000001, context: 32_768),
    model("mistralai/mistral-nemo", sees: false, calls: true, price: 0.00000004, context: 32_768),
  ]

  private static func model(
    _ id: String, sees: Bool, calls: Bool, price: Double, context: Int
  ) -> CatalogueModel {
    var model = CatalogueModel(id: id)
    model.inputs = sees ? ["text", "image"] : ["text"]
    model.outputs = ["text"]
    model.parameters = ["structured_outputs", "max_tokens"] + (calls ? ["tools"] : [])
    model.contextLength = context
    model.maxCompletionTokens = context / 4
    model.prices.prompt = Number(price / 4)
    model.prices.completion = Number(price)
    return model
  }
}
