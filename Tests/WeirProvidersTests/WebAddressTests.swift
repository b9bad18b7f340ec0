import Testing
import WeirEndpoint

@testable import WeirProviders

struct WebAddressTests {
  @Test(arguments: [
    ("https://fal.run", "fal.run", "/"), ("HTTP://EXAMPLE.com:8080/v1?x=1", "example.com:8080", "/v1?x=1"),
    ("http://[::1]:80/v1/", "[::1]", "/v1/"), ("https://me:pw@host:444/", "host:444", "/"),
  ])
  func readsAddresses(text: String, site: String, path: String) throws {
    let address = try WebAddress(text)
    #expect(address.site == site)
    #expect(address.path == path)
  }

  @Test(arguments: [
    "", "example.com", "ftp://example.com", "file:///etc/passwd", "http://", "https:///v1",
    "http://ex ample/",
    "http://localhost\\@evil.com/", "http://exämple.de/", "http://host:0/", "http://host:70000/",
    "http://a\nb/",
  ])
  func refusesWhatIsNoWebAddress(text: String) {
    #expect(throws: EndpointFailure.self) { try WebAddress(text) }
  }

  @Test func refusalHidesThePassword() {
    let failure = #expect(throws: EndpointFailure.self) { try WebAddress("ftp://me:pw@host/") }
    #expect(failure?.message == "`ftp://<key>@host/` is not an http or https address")
  }

  @Test(arguments: [
    ("http://localhost", true), ("http://LOCALHOST:1", true), ("http://127.0.0.1", true),
    ("http://127.255.1.2", true), ("http://[::1]", true), ("http://127.evil.com", false),
    ("http://127.0.0.1.nip.io", false), ("http://localhost.evil.com", false), ("http://10.0.0.1", false),
    ("http://0.0.0.0", false), ("http://127.1", false), ("http://127.0.0.256", false),
    ("http://[::2]", false),
  ])
  func knowsThisMachine(text: String, expected: Bool) throws {
    #expect(try WebAddress(text).isLoopback == expected)
  }

  @Test(arguments: [
    ("https://a.b", "https://a.b/chat"), ("https://a.b/", "https://a.b/chat"),
    ("https://a.b/v1//", "https://a.b/v1/chat"), ("https://a.b/v1?key=1", "https://a.b/v1/chat?key=1"),
  ])
  func appendsPaths(base: String, expected: String) throws {
    #expect(try WebAddress(base).appending("/chat").text == expected)
  }

  @Test(arguments: [
    ("/x", "https://a.b/x"), ("y?z=1", "https://a.b/c/y?z=1"), ("//other/x", "https://other/x"),
    ("http://a.b:8/", "http://a.b:8/"), ("ftp://a.b/", nil), ("https://", nil),
  ])
  func resolvesLocations(location: String, expected: String?) throws {
    #expect(try WebAddress("https://a.b/c/d").resolving(location)?.text == expected)
  }

  @Test(arguments: [
    ("https://evil.com/", false), ("https://fal.run\\@evil.com/", false),
    ("https://fal.run@evil.com/", false),
    ("https://fal.run:8443/", false), ("http://fal.run/", false), ("https://fal.run:443/x", true),
    ("https://FAL.run/x", true),
  ])
  func tellsOriginsApart(location: String, expected: Bool) throws {
    let here = try WebAddress("https://fal.run/a")
    let target = here.resolving(location)
    #expect((target.map { $0.hasSameOrigin(as: here) } ?? false) == expected)
  }
}
