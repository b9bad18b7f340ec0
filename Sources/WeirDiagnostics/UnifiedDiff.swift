/// What changed between two texts, line by line, with three lines around each change, as `patch` and
/// `git apply` read it; empty where nothing did.
///
/// ```
/// --- a/post.flow
/// +++ b/post.flow
/// @@ -1,3 +1,3 @@
///  input name: string
/// -output "Hello {{nmae}}"
/// +output "Hello {{name}}"
/// ```
///
/// A line ends with LF; a CR before it is part of the line. Bytes that are not UTF-8 come out as U+FFFD.
package func unifiedDiff(from old: [UInt8], to new: [UInt8], path: String) -> String {
  guard old != new else { return "" }
  let before = DiffLines(old)
  let after = DiffLines(new)
  let changes = LineDifference(before.lines, after.lines).changes
  var bytes = Array("--- a/\(path)\n+++ b/\(path)\n".utf8)
  for hunk in Hunk.parting(changes, before.count, after.count) { hunk.write(before, after, into: &bytes) }
  return String(decoding: bytes, as: UTF8.self)
}

/// A stretch of lines that gave way to another; one of the two may be empty.
struct LineChange: Equatable {
  var old: Range<Int>
  var new: Range<Int>
}

/// The lines of a text, each with its LF where it has one.
private struct DiffLines {
  let lines: [ArraySlice<UInt8>]

  init(_ bytes: [UInt8]) {
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
      lines.append(bytes[start..<end])
      start = end
    }
    self.lines = lines
  }

  var count: Int { lines.count }

  func write(_ range: Range<Int>, as sign: Unicode.Scalar, into bytes: inout [UInt8]) {
    for line in lines[range] {
      bytes.append(UInt8(ascii: sign))
      bytes += line
      if line.last != 0x0A { bytes += "\n\\ No newline at end of file\n".utf8 }
    }
  }
}

/// Changes that stand so near to each other that the lines around them meet.
private struct Hunk {
  private static let context = 3

  var changes: [LineChange]
  private let old: Range<Int>
  private let new: Range<Int>

  static func parting(_ changes: [LineChange], _ oldCount: Int, _ newCount: Int) -> [Hunk] {
    var groups: [[LineChange]] = []
    for change in changes {
      if let last = groups.last?.last, change.old.lowerBound - last.old.upperBound <= 2 * context {
        groups[groups.count - 1].append(change)
      } else {
        groups.append([change])
      }
    }
    return groups.map { Hunk($0, oldCount, newCount) }
  }

  private init(_ changes: [LineChange], _ oldCount: Int, _ newCount: Int) {
    let first = changes[0]
    let last = changes[changes.count - 1]
    let before = min(Self.context, first.old.lowerBound)
    let after = min(Self.context, oldCount - last.old.upperBound)
    self.changes = changes
    old = (first.old.lowerBound - before)..<(last.old.upperBound + after)
    new = (first.new.lowerBound - before)..<(last.new.upperBound + after)
  }

  func write(_ before: DiffLines, _ after: DiffLines, into bytes: inout [UInt8]) {
    bytes += "@@ -\(Self.name(old)) +\(Self.name(new)) @@\n".utf8
    var at = old.lowerBound
    for change in changes {
      before.write(at..<change.old.lowerBound, as: " ", into: &bytes)
      before.write(change.old, as: "-", into: &bytes)
      after.write(change.new, as: "+", into: &bytes)
      at = change.old.upperBound
    }
    before.write(at..<old.upperBound, as: " ", into: &bytes)
  }

  /// From 1, with the count where it is not 1; an empty stretch is named by the line before it.
  private static func name(_ range: Range<Int>) -> String {
    switch range.count {
    case 0: "\(range.lowerBound),0"
    case 1: "\(range.lowerBound + 1)"
    default: "\(range.lowerBound + 1),\(range.count)"
    }
  }
}
