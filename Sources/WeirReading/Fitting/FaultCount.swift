/// How many faults of each kind there are.
struct FaultCount {
  private var cutOffs = 0
  private var ambiguities = 0
  /// Of the part itself, and of parts of it.
  private var wholes = 0
  private var parts = 0

  var all: Int { cutOffs + ambiguities + wholes + parts }

  /// The same, seen from the part around.
  var ofPart: FaultCount {
    var count = self
    count.parts += wholes
    count.wholes = 0
    return count
  }

  mutating func add(_ fault: FitLog.Fault) {
    switch fault {
    case .mismatch: wholes += 1
    case .cutOff: cutOffs += 1
    case .ambiguous: ambiguities += 1
    }
  }

  mutating func limit(to most: Int) {
    wholes = min(wholes, most)
    ambiguities = min(ambiguities, most - wholes)
    cutOffs = min(cutOffs, most - wholes - ambiguities)
    parts = min(parts, most - wholes - ambiguities - cutOffs)
  }

  /// A whole that is of another kind is further away than any part of it.
  func distance(_ isWhole: Bool) -> Int { ambiguities + 2 * parts + (isWhole ? 1_000 : 2) * wholes }

  static func + (left: FaultCount, right: FaultCount) -> FaultCount {
    var sum = left
    sum.cutOffs += right.cutOffs
    sum.ambiguities += right.ambiguities
    sum.wholes += right.wholes
    sum.parts += right.parts
    return sum
  }

  static func - (left: FaultCount, right: FaultCount) -> FaultCount {
    var difference = left
    difference.cutOffs -= right.cutOffs
    difference.ambiguities -= right.ambiguities
    difference.wholes -= right.wholes
    difference.parts -= right.parts
    return difference
  }
}
