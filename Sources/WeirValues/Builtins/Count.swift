extension Builtin {
  static let count = Builtin(
    "count", usage: "x.count",
    "How many code points a string has, as JSON Schema counts them; elements a list; names a dictionary.",
    type: { types throws(Mistake) in
      let hasOther = types.types.hasMember(types.receiver) { member in
        switch member {
        case .string, .text, .list, .dictionary, .error: false
        case .int, .number, .bool, .null, .image, .file, .secret, .json, .constant, .record, .union, .named:
          true
        }
      }
      guard !hasOther else { throw types.wrongReceiver("strings, lists and dictionaries") }
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
