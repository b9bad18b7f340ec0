package import WeirEndpoint

/// The transport of the program: http and https by the machine's libcurl.
///
/// Making one starts its thread, which opens libcurl at once while the caller goes on. All requests
/// share that thread and its connections; no thread of the concurrency pool ever waits for the
/// network. Cancelling the task closes the request's connection. Proxies come from the environment
/// in libcurl's own way, except for this machine itself, which is never asked through a proxy. When
/// the transport is released its thread ends.
///
/// No cookies, no authentication but the headers given, and nothing is sent twice but after a
/// connection from the cache that was closed, where no answer had begun, and `isNeverRepeated` rules that out.
package final class CurlTransport: Transport {
  let mailbox = CurlMailbox()

  package struct Options: Sendable {
    /// `weir/1.0`.
    package var userAgent: String
    /// A file of certificates to trust instead of the machine's: what `SSL_CERT_FILE` names.
    package var certificates: String?

    package init(userAgent: String, certificates: String? = nil) {
      self.userAgent = userAgent
      self.certificates = certificates
    }
  }

  package init(_ options: Options) {
    CurlLoop.start(options, mailbox)
  }

  deinit { mailbox.close() }

  package var executor: (any TaskExecutor)? { mailbox }

  package func send(_ request: HTTPRequest) async throws(EndpointFailure) -> HTTPResponse {
    var way = Way(request)
    while true {
      let response = try await exchange(try way.request())
      guard try way.leadsOn(response) else { return response }
    }
  }

  package func open(_ request: HTTPRequest) async throws(EndpointFailure) -> HTTPStream {
    var way = Way(request)
    while true {
      let stream = try await begin(try way.request())
      let head = HTTPResponse(status: stream.status, headers: stream.headers)
      guard try way.leadsOn(head) else { return stream }
    }
  }

  private func exchange(_ request: HTTPRequest) async throws(EndpointFailure) -> HTTPResponse {
    let ticket = CurlTicket()
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        mailbox.submit(CurlSubmission(ticket: ticket, request: request, taker: .whole(continuation)))
      }
    } onCancel: {
      mailbox.cancel(ticket)
    }
    return try result.get()
  }

  private func begin(_ request: HTTPRequest) async throws(EndpointFailure) -> HTTPStream {
    guard !Task.isCancelled else { throw .cancelledRequest }
    let ticket = CurlTicket()
    let pipe = CurlPipe(ticket, of: self)
    mailbox.submit(CurlSubmission(ticket: ticket, request: request, taker: .pieces(pipe)))
    let head = try await pipe.head()
    return HTTPStream(status: head.status, headers: head.headers, from: pipe)
  }

  /// From redirect to redirect, all within the time of the first request.
  private struct Way {
    private var next: HTTPRequest
    private let end: ContinuousClock.Instant
    private var left = HTTPRequest.mostRedirects

    init(_ request: HTTPRequest) {
      next = request
      end = .now + request.timeouts.whole
    }

    func request() throws(EndpointFailure) -> HTTPRequest {
      try next.checkBeforeSending()
      return next
    }

    /// False where the answer is the answer.
    mutating func leadsOn(_ response: HTTPResponse) throws(EndpointFailure) -> Bool {
      guard let target = try next.redirected(by: response) else { return false }
      guard left > 0 else { throw next.tooManyRedirects() }
      left -= 1
      next = target
      next.timeouts.whole = end - .now
      return true
    }
  }
}
