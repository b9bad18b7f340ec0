/// Which lines of a text gave way to which of another: Myers' shortest edit in linear space.
///
/// Lines that only one of the texts has were removed or added for certain, so only the others are
/// compared. The middle of a shortest way from (0, 0) to (n, m) is looked for from both ends at once,
/// and the two halves are done alike:
///
/// ```
///        0   old   n
///      0 ┌─────────┐   right: a line removed     the forward and the backward search
///        │ ╲       │   down: a line added        each keep, for every diagonal, how far
///    new │   ╲──┐  │   diagonal: a line kept     they came with d changes
///        │      ╲  │
///      m └─────────┘
/// ```
///
/// Where the texts differ in more than `limit` lines, the search is cut off and parted at the point
/// that came furthest: the difference is still right but may no longer be the shortest, and the time
/// stays within lines × limit.
struct LineDifference {
  private(set) var changes: [LineChange] = []

  private static let limit = 256

  private var removed: [Bool]
  private var added: [Bool]

  init(_ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>]) {
    removed = Array(repeating: true, count: old.count)
    added = Array(repeating: true, count: new.count)
    var numbers = LineNumbers()
    let numbered = (old: old.map { numbers.number($0) }, new: new.map { numbers.number($0) })
    compare(numbered.old, numbered.new, kinds: numbers.count)
    changes = collected()
  }

  // MARK: Lines that both have

  /// A line of a text by what it says, and where it stands.
  private struct Line {
    let kind: Int
    let index: Int
  }

  private mutating func compare(_ old: [Int], _ new: [Int], kinds: Int) {
    var start = 0
    while start < old.count, start < new.count, old[start] == new[start] { start += 1 }
    var end = 0
    while end < old.count - start, end < new.count - start,
      old[old.count - 1 - end] == new[new.count - 1 - end]
    {
      end += 1
    }
    for index in 0..<start { keep(index, index) }
    for index in 0..<end { keep(old.count - 1 - index, new.count - 1 - index) }
    let rest = (old: start..<(old.count - end), new: start..<(new.count - end))
    var isOld = Array(repeating: false, count: kinds)
    var isNew = isOld
    for index in rest.old { isOld[old[index]] = true }
    for index in rest.new { isNew[new[index]] = true }
    var search = MiddleSearch(
      old: rest.old.filter { isNew[old[$0]] }.map { Line(kind: old[$0], index: $0) },
      new: rest.new.filter { isOld[new[$0]] }.map { Line(kind: new[$0], index: $0) },
      limit: Self.limit)
    search.run { keep($0, $1) }
  }

  private mutating func keep(_ old: Int, _ new: Int) {
    removed[old] = false
    added[new] = false
  }

  private func collected() -> [LineChange] {
    var changes: [LineChange] = []
    var (i, j) = (0, 0)
    while i < removed.count || j < added.count {
      let start = (i, j)
      while i < removed.count, removed[i] { i += 1 }
      while j < added.count, added[j] { j += 1 }
      if start != (i, j) { changes.append(LineChange(old: start.0..<i, new: start.1..<j)) }
      if i < removed.count { i += 1 }
      if j < added.count { j += 1 }
    }
    return changes
  }

  // MARK: The search

  private struct MiddleSearch {
    let old: [Line]
    let new: [Line]
    let limit: Int
    /// By diagonal (x - y), shifted by `limit + 1`: how far along the old text each search came.
    var forward: [Int]
    var backward: [Int]

    init(old: [Line], new: [Line], limit: Int) {
      self.old = old
      self.new = new
      self.limit = limit
      forward = Array(repeating: 0, count: 2 * limit + 3)
      backward = forward
    }

    /// Tells of every line that is kept.
    mutating func run(_ keep: (Int, Int) -> Void) {
      var open = [(0..<old.count, 0..<new.count)]
      while let (a, b) = open.popLast() {
        var (xs, ys) = (a, b)
        while let x = xs.first, let y = ys.first, old[x].kind == new[y].kind {
          keep(old[x].index, new[y].index)
          (xs, ys) = (xs.dropFirst(), ys.dropFirst())
        }
        while let x = xs.last, let y = ys.last, old[x].kind == new[y].kind {
          keep(old[x].index, new[y].index)
          (xs, ys) = (xs.dropLast(), ys.dropLast())
        }
        guard !xs.isEmpty, !ys.isEmpty else { continue }
        let (x, y) = middle(xs, ys)
        open.append((x..<xs.upperBound, y..<ys.upperBound))
        open.append((xs.lowerBound..<x, ys.lowerBound..<y))
      }
    }

    /// A point on a short way through the stretch, neither its beginning nor its end.
    private mutating func middle(_ xs: Range<Int>, _ ys: Range<Int>) -> (Int, Int) {
      let (n, m) = (xs.count, ys.count)
      let delta = n - m
      let shift = limit + 1
      forward[shift + 1] = 0
      backward[shift + 1] = 0
      for d in 0...limit {
        for k in diagonals(d, n, m) {
          let x = step(&forward, k, d, n, m) { old[xs.lowerBound + $0].kind == new[ys.lowerBound + $1].kind }
          let mirror = delta - k
          if delta & 1 != 0, isSearched(mirror, d - 1, n, m), x + backward[shift + mirror] >= n,
            isInside(x, k, n, m),
            isInside(backward[shift + mirror], mirror, n, m)
          {
            return (xs.lowerBound + x, ys.lowerBound + x - k)
          }
        }
        for k in diagonals(d, n, m) {
          let x = step(&backward, k, d, n, m) {
            old[xs.upperBound - 1 - $0].kind == new[ys.upperBound - 1 - $1].kind
          }
          let mirror = delta - k
          if delta & 1 == 0, isSearched(mirror, d, n, m), x + forward[shift + mirror] >= n,
            isInside(x, k, n, m),
            isInside(forward[shift + mirror], mirror, n, m)
          {
            return (xs.upperBound - x, ys.upperBound - (x - k))
          }
        }
      }
      return furthest(xs, ys)
    }

    /// The diagonals that `d` changes lead to, without those that lie outside of the stretch.
    private func diagonals(_ d: Int, _ n: Int, _ m: Int) -> StrideThrough<Int> {
      stride(from: 2 * max(0, d - m) - d, through: d - 2 * max(0, d - n), by: 2)
    }

    private func isSearched(_ k: Int, _ d: Int, _ n: Int, _ m: Int) -> Bool {
      d >= 0 && k >= 2 * max(0, d - m) - d && k <= d - 2 * max(0, d - n)
    }

    /// One more change on diagonal `k`, then as many equal lines as there are.
    private func step(
      _ reached: inout [Int], _ k: Int, _ d: Int, _ n: Int, _ m: Int, _ isEqual: (Int, Int) -> Bool
    ) -> Int {
      let shift = limit + 1
      let goesDown = k == -d || (k != d && reached[shift + k - 1] < reached[shift + k + 1])
      var x = goesDown ? reached[shift + k + 1] : reached[shift + k - 1] + 1
      while x < n, x - k < m, isEqual(x, x - k) { x += 1 }
      reached[shift + k] = x
      return x
    }

    private func isInside(_ x: Int, _ k: Int, _ n: Int, _ m: Int) -> Bool {
      0...n ~= x && 0...m ~= x - k
    }

    /// Where the forward search came furthest when it was cut off.
    private func furthest(_ xs: Range<Int>, _ ys: Range<Int>) -> (Int, Int) {
      var best = (x: 0, y: 0)
      for k in diagonals(limit, xs.count, ys.count) {
        let x = forward[limit + 1 + k]
        if isInside(x, k, xs.count, ys.count), 2 * x - k > best.x + best.y { best = (x, x - k) }
      }
      return (xs.lowerBound + best.x, ys.lowerBound + best.y)
    }
  }
}

/// A number for each different line.
private struct LineNumbers {
  private var known: [ArraySlice<UInt8>: Int] = [:]

  var count: Int { known.count }

  mutating func number(_ line: ArraySlice<UInt8>) -> Int {
    if let number = known[line] { return number }
    known[line] = known.count
    return known.count - 1
  }
}
