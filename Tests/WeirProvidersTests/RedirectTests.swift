import Testing
import WeirEndpoint

@testable import WeirProviders

/// The rules of redirects, apart from any server.
struct RedirectTests {
  private func follow(
    _ status: Int, _ location: String?, from start: String = "https://a.b/v1",
    _ method: HTTPRequest.Method = .post
  ) throws -> HTTPRequest? {
    let request = HTTPRequest(
      method, try WebAddress(start),
      headers: [
        HTTPHeader("Content-Type", "application/json"), HTTPHeader("X-Mine", "1"),
        HTTPHeader("Authorization", "Key ", secret: Secret("k-123")),
      ], body: [1, 2, 3])
    let headers = location.map { [(name: "Location", value: $0)] } ?? []
    return try request.redirected(by: HTTPResponse(status: status, headers: headers))
  }

  @Test(arguments: [200, 204, 300, 303, 304, 400, 404, 500])
  func otherStatusesAreAnswers(status: Int) throws {
    #expect(try follow(status, "/x") == nil)
  }

  @Test func withoutALocationItIsAnAnswer() throws {
    #expect(try follow(307, nil) == nil)
  }

  @Test func seeOtherIsFollowedForAGet() throws {
    #expect(try follow(303, "/x", .get)?.address.text == "https://a.b/x")
  }

  @Test(arguments: ["https://a.b/x", "/x", "https://A.b:443/x"])
  func sameServerKeepsEverything(location: String) throws {
    let next = try #require(try follow(308, location))
    #expect(next.method == .post && next.body == [1, 2, 3] && next.headers.count == 3)
  }

  @Test(arguments: ["https://c.d/x", "https://a.b:8443/x", "//c.d/x", "https://a.b@c.d/"])
  func otherServersGetTheBodyAlone(location: String) throws {
    let next = try #require(try follow(307, location))
    #expect(next.body == [1, 2, 3] && next.headers.map(\.name) == ["Content-Type"])
  }

  @Test(arguments: ["http://a.b/x", "http://127.0.0.1/x"])
  func neverFromHTTPSToHTTP(location: String) {
    #expect(throws: EndpointFailure.self) { try follow(307, location) }
  }

  @Test(arguments: ["ftp://a.b/x", "http:///", "javascript:alert(1)"])
  func onlyToWebAddresses(location: String) {
    #expect(throws: EndpointFailure.self) { try follow(307, location) }
  }
}
