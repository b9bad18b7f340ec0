import Synchronization
import Testing
import WeirEndpoint
import WeirProviders
import WeirValues

/// Chat completions in pieces, from the question to the reply, where files do not tell it.
struct ChatStreamTests {
  private let whole = #"{"choices":[{"message":{"content":"Hi","reasoning":"So."},"finish_reason":"stop"}]}"#
  private let pieces =
    #"data: {"choices":[{"delta":{"content":"Hi"},"finish_reason":"stop"}]}"# + "\n\ndata: [DONE]\n\n"

  private func request(_ change: (inout EndpointRequest) -> Void = { _ in }) -> EndpointRequest {
    var request = EndpointRequest(step: "s", model: "m", prompt: [.text("Hello")])
    change(&request)
    return request
  }

  private func endpoint(_ transport: any Transport) throws -> any Endpoint {
    try ProviderKind.openai.endpoint(at: "http://localhost:1/v1", key: nil, over: transport)
  }

  private func isStreamed(_ request: EndpointRequest) async throws -> Bool {
    let transport = PieceTransport([Array(pieces.utf8)])
    _ = try? await endpoint(transport).send(request)
    return try Value(json: #require(transport.requests.first).body.bytes)["stream"] == .bool(true)
  }

  // MARK: How the answer comes

  @Test func streamsWhereSomebodyWatchesOrItIsSaid() async throws {
    #expect(try await !isStreamed(request()))
    #expect(try await isStreamed(request { $0.isWatched = true }))
    #expect(try await isStreamed(request { $0.delivery = .stream }))
    #expect(try await !isStreamed(request { ($0.isWatched, $0.delivery) = (true, .sync) }))
  }

  @Test func ofSeveralAnswersTheFirstIsRead() async throws {
    let pieces = """
      data: {"choices":[{"index":1,"delta":{"content":"B"}}]}

      data: {"choices":[{"index":0,"delta":{"content":"A"}},{"index":1,"delta":{"content":"b"}}]}

      data: {"choices":[{"index":1,"delta":{},"finish_reason":"stop"}]}

      data: {"choices":[{"index":0,"delta":{"content":"a"},"finish_reason":"stop"}]}

      data: [DONE]


      """
    let transport = PieceTransport([Array(pieces.utf8)])
    #expect(try await endpoint(transport).send(request { $0.delivery = .stream }).text == "Aa")
  }

  @Test func aChoiceOfToolsIsForTheFirstRoundOnly() async throws {
    func choice(_ change: (inout EndpointRequest) -> Void) async throws -> Value? {
      let transport = FakeTransport(body: whole)
      _ = try await endpoint(transport).send(
        request {
          $0.tools = [
            ToolOffer(
              name: "f", about: "", parameters: AnswerSchema(name: "f", schema: .record([:]), isStrict: false)
            )
          ]
          $0.options = ["tool_choice": .string("required")]
          change(&$0)
        })
      return try Value(json: #require(transport.requests.first).body.bytes)["tool_choice"]
    }
    let round = ToolRound(calls: [ToolCall(id: "1", name: "f", arguments: "{}")], results: ["x"])
    #expect(try await choice { _ in } == .string("required"))
    #expect(try await choice { $0.rounds = [round] } == nil)
    #expect(
      try await choice {
        $0.rounds = [round]
        $0.toolChoice = .none
      } == .string("none"))
  }

  @Test func tooManyForOneModelAreNotTooManyForAll() async throws {
    func failure(_ body: String, _ headers: [(String, String)] = []) async throws -> EndpointFailure? {
      let transport = FakeTransport { _ in
        HTTPResponse(status: 429, headers: headers.map { (name: $0.0, value: $0.1) }, body: Array(body.utf8))
      }
      let endpoint = try ProviderKind.openrouter.endpoint(key: Secret("k"), over: transport)
      return await #expect(throws: EndpointFailure.self) { try await endpoint.send(request()) }
    }
    let upstream = #"{"error":{"code":429,"message":"Busy","metadata":{"provider_name":"Google"}}}"#
    let free = #"{"error":{"code":429,"message":"Rate limit exceeded: free-models-per-day"}}"#
    let plain = #"{"error":{"code":429,"message":"Rate limit exceeded"}}"#
    #expect(try await failure(upstream)?.isAboutModel == true)
    #expect(try await failure(free, [("X-RateLimit-Limit", "50")])?.isAboutModel == true)
    #expect(try await failure(plain)?.isAboutModel == false)
    #expect(try await failure(upstream, [("X-RateLimit-Limit", "20")])?.isAboutModel == false)
  }

  @Test func withAKeyOfOnesOwnBothPartsOfTheCostCount() async throws {
    func cost(_ usage: String) async throws -> Number? {
      let body =
        #"{"choices":[{"message":{"content":"Hi"},"finish_reason":"stop"}],"usage":\#(usage)}"#
      return try await endpoint(FakeTransport(body: body)).send(request()).usage.cost
    }
    let details = #""cost_details":{"upstream_inference_cost":0.02}"#
    #expect(try await cost(#"{"cost":0.001,"is_byok":true,\#(details)}"#) == Number(0.021))
    #expect(try await cost(#"{"cost":0.001,"is_byok":true}"#) == nil)
    #expect(try await cost(#"{"cost":0.001,"is_byok":false,\#(details)}"#) == Number(0.001))
  }

  @Test func theQueueIsAnObjection() throws {
    let endpoint = try endpoint(FakeTransport(body: ""))
    #expect(endpoint.objection(to: request { $0.delivery = .queue })?.message == "localhost:1 has no queue")
    #expect(endpoint.objection(to: request { $0.delivery = .stream }) == nil)
  }

  @Test(arguments: ["application/json", "text/plain"])
  func plainJSONIsReadAsItIs(contentType: String) async throws {
    let hearing = Hearing()
    let transport = PieceTransport([Array(whole.utf8)], contentType: contentType)
    let reply = try await endpoint(transport).send(
      request {
        $0.isWatched = true
        $0.observe = { hearing.hear($0) }
      })
    #expect(reply.text == "Hi" && reply.reasoning == "So.")
    #expect(hearing.all == [.reasoning("So."), .text("Hi")])
  }

  @Test func eventsThatAreNotCalledSoAreRead() async throws {
    let transport = PieceTransport([Array(pieces.utf8)], contentType: "text/plain")
    #expect(try await endpoint(transport).send(request { $0.delivery = .stream }).text == "Hi")
  }

  // MARK: What is refused and asked otherwise

  /// What is asked, and refused with 400 as long as `refuses` says so.
  private func asked(
    _ refuses: @escaping @Sendable (Value) -> String?, _ requests: [EndpointRequest],
    of kind: ProviderKind = .openai
  ) async throws -> (bodies: [Value], attempts: [Int], failure: EndpointFailure?) {
    let answer = whole
    let transport = FakeTransport { request in
      let body = (try? Value(json: request.body.bytes)) ?? .null
      guard let reason = refuses(body) else { return HTTPResponse(status: 200, body: Array(answer.utf8)) }
      let error = Value.record(["error": .record(["message": .string(reason)])])
      return HTTPResponse(status: 400, body: error.jsonBytes())
    }
    let endpoint = try kind.endpoint(at: "http://localhost:1/v1", key: nil, over: transport)
    var attempts: [Int] = []
    var failure: EndpointFailure?
    for request in requests {
      do {
        attempts.append(try await endpoint.send(request).attempts)
      } catch {
        attempts.append(error.attempts)
        failure = error
      }
    }
    return (try transport.requests.map { try Value(json: $0.body.bytes) }, attempts, failure)
  }

  @Test func streamOptionsAreLeftOutWhereTheyAreRefused() async throws {
    let streamed = request { $0.delivery = .stream }
    let (bodies, attempts, _) = try await asked(
      { $0["stream_options"] == nil ? nil : "Unrecognized request argument supplied: stream_options" },
      [streamed, streamed])
    #expect(bodies.map { $0["stream_options"] != nil } == [true, false, false])
    #expect(attempts == [2, 1])
  }

  @Test func theOtherWordForMaxTokensIsTriedWhereOneIsRefused() async throws {
    let limited = request { $0.maxTokens = 5 }
    let reason =
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."
    let (bodies, attempts, _) = try await asked(
      { $0["max_tokens"] == nil ? nil : reason }, [limited, limited, request { $0.maxTokens = 6 }])
    #expect(bodies.map { $0["max_completion_tokens"] } == [nil, .int(5), .int(5), .int(6)])
    #expect(attempts == [2, 1, 1])
  }

  @Test func aModelOfTheSameServerIsAskedAnew() async throws {
    let limited = request { $0.maxTokens = 5 }
    let other = request { ($0.maxTokens, $0.model) = (5, "other") }
    let (bodies, _, _) = try await asked(
      {
        $0["model"] == .string("m") && $0["max_tokens"] != nil ? "unknown parameter: max_tokens" : nil
      }, [limited, other])
    #expect(bodies.map { $0["max_tokens"] != nil } == [true, false, true])
  }

  @Test func strictToolsAreOfferedWithoutTheWordWhereItIsRefused() async throws {
    let tool = ToolOffer(
      name: "f", about: "",
      parameters: AnswerSchema(name: "f", schema: .record(["type": .string("object")]), isStrict: true))
    let (bodies, _, _) = try await asked(
      {
        $0["tools"]?.json().contains("strict") == true
          ? "tools.0.function.strict: Extra inputs are not permitted" : nil
      },
      [request { $0.tools = [tool] }])
    #expect(bodies.count == 2)
  }

  @Test func theReasoningOfRoundsIsLeftOutWhereItIsRefused() async throws {
    var round = ToolRound(calls: [ToolCall(id: "1", name: "f", arguments: "{}")], results: ["ok"])
    round.reasoningDetails = .list([.record(["type": .string("reasoning.text")])])
    let rounds = [round]
    let (bodies, _, _) = try await asked(
      {
        $0.json().contains("reasoning_details")
          ? "'messages.1' : property 'reasoning_details' is unsupported" : nil
      },
      [request { $0.rounds = rounds }])
    #expect(bodies.count == 2)
  }

  @Test func whatIsRefusedForEverIsRefusedOnceMore() async throws {
    let (bodies, attempts, failure) = try await asked(
      { _ in "unknown parameter: max_tokens" }, [request { $0.maxTokens = 5 }])
    #expect(bodies.count == 2 && attempts == [2])
    #expect(failure?.message == "localhost:1 answered 400: unknown parameter: max_tokens")
  }

  @Test func whatTheAuthorAskedForIsNotLeftOut() async throws {
    let (bodies, _, failure) = try await asked(
      { _ in "Unsupported parameter: 'temperature' is not supported with this model." },
      [request { $0.temperature = Number(0.5) }])
    #expect(bodies.count == 1 && failure?.kind == .invalidRequest)
  }

  @Test func addressesOfPicturesThatAreRefusedSaySo() async throws {
    let picture = Picture.address("https://example.com/a.png")
    let (_, _, failure) = try await asked(
      { _ in "invalid image input" }, [request { $0.prompt = [.text("Look"), .picture(picture)] }])
    #expect(
      failure?.advice
        == "if the server takes no addresses of pictures, save the picture and name the file instead")
  }
}
