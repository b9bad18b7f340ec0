package import WeirValues

/// Answers that no model gave: of the right form, always the same for the same question, and readable
/// enough that nobody takes them for more than they are.
package enum MadeUpAnswer {
  /// A value that the schema allows, for `seed`: the question that is answered.
  ///
  /// Holds to types, `enum`, `required`, lengths, counts and ranges wherever they can be held to at
  /// once, and to patterns of character classes, groups, alternatives and counts. A pattern with
  /// anything beyond that (look-around, back-references, `\p`) is not met.
  package static func value(for schema: Value, seed: String) -> Value {
    var maker = MadeUpValue(schema, seed: seed)
    return maker.make()
  }

  /// An answer in plain text, which says what it is and how the prompt begins.
  package static func text(for prompt: String, pass: [Int] = []) -> String {
    let place = pass.isEmpty ? "" : " in pass \(pass.map(String.init).joined(separator: "."))"
    return
      "This answer is made up, no model was asked\(place). The prompt begins: \"\(beginning(of: prompt))\""
  }

  /// What an endpoint answers to the request: plain text, or JSON where it asks for a schema.
  package static func reply(to request: EndpointRequest) -> String {
    let prompt = request.prompt.text
    guard let answer = request.answer else { return text(for: prompt, pass: request.pass) }
    let seed = request.turns.isEmpty ? prompt : request.conversation.text
    return value(for: answer.schema, seed: "\(seed)\(request.pass.isEmpty ? "" : "\(request.pass)")").json(
      indent: 2)
  }

  /// About 80 bytes on one line, cut between words where there are words.
  private static func beginning(of prompt: String) -> String {
    let limit = 80
    var line: [UInt8] = []
    line.reserveCapacity(limit + 1)
    var lastBlank: Int?
    for byte in prompt.utf8 {
      let isBlank = byte <= 0x20
      if isBlank, line.isEmpty || line.last == 0x20 { continue }
      if isBlank { lastBlank = line.count }
      line.append(isBlank ? 0x20 : byte)
      if line.count > limit { return shortened(line, at: lastBlank) }
    }
    if line.last == 0x20 { line.removeLast() }
    return String(decoding: line, as: UTF8.self)
  }

  /// Where there is no blank, a character that is cut through is left out.
  private static func shortened(_ line: [UInt8], at blank: Int?) -> String {
    var end = blank ?? line.count - 1
    if blank == nil {
      while end > 0, line[end] & 0xC0 == 0x80 { end -= 1 }
    }
    return String(decoding: line[..<end], as: UTF8.self) + " …"
  }
}

/// Chance that is the same in every process and on every machine.
struct Dice {
  private var state: UInt64

  /// FNV-1a of the seed, so that the dice are no part of Swift's seeded hashing.
  init(_ seed: String) {
    state = 0xCBF2_9CE4_8422_2325
    for byte in seed.utf8 { state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
  }

  /// A number from 0 to below `sides`. SplitMix64.
  mutating func roll(_ sides: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((bits ^ (bits >> 31)) % UInt64(max(1, sides)))
  }

  mutating func pick<Element>(_ elements: [Element]) -> Element? {
    elements.isEmpty ? nil : elements[roll(elements.count)]
  }
}
