import WeirEndpoint

extension HTTPRequest {
  /// Refuses what must not go out: a key in plain text to another machine, a header of two lines.
  func checkBeforeSending() throws(EndpointFailure) {
    let carriesKey = address.hasPassword || headers.contains { $0.secret != nil }
    guard !carriesKey || address.isEncrypted || address.isLoopback else {
      throw EndpointFailure(
        .invalidRequest,
        "the key was not sent to \(address.site): plain http would show it to everyone on the way",
        advice: "use https, or a tunnel that ends on localhost")
    }
    for header in headers where !header.isWellFormed {
      throw EndpointFailure(
        .invalidRequest,
        "the header `\(Excerpt.of(header.name, hiding: secrets))` holds a line break or another sign that no header may hold",
        advice: header.secret == nil ? nil : "check the key for a line break at its end")
    }
  }
}
