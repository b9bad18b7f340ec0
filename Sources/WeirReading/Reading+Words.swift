import WeirValues

extension Reading.Change.Kind {
  /// What was forgiven, for a person: `a comma was missing`.
  package var phrase: String {
    switch self {
    case .missingComma: "a comma was missing"
    case .surplusComma: "a comma was too many"
    case .missingColon: "a colon was missing"
    case .missingBracket: "a closing bracket was missing"
    case .surplusBracket: "a closing bracket was too many"
    case .missingQuote: "a closing quote was missing"
    case .otherQuote: "other quotes were used than JSON's"
    case .unescapedQuote: "a quote inside a string was not escaped"
    case .unescapedControl: "a line break or tab inside a string was not escaped"
    case .wrongEscape: "an escape was none that JSON knows"
    case .unquotedKey: "a key had no quotes"
    case .unquotedText: "a text had no quotes"
    case .comment: "a comment was passed over"
    case .ellipsis: "an ellipsis was passed over"
    case .byteOrderMark: "a byte-order mark was passed over"
    case .otherWord: "a word of another language was read, such as `True` or `None`"
    case .otherNumber: "a number was not written as in JSON"
    case .invalidUTF8: "bytes that are not UTF-8 were replaced"
    case .repeatedKey: "a key stood there more than once; the last one counts"
    case .missingValue: "a key had no value"
    case .textAsNumber: "a text was read as a number"
    case .groupedNumber: "a number had thousands separators"
    case .decimalComma: "a comma was read as the decimal point"
    case .unitDropped: "a unit or sign beside a number was dropped"
    case .fraction: "a fraction was read as a number"
    case .textAsBool: "a text was read as true or false"
    case .numberAsBool: "a number was read as true or false"
    case .textAsNull: "a text was read as null"
    case .numberAsText: "a number was read as a text"
    case .boolAsText: "true or false was read as a text"
    case .textInText: "JSON inside of a string was read"
    case .otherCase: "capitals and small letters differed"
    case .otherPunctuation: "punctuation or accents differed"
    case .explained: "an explanation beside the value was dropped"
    case .mentioned: "the value was found in a sentence"
    case .otherKey: "a key was spelled otherwise"
    case .extraField: "a field that the type does not have was dropped"
    case .listOfOne: "one value was read as a list"
    case .oneOfList: "a list of one was read as its element"
    case .severalAsList: "several values in a row were read as a list"
    case .onlyField: "a value was read as the only field of a record"
    case .unwrapped: "a value was taken out of a record around it"
    case .cutOff: "the end was missing"
    }
  }
}

extension Reading.Change {
  /// With the part of the value that it is about: ``in `score`, a text was read as a number``.
  package var message: String { path.isEmpty ? kind.phrase : "in `\(path)`, \(kind.phrase)" }
}

extension Reading.Place {
  /// A stable word for machines.
  package var word: String {
    switch self {
    case .whole: "whole"
    case .fence: "fence"
    case .prose: "prose"
    }
  }
}
