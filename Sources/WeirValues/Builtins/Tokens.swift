extension Builtin {
  static let tokens = Builtin(
    "tokens", usage: "text.tokens",
    """
    About how many tokens a model counts in the text: one for four characters of ASCII, for two of \
    another alphabet, and for each of Chinese, Japanese and Korean and each emoji. Models differ.
    """,
    type: { types throws(Mistake) in
      try types.receiverIsText()
      return .int
    },
    body: { arguments in .int(TokenEstimate.tokens(in: arguments.text)) })
}
