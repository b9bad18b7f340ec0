package import WeirEndpoint
import WeirValues

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A tape on disk: JSON Lines, an entry a line, readable in a diff. Blank lines mean nothing.
package enum TapeFile {
  /// Reads a tape. Every bad line is told, not only the first.
  package static func read(_ path: String) throws(TapeFileError) -> Tape {
    let data: Data
    do {
      data = try Data(contentsOf: URL(filePath: path))
    } catch {
      throw TapeFileError(path: path, problems: [.init(line: nil, message: "the tape cannot be read")])
    }
    return try tape(in: Array(data), named: path)
  }

  /// The tape that some bytes hold; `path` is for messages.
  package static func tape(in bytes: [UInt8], named path: String) throws(TapeFileError) -> Tape {
    var tape = Tape()
    var problems: [TapeFileError.Problem] = []
    for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      let hasBOM = index == 0 && line.starts(with: [0xEF, 0xBB, 0xBF])
      let text = hasBOM ? line.dropFirst(3) : line
      if text.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { continue }
      do {
        tape.entries.append(try entry(in: Array(text)))
      } catch {
        problems.append(.init(line: index + 1, message: error.message))
      }
    }
    if !problems.isEmpty { throw TapeFileError(path: path, problems: problems) }
    return tape
  }

  /// A tape as a file holds it, an entry a line, with a newline at the end of each.
  package static func bytes(of tape: Tape) -> [UInt8] {
    tape.entries.flatMap { $0.json.jsonBytes() + [0x0A] }
  }

  private static func entry(in line: [UInt8]) throws(TapeEntryError) -> Tape.Entry {
    let value: Value
    do {
      value = try Value(json: line)
    } catch {
      throw TapeEntryError(message: "no JSON: \(error.message), at byte \(error.offset + 1) of the line")
    }
    return try Tape.Entry(json: value)
  }
}

/// What is wrong with a file of a tape.
package struct TapeFileError: Error, Sendable, CustomStringConvertible {
  package let path: String
  /// In the order of the file, at least one.
  package let problems: [Problem]

  package struct Problem: Sendable, Hashable {
    /// From 1; nil when it is the file as a whole.
    package let line: Int?
    /// Lower case, without a full stop.
    package let message: String
  }

  /// A line for each problem: `tapes/post.jsonl:3: …`.
  package var description: String {
    problems.map { problem in
      "\(path)\(problem.line.map { ":\($0)" } ?? ""): \(problem.message)"
    }.joined(separator: "\n")
  }
}
