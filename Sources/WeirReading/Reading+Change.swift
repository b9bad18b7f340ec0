extension Reading.Change {
  /// What can be forgiven. The raw value is a stable word for machines.
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    // Syntax: departures from RFC 8259.
    case missingComma = "missing-comma"
    case surplusComma = "surplus-comma"
    case missingColon = "missing-colon"
    case missingBracket = "missing-bracket"
    case surplusBracket = "surplus-bracket"
    case missingQuote = "missing-quote"
    case otherQuote = "other-quote"
    case unescapedQuote = "unescaped-quote"
    case unescapedControl = "unescaped-control"
    case wrongEscape = "wrong-escape"
    case unquotedKey = "unquoted-key"
    case unquotedText = "unquoted-text"
    case comment
    case ellipsis
    case byteOrderMark = "byte-order-mark"
    case otherWord = "other-word"
    case otherNumber = "other-number"
    case invalidUTF8 = "invalid-utf-8"
    case repeatedKey = "repeated-key"
    case missingValue = "missing-value"

    // Shape: what was of another type.
    case textAsNumber = "text-as-number"
    case groupedNumber = "grouped-number"
    case decimalComma = "decimal-comma"
    case unitDropped = "unit-dropped"
    case fraction
    case textAsBool = "text-as-bool"
    case numberAsBool = "number-as-bool"
    case textAsNull = "text-as-null"
    case numberAsText = "number-as-text"
    case boolAsText = "bool-as-text"
    case textInText = "text-in-text"
    case otherCase = "other-case"
    case otherPunctuation = "other-punctuation"
    case explained
    case mentioned
    case otherKey = "other-key"
    case extraField = "extra-field"
    case listOfOne = "list-of-one"
    case oneOfList = "one-of-list"
    case severalAsList = "several-as-list"
    case onlyField = "only-field"
    case unwrapped
    case cutOff = "cut-off"
  }
}
