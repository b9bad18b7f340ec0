import WeirEndpoint
import WeirValues

// fal: model-apis/fal-cdn. By token:
//
//     POST rest/storage/auth/token?storage_type=fal-cdn-v3  {}      → token, base_url, expires_at
//     POST base_url/files/upload  the bytes, by the token           → access_url
//
// By address:
//
//     POST rest/storage/upload/initiate?storage_type=gcs  file_name, content_type   → upload_url, file_url
//     PUT upload_url  the bytes, without a key

extension FalUploads {
  func uploadByToken(_ file: FalFile, _ lifecycle: [HTTPHeader]) async -> Result<String, EndpointFailure> {
    await result { () async throws(EndpointFailure) in
      let now = timing.date()
      let token = try await tokens.value(for: 0, isGood: { $0.isGood(at: now) }) { [self] in
        await result { () async throws(EndpointFailure) in try await fetchToken() }
      }
      let base = try token.address.map { text throws(EndpointFailure) in try target(text) } ?? sites.files
      var http = HTTPRequest(.post, base.appending("/files/upload"))
      let ours =
        [
          HTTPHeader("Content-Type", file.mediaType), HTTPHeader("Accept", "application/json"),
          HTTPHeader("Authorization", "\(token.type) ", secret: token.secret),
          HTTPHeader("X-Fal-File-Name", file.name.percentEncoded),
        ] + lifecycle
      // What the user sends to the one server that stands in for all is not for any other.
      http.headers = base.hasSameOrigin(as: sites.rest) ? headers.replaced(by: ours) : ours
      let response = try await send(file, http)
      // It may have been taken back before its end.
      if response.status == 401 || response.status == 403 { tokens.forget(0) { $0 == token } }
      return try address("access_url", in: response, of: base, hiding: token.secret)
    }
  }

  private func fetchToken() async throws(EndpointFailure) -> FalToken {
    let address = sites.rest.appending("/storage/auth/token").asking("storage_type", "fal-cdn-v3")
    let response = try await ask(address, .record([:]))
    guard let body = try? Value(json: response.body), let token = FalToken(json: body) else {
      // Not quoted: what is in it is a key of a kind.
      throw EndpointFailure(
        .badReply, "\(address.site) answered \(response.status) without a token for its storage")
    }
    return token
  }

  func uploadByAddress(_ file: FalFile) async -> Result<String, EndpointFailure> {
    await result { () async throws(EndpointFailure) in
      let address = sites.rest.appending("/storage/upload/initiate").asking("storage_type", "gcs")
      let response = try await ask(
        address, .record(["file_name": .string(file.name), "content_type": .string(file.mediaType)]))
      guard let body = try? Value(json: response.body), let place = body["upload_url"]?.string,
        let found = body["file_url"]?.string, WebAddress(strict: found) != nil
      else {
        throw EndpointFailure(
          .badReply, "\(address.site) answered \(response.status) without an address to upload to")
      }
      let http = HTTPRequest(
        .put, try target(place), headers: [HTTPHeader("Content-Type", file.mediaType)])
      let uploaded = try await send(file, http)
      guard (200..<300).contains(uploaded.status) else { throw failure(uploaded, http.address) }
      return found
    }
  }

  /// Asks fal itself, by the key.
  private func ask(_ address: WebAddress, _ body: Value) async throws(EndpointFailure) -> HTTPResponse {
    var http = HTTPRequest(
      .post, address, headers: HTTPHeader.json(key, prefix: "Key ", adding: headers),
      body: HTTPBody(json: body))
    http.timeouts.whole = timing.request
    let response = try await transport.send(http)
    guard (200..<300).contains(response.status) else { throw failure(response, address) }
    return response
  }

  private func send(_ file: FalFile, _ http: HTTPRequest) async throws(EndpointFailure) -> HTTPResponse {
    var http = http
    http.body = HTTPBody([.data(file.bytes)])
    http.timeouts.whole = timing.upload + timing.sending(file.bytes.count)
    return try await transport.send(http)
  }

  private func address(
    _ field: String, in response: HTTPResponse, of base: WebAddress, hiding token: Secret
  ) throws(EndpointFailure) -> String {
    let secrets = secrets + [token]
    guard (200..<300).contains(response.status) else { throw failure(response, base, hiding: secrets) }
    guard let text = (try? Value(json: response.body))?[field]?.string, WebAddress(strict: text) != nil else {
      throw .badReply(
        "without `\(field)`", response, from: words(base), hiding: secrets, advice: nil)
    }
    return text
  }

  /// Where a file is to go by the word of the storage. A file is as private as a prompt.
  private func target(_ text: String) throws(EndpointFailure) -> WebAddress {
    guard let address = WebAddress(strict: text), sites.mayHearFile(address) else {
      throw EndpointFailure(
        .badReply,
        "fal's storage wants the file at `\(Excerpt.of(text, hiding: secrets))`, which is not an https address"
      )
    }
    return address
  }

  private func failure(
    _ response: HTTPResponse, _ address: WebAddress, hiding secrets: [Secret]? = nil
  ) -> EndpointFailure {
    EndpointFailure(
      Complaint(response, now: timing.date()), from: words(address), hiding: secrets ?? self.secrets)
  }

  private func words(_ address: WebAddress) -> ServiceWords {
    ServiceWords(site: address.site, keyName: keyName, billing: "fal.ai/dashboard/billing")
  }

  private var secrets: [Secret] { [key].compactMap { $0 } + headers.compactMap(\.secret) }

  private func result<Success>(
    _ work: () async throws(EndpointFailure) -> Success
  ) async -> Result<Success, EndpointFailure> {
    do {
      return .success(try await work())
    } catch {
      return .failure(error)
    }
  }
}

extension HTTPHeader {
  /// fal: how long a file is kept that was uploaded or made for the request, and who may see it.
  var isOfLifecycle: Bool {
    ["x-fal-object-lifecycle", "x-fal-object-lifecycle-preference"].contains(name.lowercased())
  }
}
