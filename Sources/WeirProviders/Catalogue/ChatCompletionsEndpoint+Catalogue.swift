package import WeirEndpoint
import WeirValues

// OpenRouter: api-reference/models, api-keys, credits, generations; OpenAI: api-reference/models. Each is one
// GET and a pure reading of what comes.

extension ChatCompletionsEndpoint: CatalogueSource {
  package func models() async throws(EndpointFailure) -> [CatalogueModel] {
    guard service.family != .falOpenRouter else { throw unknown("has no list of models") }
    var models: [CatalogueModel] = []
    for _ in 0..<Self.mostPages {
      let response = try await transport.send(catalogueRequest(after: models.count))
      guard response.status == 200 else { throw words.failure(Complaint(response, now: RetryAfter.now)) }
      let page = try readCatalogue(response)
      models += page.models
      guard service.isOpenRouter, !page.models.isEmpty, models.count < page.total ?? 0 else { break }
    }
    return models
  }

  /// More than OpenRouter will ever have; a server that never ends its list is left.
  private static var mostPages: Int { 50 }

  /// OpenRouter lists only models that write unless it is asked for all, and may list them page by page.
  func catalogueRequest(after count: Int = 0) -> HTTPRequest {
    guard service.isOpenRouter else { return look("/models") }
    return look("/models", count == 0 ? "output_modalities=all" : "output_modalities=all&offset=\(count)")
  }

  /// A page of the list, and how many models there are in all, where it says so.
  func readCatalogue(
    _ response: HTTPResponse
  ) throws(EndpointFailure) -> (models: [CatalogueModel], total: Int?) {
    let body = try record(response)
    // Some answer with the bare list.
    guard let entries = body["data"]?.list ?? body["models"]?.list ?? body.list else {
      throw words.bad("without a list of models", response)
    }
    return (entries.compactMap(CatalogueModel.init(lenient:)), body["total_count"]?.number?.int)
  }
}

extension ChatCompletionsEndpoint: AccountSource {
  /// The credits of the account too, where the key may see them.
  package func account() async throws(EndpointFailure) -> AccountStatus {
    guard service.isOpenRouter else { throw unknown("tells nothing of accounts") }
    let response = try await transport.send(look("/key"))
    guard response.status == 200 else { throw words.failure(Complaint(response, now: RetryAfter.now)) }
    var account = try readAccount(response)
    // Most keys may not see them, and without them the rest is as good.
    if let credits = try? await transport.send(look("/credits")), credits.status == 200 {
      account.addCredits((try? record(credits))?["data"])
    }
    return account
  }

  func readAccount(_ response: HTTPResponse) throws(EndpointFailure) -> AccountStatus {
    guard let data = try record(response)["data"], data.record != nil else {
      throw words.bad("without `data`", response)
    }
    return AccountStatus(lenient: data)
  }
}

extension ChatCompletionsEndpoint: GenerationSource {
  /// What an answer cost is written down a moment after it was given.
  package func generation(_ id: String) async throws(EndpointFailure) -> GenerationRecord? {
    guard service.isOpenRouter else { throw unknown("keeps no record of answers") }
    let response = try await transport.send(look("/generation", "id=\(id.inQuery)"))
    return try readGeneration(response, id)
  }

  func readGeneration(_ response: HTTPResponse, _ id: String) throws(EndpointFailure) -> GenerationRecord? {
    if response.status == 404 { return nil }
    guard response.status == 200 else { throw words.failure(Complaint(response, now: RetryAfter.now)) }
    guard let data = try record(response)["data"], data.record != nil else {
      throw words.bad("without `data`", response)
    }
    return GenerationRecord(lenient: data, id: id)
  }
}

extension ChatCompletionsEndpoint {
  private func look(_ path: String, _ query: String? = nil) -> HTTPRequest {
    let address = service.address.appending(path)
    var request = HTTPRequest(
      .get, query.map { address.asking($0) } ?? address,
      headers: HTTPHeader.json(key, prefix: service.keyPrefix, adding: headers)
        .filter { $0.name.lowercased() != "content-type" })
    request.timeouts.whole = .seconds(30)
    return request
  }

  private func record(_ response: HTTPResponse) throws(EndpointFailure) -> Value {
    guard let body = try? Value(json: response.body), body.record != nil || body.list != nil else {
      throw words.bad("with what is not a JSON object", response)
    }
    try words.throwIfError(body, provider: nil)
    return body
  }

  private func unknown(_ what: String) -> EndpointFailure {
    EndpointFailure(.invalidRequest, "\(service.address.site) \(what)")
  }
}

extension String {
  /// Fit for a query (RFC 3986): letters, digits and `-._~` as they are, all else by its bytes.
  fileprivate var inQuery: String {
    utf8.map { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        String(UnicodeScalar(byte))
      default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }.joined()
  }
}
