import WeirSyntaxSupport
import WeirValues

/// Writes a value of a type as a model might: as JSON, with some damage.
struct AnswerWriter {
  let damages: Set<Damage>
  /// What is destroyed, at one place that can bear it.
  let loss: Loss?
  private var random: Random
  private var text = ""
  /// How many places of the value could bear the loss, and which of them does.
  private(set) var places = 0
  private let place: Int
  /// Where the text is to be cut.
  private var cut: String.Index?

  init(_ damages: Set<Damage>, loss: Loss? = nil, at place: Int = -1, _ random: Random) {
    self.damages = damages
    self.loss = loss
    self.place = place
    self.random = random
  }

  /// The text; where it is cut, what is before the cut.
  mutating func write(_ value: Value, _ type: ValueType) -> String {
    text = ""
    write(value, type, depth: 0)
    if let cut { return String(text[..<cut]) }
    return text
  }

  /// Whether this place is the one that is lost.
  private mutating func loses(_ kind: Loss) -> Bool {
    guard loss == kind else { return false }
    places += 1
    return places - 1 == place
  }

  private mutating func write(_ value: Value, _ type: ValueType, depth: Int) {
    if case .union(let members) = type, let plain = plainMember(members) {
      return value.isNull ? text += word("null", "None") : writePresent(value, plain, depth: depth)
    }
    if loses(.requiredNull) { return text += "null" }
    writePresent(value, type, depth: depth)
  }

  private mutating func writePresent(_ value: Value, _ type: ValueType, depth: Int) {
    if case .union(let members) = type, let label = value.string, members.contains(.text(label)) {
      return writeLabel(label)
    }
    switch (value, type) {
    case (.number(let number), .int), (.number(let number), .number): writeNumber(number, type)
    case (.bool(let bool), _): writeBool(bool)
    case (.string(let said), .string): writeString(said)
    case (.list(let elements), .list(let element, _)): writeList(elements, element, depth)
    case (.record(let record), .record(let fields)): writeRecord(record, fields, depth)
    case (.record(let record), .dictionary(let element, _)):
      writeFields(record.fields.map { ($0.name, $0.value, element) }, depth, isDictionary: true)
    case (_, .union(let members)): writeKind(value, members, depth)
    default: text += value.json()
    }
  }

  /// The type beside null, where there is just one.
  private func plainMember(_ members: [ValueType]) -> ValueType? {
    let rest = members.filter { $0 != .null }
    guard members.contains(.null) else { return nil }
    return rest.count == 1 ? rest[0] : .union(rest)
  }

  private func isOptional(_ type: ValueType) -> Bool {
    if case .union(let members) = type { members.contains(.null) } else { false }
  }

  /// A record of one of several kinds.
  private mutating func writeKind(_ value: Value, _ members: [ValueType], _ depth: Int) {
    for case .record(let fields) in members
    where fields.allSatisfy({ field in
      if case .text(let text) = field.type {
        value[field.name] == .string(text)
      } else {
        value[field.name] != nil
      }
    }) {
      return writeFields(fields.map { ($0.name, value[$0.name] ?? .null, $0.type) }, depth)
    }
    text += value.json()
  }
}

extension AnswerWriter {
  private func word(_ plain: String, _ python: String) -> String {
    damages.contains(.wordsOfPython) ? python : plain
  }

  private mutating func writeBool(_ bool: Bool) {
    if loses(.vagueBool) {
      return text += random.pick(["\"maybe\"", "\"No problem\"", "\"Yes it is\"", "7"])
    }
    if damages.contains(.truthWords) {
      return text += random.pick(
        bool ? ["\"yes\"", "\"True\"", "\"Ja.\"", "\"on\""] : ["\"no\"", "\"False\"", "\"Нет\"", "\"off\""])
    }
    text += bool ? word("true", "True") : word("false", "False")
  }

  private mutating func writeNumber(_ number: Number, _ type: ValueType) {
    let plain = "\(number)"
    if loses(.wordyNumber) {
      return text +=
        "\"" + random.pick(["about \(plain)", "\(plain) million", "\(plain)k", "\(plain) km", "many"]) + "\""
    }
    if type == .int, loses(.changedNumber) { return text += random.pick(["\(plain).7", "\"\(plain).25\""]) }
    if damages.contains(.groupedNumbers), let int = number.int, abs(int) >= 1000 {
      return text += "\"\(grouped(int))\""
    }
    if damages.contains(.currency), number.double >= 0 {
      return text += random.pick(["\"$\(plain)\"", "\"\(plain) €\"", "\"\(plain)%\""])
    }
    if damages.contains(.numberTexts) { return text += "\"\(plain)\"" }
    if damages.contains(.hexadecimal), let int = number.int, int >= 0 {
      return text += "0x" + String(int, radix: 16, uppercase: true)
    }
    text += damages.contains(.leadingPlus) && number.double > 0 ? "+\(plain)" : plain
  }

