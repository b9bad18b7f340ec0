/// What came of holding a value to a type: the value in the shape of the type, and all that is wrong.
///
/// It does not ask whether conditions hold: it says which there are and on what.
package struct Conformance: Sendable {
  /// The fields of records are in the order of their type, those that are optional and absent are
  /// null, and those that the type does not have are gone. Of use only where it fits.
  package let value: Value
  /// Everything that does not fit, in the order of the type's fields and the value's elements.
  package let mismatches: [Mismatch]
  /// The fields that no type has. Whether that is wrong, the caller says.
  package let extra: [ValuePath]
  /// The conditions that parts of the value must meet, in the order of the value, the outer one
  /// first. Not those of null, which an optional may always be, nor of what does not fit.
  package let conditioned: [Conditioned]

  package var fits: Bool { mismatches.isEmpty }

  package struct Conditioned: Sendable, Hashable {
    package let condition: ConditionID
    package let value: Value
    package let path: ValuePath
  }
}

/// A part of a value that is not of its type.
package struct Mismatch: Sendable, Hashable {
  package let path: ValuePath
  /// The type, as the author wrote it.
  package let expected: String
  /// In words: `the number 5`; nil where there is nothing.
  package let found: String?

  package init(path: ValuePath, expected: String, found: String?) {
    self.path = path
    self.expected = expected
    self.found = found
  }

  /// Lower case, without a full stop. `whole` is what the whole value is called.
  package func message(whole: String = "the answer") -> String {
    guard let found else { return "\(path.phrase(whole: whole)) is missing, it must be `\(expected)`" }
    return "\(path.phrase(whole: whole)) must be `\(expected)`, found \(found)"
  }
}

extension TypeTable {
  /// Holds a value to a type, strictly: nothing is converted, but `3.0` is an int. Of a union the
  /// first member that fits without a field too many counts; when none does, the one that comes
  /// nearest says what is wrong.
  package func conform(_ value: Value, to type: ValueType) -> Conformance {
    var conformer = Conformer(self)
    let shaped = conformer.walk(value, type)
    return conformer.findings.conformance(of: shaped)
  }
}

extension Value {
  /// What kind of value it is, and for a string its beginning: `the string "sad"`.
  package var phrase: String {
    guard case .string(let text) = self else { return noun }
    let isShort = text.unicodeScalars.prefix(41).count <= 40
    let shown = isShort ? text : String(text.unicodeScalars.prefix(39)) + "…"
    return "the string \(Value.string(shown).json())"
  }
}
