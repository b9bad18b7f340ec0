import WeirReading
import WeirReadingSupport
import WeirValues

/// One answer, read as a random type.
struct AnswerTrial: Trial {
  let bytes: [UInt8]
  private let seed: UInt64
  private let text: String

  init(bytes: [UInt8]) {
    self.bytes = bytes
    let line = bytes.firstIndex(of: 0x0A) ?? bytes.endIndex
    seed = UInt64(String(decoding: bytes[..<line], as: UTF8.self)) ?? 0
    text = String(decoding: bytes[line...].dropFirst(), as: UTF8.self)
  }

  private var options: ReadingOptions {
    ReadingOptions(
      isCutOff: seed % 7 == 0, allowsPartial: seed % 5 == 0, wrapper: seed % 3 == 0 ? "value" : nil)
  }

  /// Of the seeds that a type can be made of, one in eight is for a type that holds itself.
  private var wanted: (types: TypeTable, type: ValueType) {
    guard seed % 8 == 0 else { return (TypeTable(), RandomAnswer(seed: seed).type) }
    var types = TypeTable()
    let tree = types.add(.init(name: "Tree", type: .error))
    types[tree] = .init(
      name: "Tree",
      type: .union([
        .record([RecordField("name", .string), RecordField("a", .union([.list(.named(tree)), .null]))]),
        .record([RecordField("value", .json), RecordField("a", .union([.named(tree), .string, .null]))]),
        .list(.named(tree)),
      ]))
    return (types, .named(tree))
  }

  func run() -> [String] {
    let (types, type) = wanted
    let reading = Self.result { () throws(ReadingFailure) in try types.readAnswer(text, as: type, options) }
    return complaints(of: reading, types, type) + partialComplaints(reading, types, type)
  }

  private static func result(_ read: () throws(ReadingFailure) -> Reading) -> Result<Reading, ReadingFailure>
  {
    do {
      return .success(try read())
    } catch {
      return .failure(error)
    }
  }

  private func complaints(
    of result: Result<Reading, ReadingFailure>, _ types: TypeTable, _ type: ValueType
  ) -> [String] {
    switch result {
    case .failure(let failure):
      return failure.message(whole: "it").isEmpty ? ["refused without a word"] : []
    case .success(let reading):
      var complaints: [String] = []
      let conformance = types.conform(reading.value, to: type)
      if !options.allowsPartial, !conformance.fits || conformance.value != reading.value {
        complaints.append("read to \(reading.value.json()), which is not of the type")
      }
      let all = 0...text.utf8.count
      if reading.span.upperBound > all.upperBound { complaints.append("read at \(reading.span)") }
      for change in reading.changes where !all.contains(change.offset) {
        complaints.append("\(change.kind.rawValue) at \(change.offset)")
      }
      return complaints
    }
  }

  /// Fed in pieces it means the same.
  private func partialComplaints(
    _ whole: Result<Reading, ReadingFailure>, _ types: TypeTable, _ type: ValueType
  ) -> [String] {
    var reader = PartialReader(type, in: types, options)
    let answer = Array(text.utf8)
    let length = 1 + Int(seed % 61) + answer.count / 200
    var start = 0
    while start < answer.count {
      let end = min(answer.count, start + length)
      reader.feed(answer[start..<end])
      _ = reader.value(withOpenText: start % 2 == 0)
      start = end
    }
    let found = Self.result { () throws(ReadingFailure) in try reader.finish() }
    switch (whole, found) {
    case (.success(let whole), .success(let found)) where whole.value == found.value: return []
    case (.failure, .failure): return []
    default: return ["fed in pieces of \(length) it means another thing"]
    }
  }

  func work() {
    let (types, type) = wanted
    _ = try? types.readAnswer(text, as: type, options)
  }
}
