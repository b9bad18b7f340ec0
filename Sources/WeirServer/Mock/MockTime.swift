#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Times as the vendors write them.
enum MockTime {
  /// Seconds since 1970 as `2025-05-27T18:20:00Z`.
  static func text(_ seconds: Int) -> String {
    Date(timeIntervalSince1970: Double(seconds)).ISO8601Format()
  }
}
