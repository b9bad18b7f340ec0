package import WeirEndpoint

/// The language models of fal: `openrouter/router`, or `openrouter/router/vision` with a picture.
///
/// These endpoints take a prompt as one text and know few settings. What they cannot say fails
/// before anything is sent, with what to do instead; an answer's shape is asked for in words.
package struct FalEndpoint: Dialect {
  let address: WebAddress
  let key: Secret?
  /// What the key is called where it is set.
  let keyName: String
  let headers: [HTTPHeader]
  package let transport: any Transport

  /// `address` is that of fal itself; the endpoint's path comes after it.
  package init(
    at address: WebAddress, key: Secret?, keyName: String = "FAL_KEY", headers: [HTTPHeader] = [],
    over transport: any Transport
  ) {
    self.address = address
    self.key = key
    self.keyName = keyName
    self.headers = headers
    self.transport = transport
  }
}
