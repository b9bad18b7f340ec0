package import WeirEndpoint
import WeirValues

extension FalEndpoint {
  /// The request as it is sent where no file needs to be uploaded. Throws where there is no word for what is
  /// asked.
  package func encode(_ request: EndpointRequest) throws(EndpointFailure) -> HTTPRequest {
    let question = try FalQuestion(request, to: family)
    let attachments: [Value] = question.attachments.map { attachment in
      switch attachment {
      case .address(let address): .string(address)
      case .file(let file): file.inline
      }
    }
    return http(question, attachments, via: request.delivery(question.medium, family), request)
  }

  func http(
    _ question: FalQuestion, _ attachments: [Value], via delivery: EndpointRequest.Delivery,
    _ request: EndpointRequest
  ) -> HTTPRequest {
    var http = HTTPRequest(
      .post, address(of: question, via: delivery), headers: headers(question, via: delivery),
      body: HTTPBody(json: question.body(with: attachments)))
    switch delivery {
    case .sync: http.timeouts.whole = request.timeout
    case .stream:
      http.timeouts.whole = request.timeout
      // Every event says again all that was said before; how long one may be, the reader of events knows.
      http.greatestAnswer = .max
    case .queue:
      http.isNeverRepeated = true
      http.timeouts.whole = min(request.timeout, timing.request + timing.sending(http.body.count))
    }
    return http
  }

  private func address(of question: FalQuestion, via delivery: EndpointRequest.Delivery) -> WebAddress {
    let path = "/" + question.endpoint
    return switch delivery {
    case .sync: sites.run.appending(path)
    case .stream: sites.run.appending(path + "/stream")
    case .queue:
      question.query.reduce(sites.queue.appending(path)) { address, pair in
        address.asking(pair.name, pair.value)
      }
    }
  }

  private func headers(_ question: FalQuestion, via delivery: EndpointRequest.Delivery) -> [HTTPHeader] {
    var headers = HTTPHeader.json(key, prefix: "Key ", adding: headers)
    if delivery == .stream {
      headers = headers.replaced(by: [HTTPHeader("Accept", "text/event-stream")])
    }
    return headers.replaced(by: question.headers)
  }
}
