/// Cuts bytes that come in pieces into lines; holds no more than the line that is open.
struct LineSplitter {
  private var open: [UInt8] = []

  /// Hands on the lines that end in a piece, without their line breaks.
  mutating func add(_ part: [UInt8], _ take: ([UInt8]) -> Void) {
    var start = 0
    while let end = part[start...].firstIndex(of: 0x0A) {
      if open.isEmpty {
        take(Self.withoutReturn(part[start..<end]))
      } else {
        open += part[start..<end]
        take(Self.withoutReturn(open[...]))
        open.removeAll(keepingCapacity: open.capacity < 1 << 20)
      }
      start = end + 1
    }
    open += part[start...]
  }

  /// What stands behind the last line break.
  mutating func finish(_ take: ([UInt8]) -> Void) {
    if !open.isEmpty { take(Self.withoutReturn(open[...])) }
    open = []
  }

  private static func withoutReturn(_ line: ArraySlice<UInt8>) -> [UInt8] {
    Array(line.last == 0x0D ? line.dropLast() : line)
  }
}
