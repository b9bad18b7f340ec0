import Testing
import WeirEndpoint

@testable import WeirProviders

struct ExcerptTests {
  private let key = Secret("key-id:0123456789abcdef")

  @Test(arguments: [
    ("bad key key-id:0123456789abcdef!", "bad key <key>!"),
    ("0123456789abcdef", "<key>"),
    ("key-id:0123456789abcdefkey-id:0123456789abcdef", "<key><key>"),
    ("at https://me:pw@host/x", "at https://<key>@host/x"),
    ("https://me@host?a=b@c", "https://<key>@host?a=b@c"),
    ("https://a:p@ss@host/", "https://<key>@host/"),
    ("mail me@example.com", "mail me@example.com"),
    ("a\n\n\tb\u{1B}[2Jc\u{7}", "a b [2Jc"),
    ("\u{202E}evil\u{200B}", "evil"),
    ("  spaced   out  ", "spaced out"),
    ("Grüße ☃", "Grüße ☃"),
    ("", ""),
  ])
  func isFitToBeShown(text: String, expected: String) {
    #expect(Excerpt.of(text, hiding: [key]) == expected)
  }

  @Test func isShortAndCutBetweenCharacters() {
    let excerpt = Excerpt.of(String(repeating: "☃", count: 500))
    #expect(excerpt == String(repeating: "☃", count: 100) + "…")
    #expect(Excerpt.of("a" + String(repeating: "☃", count: 500)).hasSuffix("☃…"))
  }

  @Test func hidesAKeyThatTheCutWouldSplit() {
    let text = String(repeating: "x", count: 295) + "key-id:0123456789abcdef"
    #expect(Excerpt.of(text, hiding: [key]) == String(repeating: "x", count: 295) + "<key>")
  }

  @Test func longerKeysGoFirst() {
    #expect(Excerpt.of("abcdef abc", hiding: [Secret("abc"), Secret("abcdef")]) == "<key> <key>")
  }

  @Test func secretsAreNeverShown() throws {
    let header = HTTPHeader("Authorization", "Bearer ", secret: key)
    let request = HTTPRequest(.post, try WebAddress("https://example.com"), headers: [header])
    var dumped = ""
    dump(request, to: &dumped)
    for shown in ["\(key)", String(reflecting: key), "\(header)", "\(request)", dumped, header.shown] {
      #expect(!shown.contains("0123456789abcdef"), "\(shown)")
    }
    #expect(header.shown == "Bearer <key>")
  }
}
