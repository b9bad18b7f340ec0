extension ArraySlice<UInt8> {
  /// What an answer says: without a byte-order mark, the blanks at its ends, and the tokens with which models
  /// say among themselves that they are done, which some servers pass on.
  var spoken: ArraySlice<UInt8> {
    var text = self
    if text.starts(with: [0xEF, 0xBB, 0xBF]) { text = text.dropFirst(3) }
    text.trimBlanks()
    while let token = turnEnds.first(where: { text.suffix($0.count).elementsEqual($0) }) {
      text = text.dropLast(token.count)
      text.trimBlanks()
    }
    return text
  }

  private mutating func trimBlanks() {
    self = drop { $0 <= .blank }
    while let last, last <= .blank { removeLast() }
  }
}

private let turnEnds = [
  "<|eot_id|>", "<|im_end|>", "<|end|>", "<|endoftext|>", "<|return|>", "</s>", "<end_of_turn>", "<eos>",
].map { Array($0.utf8) }
