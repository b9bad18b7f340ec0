import WeirValues

/// Text for a string field: it says that it is made up and of which field it is, and is as long as the
/// bounds want it. Lengths are counted in code points, as JSON Schema does.
enum MadeUpText {
  private static let tails = [
    "amber", "birch", "cobalt", "dune", "ember", "fern", "granite", "harbour",
    "indigo", "juniper", "kelp", "larch", "moss", "nettle", "opal", "pebble",
  ]

  static func make(named name: String, _ node: SchemaNode, _ dice: inout Dice) -> String {
    let least = max(0, node["minLength"]?.number?.int ?? 0)
    let most = max(least, node["maxLength"]?.number?.int ?? .max)
    if let pattern = node["pattern"]?.string.flatMap(PatternSampler.init),
      let text = pattern.sample(least...most, &dice)
    {
      return text
    }
    return fit("made-up \(words(of: name)), \(dice.pick(tails) ?? "")", to: least...most, &dice)
  }

  /// `hero_image` in two words.
  private static func words(of name: String) -> String {
    let bytes = name.utf8.map { $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") || $0 < 0x21 ? 0x20 : $0 }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func fit(_ text: String, to length: ClosedRange<Int>, _ dice: inout Dice) -> String {
    var text = text
    var count = text.unicodeScalars.count
    while count < length.lowerBound {
      let more = " and \(dice.pick(tails) ?? "more")"
      text += more
      count += more.utf8.count
    }
    guard count > length.upperBound else { return text }
    var scalars = text.unicodeScalars.prefix(length.upperBound)
    if scalars.last == " " {
      scalars.removeLast()
      scalars.append(".")
    }
    return String(String.UnicodeScalarView(scalars))
  }
}
