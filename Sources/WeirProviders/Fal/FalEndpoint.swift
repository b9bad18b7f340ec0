package import WeirEndpoint
import WeirValues

/// The language models of fal, for text, pictures, a sound or films.
///
/// These endpoints take a prompt as one text and know few settings. What they cannot say fails
/// before anything is sent, with what to do instead; an answer's shape is asked for in words. The answer
/// comes on the connection on which it was asked for, whole or in pieces, or through fal's queue. Files that
/// are too large for a request are uploaded first, each once in the life of the endpoint.
package struct FalEndpoint: Endpoint {
  let family: FalFamily
  let sites: FalSites
  let key: Secret?
  /// What the key is called where it is set.
  let keyName: String
  let headers: [HTTPHeader]
  let transport: any Transport
  let timing: FalTiming
  let uploads: FalUploads

  /// `address` is that of fal itself; the endpoint's path comes after it.
  package init(
    _ family: FalFamily = .router, at address: WebAddress, key: Secret?, keyName: String = "FAL_KEY",
    headers: [HTTPHeader] = [], over transport: any Transport, timing: FalTiming = FalTiming()
  ) {
    self.family = family
    sites = FalSites(at: address)
    self.key = key
    self.keyName = keyName
    self.headers = headers
    self.transport = transport
    self.timing = timing
    uploads = FalUploads(sites, key: key, keyName: keyName, headers: headers, over: transport, timing)
  }

  package func answerForms(for request: EndpointRequest) -> [AnswerForm] { [.instructions] }

  package func objection(to request: EndpointRequest) -> EndpointFailure? {
    do {
      _ = try FalQuestion(request, to: family)
      return nil
    } catch {
      return error
    }
  }

  package func send(_ request: EndpointRequest) async throws(EndpointFailure) -> EndpointReply {
    let question: FalQuestion
    do {
      question = try FalQuestion(request, to: family)
    } catch {
      throw error.ofUnsent
    }
    let attachments = try await values(of: question.attachments, request)
    do {
      return try await send(question, attachments, request)
    } catch {
      throw family == .anyLLM ? error.explained(for: request) : error
    }
  }

  private func send(
    _ question: FalQuestion, _ attachments: [Value], _ request: EndpointRequest
  ) async throws(EndpointFailure) -> EndpointReply {
    let delivery = request.delivery(question.medium, family)
    let http = http(question, attachments, via: delivery, request)
    switch delivery {
    case .sync: return try decode(try await transport.send(http), now: timing.date())
    case .stream:
      if let reply = try await stream(http, request) { return reply }
      return try decode(
        try await transport.send(self.http(question, attachments, via: .sync, request)), now: timing.date())
    case .queue: return try await queue(http, request)
    }
  }

  /// An address is passed on, a small file goes along, and a large one is uploaded.
  private func values(
    of attachments: [FalAttachment], _ request: EndpointRequest
  ) async throws(EndpointFailure) -> [Value] {
    let lifecycle = try request.splitOptions().headers.filter(\.isOfLifecycle)
    var values: [Value] = []
    for attachment in attachments {
      switch attachment {
      case .address(let address): values.append(.string(address))
      case .file(let file) where file.bytes.count > request.uploadOver ?? FalFile.uploadOver:
        values.append(.string(try await uploads.address(of: file, for: request.step, lifecycle)))
      case .file(let file): values.append(file.inline)
      }
    }
    return values
  }
}

extension EndpointRequest {
  /// The queue for what takes long: a connection that is kept open for minutes is more likely to break.
  fileprivate static let longestOnOneConnection = Duration.seconds(300)

  func delivery(_ medium: FalFamily.Medium, _ family: FalFamily) -> Delivery {
    if let delivery { return delivery }
    if isWatched, family.streams(medium) { return .stream }
    return timeout > Self.longestOnOneConnection ? .queue : .sync
  }
}
