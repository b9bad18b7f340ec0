extension Builtin {
  static let chunk = Builtin(
    "chunk", usage: "x.chunk(size)",
    """
    A text as pieces of at most so many tokens, as `tokens` counts, each as long as can be: cut between \
    paragraphs, else between lines, else between words, else anywhere. What is lost is the white \
    space at the cuts and the ends. A list as lists of so many elements, the last one with the rest.
    """,
    takes: 1...1, rules: [1: .atLeast(1)],
    type: { types throws(Mistake) in
      try types.argument(1, is: .int, "the size")
      if types.types.fits(types.receiver, .string) { return .list(.string) }
      guard let element = types.types.element(ofList: types.receiver) else {
        throw types.wrongReceiver("strings and lists")
      }
      return .list(.list(element))
    },
    body: { arguments in
      let size = arguments.int(1)
      guard let elements = arguments.receiver.list else {
        return .list(TextChunks(arguments.text, size: size).map { .string($0) })
      }
      var chunks: [Value] = []
      var rest = elements[...]
      while !rest.isEmpty {
        chunks.append(.list(Array(rest.prefix(size))))
        rest = rest.dropFirst(size)
      }
      return .list(chunks)
    })
}
