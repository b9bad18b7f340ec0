import WeirValues

/// What goes wrong for which requests: the rules of a file for `weir mock --faults`.
///
/// A rule says by `path`, `method`, `request` and `times` which requests it is for, and by the rest what
/// happens to them. Every rule counts the requests to its own path; of several that want a request the first
/// has it.
package struct FaultScript: Sendable, Hashable {
  var rules: [FaultRule] = []

  package init() {}

  /// Reads a list of rules, one rule, or a rule on every line (JSON Lines).
  package init(parsing text: [UInt8]) throws(FaultError) {
    let value: Value
    do throws(JSONError) {
      value = try Value(json: text)
    } catch {
      try readLines(text)
      return
    }
    for (index, value) in (value.list ?? [value]).enumerated() {
      rules.append(try Self.rule(value, "rule \(index + 1)"))
    }
  }
}

/// Which requests a fault is for.
struct FaultRule: Sendable, Hashable {
  /// `*` stands for any bytes.
  var path = "*"
  /// Nil for every method.
  var method: String?
  /// The first request to the path that it is for, from 1.
  var first = 1
  /// Nil for every one from then on.
  var times: Int?
  var fault = MockFault()

  func fits(_ request: HTTPServerRequest) -> Bool {
    (method == nil || method == request.method) && Self.fits(Array(request.path.utf8), Array(path.utf8))
  }

  /// Whether the fault is for the n-th request to the path.
  func isFor(_ number: Int) -> Bool { number >= first && times.map { number - first < $0 } ?? true }

  /// Goes back to the last star only: what an earlier one took may stay as it is.
  private static func fits(_ path: [UInt8], _ pattern: [UInt8]) -> Bool {
    var (place, mark) = (0, 0)
    var star: (mark: Int, place: Int)?
    while place < path.count {
      if mark < pattern.count, pattern[mark] == UInt8(ascii: "*") {
        star = (mark + 1, place)
        mark += 1
      } else if mark < pattern.count, pattern[mark] == path[place] {
        place += 1
        mark += 1
      } else if let last = star {
        star = (last.mark, last.place + 1)
        (mark, place) = (last.mark, last.place + 1)
      } else {
        return false
      }
    }
    return pattern[mark...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}

/// The rules while they are played: how many requests each has seen.
struct FaultPlan {
  private let rules: [FaultRule]
  private var seen: [Int]

  /// - Parameter first: faults of the first requests to any path, one for each.
  init(_ script: FaultScript, first: [Fault]) {
    let short = first.enumerated().map { index, fault in
      FaultRule(first: index + 1, times: 1, fault: MockFault(fault))
    }
    rules = short + script.rules
    seen = rules.map { _ in 0 }
  }

  mutating func next(for request: HTTPServerRequest) -> MockFault? {
    var fault: MockFault?
    for (index, rule) in rules.enumerated() where rule.fits(request) {
      seen[index] += 1
      if fault == nil, rule.isFor(seen[index]) { fault = rule.fault }
    }
    return fault
  }
}
