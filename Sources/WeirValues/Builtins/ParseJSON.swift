extension Builtin {
  static let parseJSON = Builtin(
    "parse_json", usage: "text.parse_json",
    "The value that the text says as JSON, to be read into a type: `let post: Post = text.parse_json`.",
    type: { types throws(Mistake) in
      try types.receiverIsText()
      return .json
    },
    body: { arguments throws(BuiltinFailure) in
      do throws(JSONError) {
        return try Value(json: arguments.text)
      } catch {
        throw BuiltinFailure("the text is not JSON: \(error.message) (at byte \(error.offset + 1))")
      }
    })
}
