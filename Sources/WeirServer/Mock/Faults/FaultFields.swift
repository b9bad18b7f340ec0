import WeirValues

/// Reads the fields of a rule, and says of each what it would take.
struct FaultFields {
  private let record: Record
  /// Where the rule stands: `line 3`.
  let place: String

  init(_ value: Value, _ place: String, _ names: [String]) throws(FaultError) {
    guard let record = value.record else {
      throw FaultError(
        message: "\(place) is \(value.noun), expected an object",
        help: "its fields may be \(Self.listed(names))")
    }
    if let name = record.names.first(where: { !names.contains($0) }) {
      throw FaultError(
        message: "\(place) has no field `\(name)`", help: "its fields may be \(Self.listed(names))")
    }
    self.record = record
    self.place = place
  }

  static func listed(_ names: [String]) -> String { names.map { "`\($0)`" }.joined(separator: ", ") }

  /// Nil where it is not there, or null.
  func value(_ name: String) -> Value? { record[name].flatMap { $0.isNull ? nil : $0 } }

  func wrong(_ name: String, _ value: Value, _ expected: String) -> FaultError {
    let found = value.string.map { "`\($0)`" } ?? value.noun
    return FaultError(
      message: "\(place): `\(name)` is \(found)", help: "`\(name)` takes \(expected)")
  }

  func text(_ name: String) throws(FaultError) -> String? {
    guard let value = value(name) else { return nil }
    guard let text = value.string else { throw wrong(name, value, "a string") }
    return text
  }

  func flag(_ name: String) throws(FaultError) -> Bool? {
    guard let value = value(name) else { return nil }
    guard let flag = value.bool else { throw wrong(name, value, "true or false") }
    return flag
  }

  /// A text, or `usual` for true.
  func textOrFlag(_ name: String, _ usual: String) throws(FaultError) -> String? {
    guard let value = value(name) else { return nil }
    if let flag = value.bool { return flag ? usual : nil }
    guard let text = value.string else { throw wrong(name, value, "true or a string") }
    return text
  }

  func word(_ name: String, of words: [String]) throws(FaultError) -> String? {
    guard let value = value(name) else { return nil }
    guard let word = value.string, words.contains(word) else {
      throw wrong(name, value, Self.listed(words))
    }
    return word
  }

  func count(_ name: String, from least: Int, to most: Int = .max, or other: String? = nil) throws(FaultError)
    -> Int?
  {
    guard let value = value(name) else { return nil }
    guard let count = value.number?.int, (least...most).contains(count) else {
      let bounds = most == .max ? "from \(least)" : "from \(least) to \(most)"
      throw wrong(name, value, "a whole number \(bounds)" + (other.map { ", or \($0)" } ?? ""))
    }
    return count
  }

  func duration(_ name: String) throws(FaultError) -> Duration? {
    guard let value = value(name) else { return nil }
    guard let duration = value.string.flatMap(Duration.init(written:)), duration <= .seconds(3600) else {
      throw wrong(name, value, "a time of at most an hour, such as \"50ms\" or \"2s\"")
    }
    return duration
  }
}

extension Duration {
  /// `50ms`, `2s`, `1m`
  package init?(written text: String) {
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    guard let number = Double(digits), number.isFinite, number < 1e9 else { return nil }
    switch text.dropFirst(digits.count) {
    case "ms": self = .microseconds(Int64(number * 1000))
    case "s": self = .milliseconds(Int64(number * 1000))
    case "m": self = .milliseconds(Int64(number * 60_000))
    default: return nil
    }
  }
}
