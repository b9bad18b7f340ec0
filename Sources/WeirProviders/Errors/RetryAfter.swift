#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// How long a service asks to wait: `retry-after-ms`, or `Retry-After` in seconds or as a date.
enum RetryAfter {
  /// Since 1970.
  typealias Seconds = Double

  static var now: Seconds { Date().timeIntervalSince1970 }

  /// A date counts from the service's own `Date` where it sends one, so that a wrong clock here does
  /// not matter. nil for what is missing, wrong or over.
  static func read(_ response: HTTPResponse, now: Seconds) -> Duration? {
    if let text = response.header("retry-after-ms"), let value = Double(text) {
      return duration(value / 1000)
    }
    guard let text = response.header("retry-after") else { return untilReset(response, now: now) }
    if let seconds = Double(text) { return duration(seconds) }
    guard let date = HTTPDate.seconds(text) else { return nil }
    return duration(date - (response.header("date").flatMap(HTTPDate.seconds) ?? now))
  }

  /// OpenRouter: limits. In milliseconds since 1970, and only where the limit is its own.
  private static func untilReset(_ response: HTTPResponse, now: Seconds) -> Duration? {
    guard response.status == 429, let reset = response.header("x-ratelimit-reset").flatMap(Double.init),
      reset > 1e11
    else { return nil }
    return duration(reset / 1000 - (response.header("date").flatMap(HTTPDate.seconds) ?? now))
  }

  private static func duration(_ seconds: Double) -> Duration? {
    seconds > 0 && seconds < 1e9 ? .milliseconds(Int((seconds * 1000).rounded(.up))) : nil
  }
}

/// The date of HTTP headers (RFC 9110, 5.6.7), in the one form that may still be sent.
enum HTTPDate {
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// `Wed, 21 Oct 2015 07:28:00 GMT` as seconds since 1970.
  static func seconds(_ text: String) -> RetryAfter.Seconds? {
    let words = text.split(separator: " ")
    guard words.count == 6, words[5] == "GMT", let day = Int(words[1]), (1...31).contains(day),
      let month = months.firstIndex(of: String(words[2])), let year = Int(words[3]),
      (1970...9999).contains(year)
    else { return nil }
    let time = words[4].split(separator: ":").compactMap { Int($0) }
    guard time.count == 3, (0..<24).contains(time[0]), (0..<60).contains(time[1]), (0...60).contains(time[2])
    else {
      return nil
    }
    let days = days(year: year, month: month + 1, day: day)
    return Double(days * 86_400 + time[0] * 3_600 + time[1] * 60 + time[2])
  }

  /// Days since 1970-01-01 in the Gregorian calendar. The year begins in March, so that the leap day
  /// is its last and the months before it have fixed places.
  static func days(year: Int, month: Int, day: Int) -> Int {
    let year = month <= 2 ? year - 1 : year
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    return year * 365 + year / 4 - year / 100 + year / 400 + dayOfYear - 719_468
  }
}
