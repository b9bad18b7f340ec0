extension Reading.Change.Kind {
  /// Whether it is a departure from RFC 8259, and nothing of the value was understood otherwise.
  package var isSyntax: Bool {
    switch self {
    case .missingComma, .surplusComma, .missingColon, .missingBracket, .surplusBracket, .missingQuote,
      .otherQuote, .unescapedQuote, .unescapedControl, .wrongEscape, .unquotedKey, .unquotedText, .comment,
      .ellipsis, .byteOrderMark, .otherWord, .otherNumber, .invalidUTF8:
      true
    case .repeatedKey, .missingValue, .textAsNumber, .groupedNumber, .decimalComma, .unitDropped, .fraction,
      .textAsBool,
      .numberAsBool, .textAsNull, .numberAsText, .boolAsText, .textInText, .otherCase, .otherPunctuation,
      .explained, .mentioned, .otherKey, .extraField, .listOfOne, .oneOfList,
      .severalAsList, .onlyField, .unwrapped, .cutOff:
      false
    }
  }

  /// What one costs when readings are compared. The reading that costs least is the one that was meant: a
  /// mend of the syntax says nothing against a reading, a value of another type says much.
  package var cost: Int {
    switch self {
    case .byteOrderMark: 0
    case .missingComma, .surplusComma, .missingColon, .missingBracket, .surplusBracket, .missingQuote,
      .otherQuote, .unescapedQuote, .unescapedControl, .wrongEscape, .unquotedKey, .unquotedText, .comment,
      .ellipsis, .otherWord, .otherNumber, .invalidUTF8:
      1
    case .otherCase, .otherKey, .textAsNumber, .textAsNull: 2
    case .numberAsText, .boolAsText, .groupedNumber, .decimalComma, .textAsBool, .otherPunctuation,
      .missingValue:
      3
    case .unitDropped, .fraction, .textInText, .extraField, .repeatedKey, .numberAsBool, .severalAsList: 4
    case .listOfOne, .explained: 6
    case .oneOfList, .unwrapped, .onlyField, .mentioned: 8
    case .cutOff: 10
    }
  }
}
