import WeirEndpoint

// Redirects are followed here and not by libcurl, which would be asked for each rule one by one:
//
// - 307 and 308, and for a POST 301 and 302 as well, repeat the request with its method and body.
//   RFC 9110 lets a client turn a POST into a GET after 301 and 302; a prompt endpoint that has
//   moved would then be asked nothing. 303, which asks for just that, is followed for a GET only.
// - At another scheme, host or port nothing is sent but the body and the headers that describe it:
//   no key, and no header of the user's.
// - From https the way never leads to http.

extension HTTPRequest {
  static let mostRedirects = 5

  /// The request that a redirect asks for; nil where the answer is the answer.
  func redirected(by response: HTTPResponse) throws(EndpointFailure) -> HTTPRequest? {
    switch response.status {
    case 301, 302, 307, 308: break
    case 303 where method == .get: break
    default: return nil
    }
    guard let location = response.header("location") else { return nil }
    guard let target = address.resolving(location) else {
      throw refusal(
        "leads to `\(Excerpt.of(location, hiding: secrets))`, which is not an http or https address")
    }
    guard target.isEncrypted || !address.isEncrypted else {
      throw refusal("leads from https to http at \(target.site)")
    }
    var request = self
    request.address = target
    if !target.hasSameOrigin(as: address) { request.headers.removeAll { !$0.describesBody } }
    return request
  }

  func tooManyRedirects() -> EndpointFailure {
    refusal("is one of more than \(Self.mostRedirects) in a row")
  }

  private func refusal(_ reason: String) -> EndpointFailure {
    EndpointFailure(.invalidRequest, "a redirect by \(address.site) \(reason)")
      .advising("check the `url` of the provider")
  }
}

extension HTTPHeader {
  fileprivate var describesBody: Bool {
    secret == nil && ["content-type", "accept"].contains(name.lowercased())
  }
}
