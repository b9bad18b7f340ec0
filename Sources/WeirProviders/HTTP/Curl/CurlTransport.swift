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
/// connection from the cache that had been closed meanwhile, where no answer had begun.
package final class CurlTransport: Transport {
  private let mailbox = CurlMailbox()

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
    var request = request
    let end = ContinuousClock.now + request.timeouts.whole
    for _ in 0...HTTPRequest.mostRedirects {
      try request.checkBeforeSending()
      let response = try await exchange(request)
      guard let next = try request.redirected(by: response) else { return response }
      request = next
      request.timeouts.whole = end - .now
    }
    throw request.tooManyRedirects()
  }

  private func exchange(_ request: HTTPRequest) async throws(EndpointFailure) -> HTTPResponse {
    let ticket = CurlTicket()
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        mailbox.submit(CurlSubmission(ticket: ticket, request: request, continuation: continuation))
      }
    } onCancel: {
      mailbox.cancel(ticket)
    }
    return try result.get()
  }
}
