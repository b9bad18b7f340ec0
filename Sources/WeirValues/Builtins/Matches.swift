extension Builtin {
  static let matches = Builtin(
    "matches", usage: "text.matches(pattern)",
    """
    Whether the regular expression fits anywhere in the text, as `pattern` of JSON Schema does: `^` \
    and `$` hold it to the whole. A pattern that is written out is checked before the run.
    """,
    takes: 1...1, rules: [1: .regularExpression],
    type: { types throws(Mistake) in
      try types.receiverIsText()
      try types.argument(1, is: .string, "the pattern")
      return .bool
    },
    body: { arguments throws(BuiltinFailure) in
      do {
        let pattern = try Regex(arguments.text(1)).matchingSemantics(.unicodeScalar)
        return .bool(try pattern.firstMatch(in: arguments.text) != nil)
      } catch {
        throw BuiltinFailure("`matches` cannot use the pattern: \(error)")
      }
    })
}

extension ArgumentRule {
  static let regularExpression = ArgumentRule(isAskedByCalls: false) { value in
    guard let text = value.string else { return nil }
    do {
      _ = try Regex(text)
      return nil
    } catch {
      return "needs a regular expression: \(error)"
    }
  }
}
