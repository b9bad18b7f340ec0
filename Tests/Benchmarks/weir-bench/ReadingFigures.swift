import WeirReading
import WeirValues

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// How fast answers are read, in memory. The texts are those of `texts.py`, a file each.
enum ReadingFigures {
  /// What all of them are to be: `[{id: int, title: string, …}]`.
  private static let type = ValueType.list(
    .record([
      RecordField("id", .int), RecordField("title", .string), RecordField("tags", .list(.string)),
      RecordField("score", .number), RecordField("note", ValueType.string.optional),
      RecordField("done", .bool),
    ]))
  private static let types = TypeTable()
  private static let chunks = 200

  static func measure(_ folder: String) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    for name in names.sorted() {
      guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)") else { continue }
      let bytes = Array(data)
      if name.hasPrefix("strict") { measureStrict(name, bytes) }
      measureAnswer(name, bytes)
      if name == "fenced-1m" { measurePieces(bytes) }
    }
  }

  private static func measureStrict(_ name: String, _ bytes: [UInt8]) {
    guard let value = try? Value(json: bytes) else { return print("the document is not JSON") }
    var count = 0
    let reading = time(bytes.count) { count += (try? Value(json: bytes).list?.count) ?? 0 }
    print("json_\(name)", speed(bytes.count, reading))
    let size = value.jsonBytes().count
    let writing = time(size) { count += value.jsonBytes().count }
    print("write_\(name)", speed(size, writing))
  }

  private static func measureAnswer(_ name: String, _ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    var found = 0
    let reading = time(bytes.count) {
      found = (try? types.readAnswer(text, as: type).value.list?.count) ?? 0
    }
    print("read_\(name)", speed(bytes.count, reading))
    print("found_\(name)", found)
  }

  /// As it comes from an endpoint, with a look at what there is after every piece.
  private static func measurePieces(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    let length = bytes.count / chunks + 1
    let pieces = stride(from: 0, to: bytes.count, by: length).map {
      Array(bytes[$0..<min($0 + length, bytes.count)])
    }
    var found = 0
    let whole = time(bytes.count) { found += (try? types.readAnswer(text, as: type)) == nil ? 0 : 1 }
    let inPieces = time(bytes.count) {
      var reader = PartialReader(type, in: types)
      for piece in pieces {
        reader.feed(piece)
        found += reader.value() == nil ? 0 : 1
      }
      found += (try? reader.finish()) == nil ? 0 : 1
    }
    print("whole_microseconds", Int(whole / .microseconds(1)))
    print("pieces_microseconds", Int(inPieces / .microseconds(1)))
  }

  // MARK: Time

  /// The time of one call; a short one is called many times over.
  private static func time(_ size: Int, _ body: () -> Void) -> Duration {
    let repeats = max(1, 200_000 / max(1, size))
    let rounds = size > 2_000_000 ? 5 : 11
    return Stopwatch.processorMedian(of: rounds) { for _ in 0..<repeats { body() } } / repeats
  }

  /// In kilobytes a second, so that what is slow has a figure as well.
  private static func speed(_ size: Int, _ time: Duration) -> Int {
    Int(Double(size) / 1e3 / (time / .seconds(1)))
  }
}
