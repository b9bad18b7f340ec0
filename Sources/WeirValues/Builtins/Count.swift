extension Builtin {
  static let count = Builtin(
    "count", usage: "x.count",
    "How many code points a string has, as JSON Schema counts them; elements a list; names a dictionary.",
    type: { types throws(Mistake) in
      let isCounted = types.types.members(types.receiver).allSatisfy { member in
        switch member {
        case .string, .text, .list, .dictionary, .error: true
        case .int, .number, .bool, .null, .image, .file, .secret, .json, .constant, .record, .union, .named:
          false
        }
      }
      guard isCounted else { throw types.wrongReceiver("strings, lists and dictionaries") }
      return .int
    },
    body: { arguments in
      switch arguments.receiver {
      case .record(let record): .int(record.count)
      case .list(let elements): .int(elements.count)
      case .null, .bool, .number, .string, .image, .file, .secret: .int(arguments.text.unicodeScalars.count)
      }
    })
}