  private mutating func grouped(_ int: Int) -> String {
    var digits = String(abs(int))
    var groups: [String] = []
    while digits.count > 3 {
      groups.insert(String(digits.suffix(3)), at: 0)
      digits.removeLast(3)
    }
    // One comma or point alone may be that of a fraction to some, so that has more than one rule.
    let sign = random.pick([",", " ", "'", "\u{A0}", "_"])
    return (int < 0 ? "-" : "") + ([digits] + groups).joined(separator: sign)
  }

  private mutating func writeLabel(_ label: String) {
    if loses(.unknownLabel) { return text += "\"zebra\"" }
    if loses(.negatedLabel) { return text += "\"not \(label)\"" }
    var label = label
    if damages.contains(.loudLabels) {
      label = random.pick([
        label.uppercased() + "!", " \(label).", "**\(label)**", label.replacing("_", with: "-"),
      ])
    } else if damages.contains(.explainedLabels) {
      label += random.pick([": so it says", " - so it says", "\\nSo it says.", ", so it says"])
    }
    write(quoted: label)
  }

  private mutating func writeString(_ said: String) {
    let isCut = loses(.cutString)
    if isCut {
      text += "\"" + said.filter { $0.isLetter }
      cut = text.endIndex
      return text += "…\""
    }
    var escaped = String(Value.string(said).json().dropFirst().dropLast())
    if damages.contains(.rawLineEnds) {
      escaped = escaped.replacing("\\n", with: "\n").replacing("\\t", with: "\t")
    }
    write(quoted: escaped)
  }

  private mutating func write(quoted escaped: String) {
    if damages.contains(.singleQuotes) {
      text += "'" + escaped.replacing("\\\"", with: "\"").replacing("'", with: "\\'") + "'"
    } else if damages.contains(.curlyQuotes) {
      text += "“\(escaped)”"
    } else {
      text += "\"\(escaped)\""
    }
  }
}

extension AnswerWriter {
  private mutating func writeList(_ elements: [Value], _ element: ValueType, _ depth: Int) {
    if damages.contains(.oneForList), elements.count == 1, depth > 0, !isOptional(element) {
      return write(elements[0], element, depth: depth)
    }
    text += "["
    for (index, value) in elements.enumerated() {
      if index > 0 { text += damages.contains(.missingCommas) ? "\n" : ", " }
      write(value, element, depth: depth + 1)
    }
    text += damages.contains(.surplusCommas) && !elements.isEmpty ? ",]" : "]"
  }

  private mutating func writeRecord(_ record: Record, _ fields: [RecordField], _ depth: Int) {
    if fields.count(where: { !isOptional($0.type) }) > 1, loses(.textForRecord) {
      return text += "\"see above\""
    }
    var written: [(String, Value, ValueType)] = []
    for field in fields {
      let value = record[field.name] ?? .null
      if damages.contains(.absentOptionals), value.isNull, fields.count > 1 { continue }
      if !isOptional(field.type), loses(.requiredField) { continue }
      written.append((field.name, value, field.type))
    }
    if damages.contains(.otherOrder) { written.shuffle(using: &random) }
    let wraps = damages.contains(.listOfOne) && depth > 0
    if wraps { text += "[" }
    writeFields(written, depth)
    if wraps { text += "]" }
  }

  private mutating func writeFields(
    _ fields: [(String, Value, ValueType)], _ depth: Int, isDictionary: Bool = false
  ) {
    let indent = "\n" + String(repeating: "  ", count: depth + 1)
    text += "{"
    for (index, field) in fields.enumerated() {
      if index > 0, !damages.contains(.missingCommas) { text += "," }
      if index > 0, damages.contains(.comments) {
        text += random.pick([" // as it's said", " /* {a guess} */", " # \"so\""])
      }
      text += indent
      writeName(field.0, isDictionary: isDictionary)
      text += ": "
      write(field.1, field.2, depth: depth + 1)
    }
    if damages.contains(.extraFields), !isDictionary {
      text += (fields.isEmpty || damages.contains(.missingCommas) ? "" : ",") + indent
      writeName("unasked_reason", isDictionary: false)
      text += ": "
      write(quoted: "because")
    } else if damages.contains(.surplusCommas), !fields.isEmpty {
      text += ","
    }
    text += indent.dropLast(2) + "}"
  }

  private mutating func writeName(_ name: String, isDictionary: Bool) {
    var name = name
    if !isDictionary {
      if damages.contains(.camelCase) {
        let words = name.split(separator: "_")
        name = words[0] + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
      } else if damages.contains(.capitals) {
        name = name.uppercased()
      } else if damages.contains(.escapedUnderscores) {
        name = name.replacing("_", with: "\\_")
      }
    }
    if damages.contains(.bareNames), !name.contains(" "), !name.contains("\\") { return text += name }
    write(quoted: name)
  }
}
