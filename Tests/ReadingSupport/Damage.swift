/// What models do to JSON that leaves its meaning as it is.
package enum Damage: String, CaseIterable, Sendable {
  // Around it.
  case fence, longFence, openFence, prose, thinking, byteOrderMark, tokenAtEnd, inString, twice
  // Its syntax.
  case singleQuotes, curlyQuotes, bareNames, surplusCommas, missingCommas, comments, wordsOfPython
  case rawLineEnds, missingBrace, escapedUnderscores, surplusBrace
  // How numbers are written.
  case leadingPlus, hexadecimal, numberTexts, groupedNumbers, currency
  // The shape.
  case truthWords, loudLabels, explainedLabels, camelCase, capitals, absentOptionals, extraFields, oneForList
  case listOfOne, otherOrder
}

/// What leaves no way to tell the value: it must be refused.
package enum Loss: String, CaseIterable, Sendable {
  case requiredField, requiredNull, wordyNumber, changedNumber, vagueBool, unknownLabel, negatedLabel
  case cutString, cutAnywhere, otherAnswer, textForRecord, refusal
}
