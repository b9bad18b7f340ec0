/// How people say yes and no.
enum TruthWords {
  /// By normal form. Words that mean something else in another of the languages are left out.
  private static let meanings: [String: Bool] = {
    var meanings: [String: Bool] = [:]
    let yes = [
      "true", "yes", "y", "t", "on", "correct", "ja", "oui", "si", "sim", "да", "tak", "ano", "evet", "hai",
      "vrai", "wahr", "verdadero", "verdadeiro", "vero", "правда", "истина", "はい", "是", "是的", "对", "真",
      "예", "네", "نعم", "हाँ", "हां",
    ]
    let no = [
      "false", "no", "n", "f", "off", "incorrect", "nein", "non", "nao", "нет", "nie", "ne", "nej", "nei",
      "hayir", "iie", "faux", "falsch", "falso", "ложь", "いいえ", "否", "不", "不是", "假", "아니요", "아니오",
      "لا", "नहीं",
    ]
    for word in yes { meanings[NormalForm(word).text] = true }
    for word in no { meanings[NormalForm(word).text] = false }
    return meanings
  }()

  /// Without quotes: what languages call it.
  static func keyword(_ text: String) -> Bool? {
    switch text {
    case "true", "True", "TRUE": true
    case "false", "False", "FALSE": false
    default: nil
    }
  }

  static func meaning(of word: NormalForm) -> Bool? { meanings[word.text] }

  /// Whether one of the words of a text, near its beginning, has the meaning.
  static func says(_ meaning: Bool, in text: Substring) -> Bool {
    text.prefix(2_000).split { !$0.isLetter }
      .contains { $0.utf8.count > 1 && Self.meaning(of: NormalForm($0)) == meaning }
  }

  /// Greatest length in scalars of a word that has a meaning.
  static let longest = 12
}

/// How a value that is not there is written.
enum NullWords {
  private static let words: Set<String> = [
    "", "null", "none", "nil", "undefined", "n/a", "na", "-", "–", "—", "nan", "infinity", "-infinity", "inf",
    "-inf",
  ]

  /// In a place where there must be no text.
  static func contains(_ text: String) -> Bool { text.utf8.count <= 12 && words.contains(text.lowercased()) }

  /// Without quotes: what languages call it.
  static func isKeyword(_ text: String) -> Bool {
    switch text {
    case "null", "None", "nil", "undefined", "NULL", "Null", "NIL", "Nil": true
    default: false
    }
  }
}
