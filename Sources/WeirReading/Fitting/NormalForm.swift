/// A word as it is compared where case, accents and punctuation shall not count: `In Progress`,
/// `in_progress` and `IN-PROGRESS` are alike, `café` and `Cafe` are.
///
/// Letters of every script stay apart; only what a letter carries is left away.
struct NormalForm: Hashable {
  let text: String

  init(_ word: some StringProtocol) {
    var text = ""
    for scalar in word.unicodeScalars {
      if scalar.isASCII {
        switch scalar {
        case "a"..."z", "0"..."9": text.unicodeScalars.append(scalar)
        case "A"..."Z": text.unicodeScalars.append(Unicode.Scalar(UInt8(scalar.value) | 0x20))
        default: break
        }
      } else {
        Self.append(scalar, to: &text)
      }
    }
    self.text = text
  }

  var isEmpty: Bool { text.isEmpty }

  private static func append(_ scalar: Unicode.Scalar, to text: inout String) {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter:
      // The library tells nobody how a letter is made up, save in its name:
      // LATIN SMALL LETTER E WITH ACUTE.
      for small in scalar.properties.lowercaseMapping.unicodeScalars
      where small.properties.generalCategory != .nonspacingMark { text += plain(small) }
    case .otherLetter, .modifierLetter, .decimalNumber, .letterNumber, .otherNumber, .mathSymbol,
      .currencySymbol:
      text.unicodeScalars.append(scalar)
    default: break
    }
  }

  private static func plain(_ letter: Unicode.Scalar) -> String {
    guard !letter.isASCII, let name = letter.properties.name else { return String(letter) }
    guard let carried = name.firstRange(of: " WITH ") else {
      return name.hasPrefix("GREEK") ? name : String(letter)
    }
    let bare = name[..<carried.lowerBound]
    guard let last = bare.split(separator: " ").last, last.utf8.count == 1 else { return String(bare) }
    return last.lowercased()
  }
}
