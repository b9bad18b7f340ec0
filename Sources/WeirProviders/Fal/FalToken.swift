import WeirEndpoint
import WeirValues

/// What opens fal's storage for a while.
///
///     {"token": …, "token_type": "Bearer", "base_url": "https://v3.fal.media", "expires_at": …}
struct FalToken: Sendable, Hashable {
  let secret: Secret
  /// What stands before it in the header: `Bearer`.
  let type: String
  /// Where it is good for; nil for the usual place.
  let address: String?
  /// Seconds since 1970; nil where it is not said, or not in a way that is understood.
  let end: Double?

  /// A token that ends while a large file is on its way would have been of no use.
  private static let margin = 60.0

  init?(json body: Value) {
    guard let token = body["token"]?.string, !token.isEmpty else { return nil }
    secret = Secret(token)
    type = body["token_type"]?.string ?? "Bearer"
    address = body["base_url"]?.string
    end = body["expires_at"]?.string.flatMap(InternetDate.seconds)
  }

  /// One that does not say when it ends is used once.
  func isGood(at now: Double) -> Bool { end.map { $0 - Self.margin > now } ?? false }
}

/// The dates of RFC 3339: `2026-01-01T00:00:00.123+00:00`.
enum InternetDate {
  /// Seconds since 1970; nil for what is no such date. One without an offset is taken as UTC.
  static func seconds(_ text: String) -> Double? {
    var rest = Array(text.utf8)[...]
    guard let year = rest.number(4), rest.accept("-"), let month = rest.number(2), rest.accept("-"),
      let day = rest.number(2), rest.accept("T") || rest.accept("t") || rest.accept(" "),
      let hour = rest.number(2), rest.accept(":"), let minute = rest.number(2), rest.accept(":"),
      let second = rest.number(2), (1970...9999).contains(year), (1...12).contains(month),
      (1...31).contains(day), hour < 24, minute < 60, second <= 60
    else { return nil }
    var fraction = 0.0
    if rest.accept(".") {
      let digits = rest.prefix { (0x30...0x39).contains($0) }
      guard !digits.isEmpty, let value = Double("0." + String(decoding: digits, as: UTF8.self)) else {
        return nil
      }
      fraction = value
      rest = rest.dropFirst(digits.count)
    }
    guard let offset = rest.offset(), rest.isEmpty else { return nil }
    let days = HTTPDate.days(year: year, month: month, day: day)
    return Double(days * 86_400 + hour * 3_600 + minute * 60 + second - offset) + fraction
  }
}

extension ArraySlice<UInt8> {
  fileprivate mutating func accept(_ sign: Unicode.Scalar) -> Bool {
    guard let first, UInt32(first) == sign.value else { return false }
    removeFirst()
    return true
  }

  /// Exactly so many digits.
  fileprivate mutating func number(_ digits: Int) -> Int? {
    guard count >= digits, prefix(digits).allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    let value = prefix(digits).reduce(0) { $0 * 10 + Int($1 & 0x0F) }
    removeFirst(digits)
    return value
  }

  /// In seconds east of UTC.
  fileprivate mutating func offset() -> Int? {
    if isEmpty || accept("Z") || accept("z") { return 0 }
    let isEast = accept("+")
    guard isEast || accept("-"), let hours = number(2) else { return nil }
    _ = accept(":")
    guard let minutes = number(2) else { return nil }
    return (hours * 3_600 + minutes * 60) * (isEast ? 1 : -1)
  }
}
