extension Builtin {
  static let entries = Builtin(
    "entries", usage: "dictionary.entries", "A list of `{key, value}`, in the order of the dictionary.",
    type: { types throws(Mistake) in
      guard let element = types.types.element(ofDictionary: types.receiver) else {
        throw types.wrongReceiver("dictionaries")
      }
      return .list(.record([RecordField("key", .string), RecordField("value", element)]))
    },
    body: { arguments in
      let fields = arguments.receiver.record?.fields ?? []
      return .list(fields.map { .record(["key": .string($0.name), "value": $0.value]) })
    })
}
