import WeirEndpoint
import WeirValues

extension EndpointRequest {
  /// What `options` puts into the header of the request, `headers: { "X-Name": "value" }`, and what is left
  /// of it for the body.
  func splitOptions() throws(EndpointFailure) -> (headers: [HTTPHeader], body: Record) {
    var body = options
    guard let given = options["headers"], !given.isNull else { return ([], options) }
    body["headers"] = nil
    guard let fields = given.record?.fields else {
      throw EndpointFailure(
        .invalidRequest, "`headers` in `options` is \(given.noun)",
        advice: "write it as `headers: { \"X-Name\": \"value\" }`"
      ).refusing("options")
    }
    var headers: [HTTPHeader] = []
    for field in fields { headers.append(try HTTPHeader(option: field)) }
    return (headers, body)
  }
}

extension HTTPHeader {
  /// What says whose the request is, where it goes, and where it ends; the rest is the author's.
  private static let ours: Set<String> = [
    "authorization", "proxy-authorization", "host", "content-length", "content-type", "transfer-encoding",
    "connection", "accept", "accept-encoding",
  ]

  fileprivate init(option field: Record.Field) throws(EndpointFailure) {
    let name = Excerpt.of(field.name)
    guard !Self.ours.contains(field.name.lowercased()) else {
      throw EndpointFailure(
        .invalidRequest, "`options.headers` cannot set `\(name)`", advice: Self.advice(for: field.name)
      ).refusing("options")
    }
    guard let text = field.value.string ?? field.value.number.map({ "\($0)" }) else {
      throw EndpointFailure(
        .invalidRequest, "`\(name)` in `options.headers` is \(field.value.noun)",
        advice: "give it a string"
      ).refusing("options")
    }
    self.init(field.name, text)
    guard isWellFormed, field.name.utf8.allSatisfy(\.isSignOfToken) else {
      throw EndpointFailure(
        .invalidRequest, "`\(name)` in `options.headers` is no header of one line",
        advice: "use letters, digits and `-` in the name, and no line break in the value"
      ).refusing("options")
    }
  }

  private static func advice(for name: String) -> String {
    switch name.lowercased() {
    case "authorization", "proxy-authorization": "keys are set by `key` or `headers` of a `provider`"
    default: "leave it out: it follows from what is sent"
    }
  }
}

extension [HTTPHeader] {
  /// With `others`, which replace those of their name.
  func replaced(by others: [HTTPHeader]) -> [HTTPHeader] {
    let names = Set(others.map { $0.name.lowercased() })
    return filter { !names.contains($0.name.lowercased()) } + others
  }
}

extension UInt8 {
  /// RFC 9110, 5.6.2.
  fileprivate var isSignOfToken: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "!#$%&'*+-.^_`|~".utf8.contains(self)
    }
  }
}
