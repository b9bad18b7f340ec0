package import WeirValues

/// What a text was found to mean, as a value of the wanted type.
package struct Reading: Sendable, Hashable {
  /// Of the type, as `TypeTable.conform` leaves it: fields in the order of the type, absent optionals null.
  package let value: Value
  let forgiven: Forgiven
  package let place: Place
  /// The bytes of the text that were read.
  package let span: Range<Int>
  /// What else in the text was looked at and not taken; of very many the first.
  package let rejected: [Rejected]
  /// The conditions that parts of the value must meet; whether they do, the caller asks.
  package let conditioned: [Conformance.Conditioned]

  /// All that was forgiven, in the order of the text. Empty where the text is the JSON of the value. They are
  /// put together each time they are asked for.
  package var changes: [Change] { forgiven.changes }

  /// How far the text is from the value: the sum of what the changes cost.
  package var cost: Int {
    var cost = place.cost
    forgiven.forEachKind { cost += $0.cost }
    return cost
  }

  package var certainty: Certainty {
    var certainty = Certainty.exact
    forgiven.forEachKind { kind in
      if !kind.isSyntax { certainty = .coerced } else if certainty == .exact { certainty = .mended }
    }
    return certainty
  }

  /// How much of the value is the reader's work.
  package enum Certainty: String, Sendable {
    /// The value stands in the text as JSON, of the type as it is.
    case exact
    /// Its JSON was broken, and could mean only this.
    case mended
    /// Something was of another type, and was understood.
    case coerced
  }

  /// Where in the text a value was found. What costs less is looked at first.
  package enum Place: Sendable, Hashable {
    /// The value is all of the text.
    case whole
    /// In a fence, with the language that it names.
    case fence(String)
    case prose

    var cost: Int {
      switch self {
      case .whole: 0
      case .fence: 1
      case .prose: 2
      }
    }
  }

  /// A part of the text that might have been the value.
  package struct Rejected: Sendable, Hashable {
    /// In bytes.
    package let span: Range<Int>
    package let place: Place
    /// Lower case, without a full stop.
    package let reason: String
  }

  /// Something that was forgiven.
  package struct Change: Sendable, Hashable {
    package let kind: Kind
    /// The part of the value that it is about.
    package let path: ValuePath
    /// In bytes, from the start of the text.
    package let offset: Int

    package init(_ kind: Kind, at path: ValuePath = ValuePath(), offset: Int) {
      self.kind = kind
      self.path = path
      self.offset = offset
    }
  }
}

extension Reading {
  /// The value is of the type, and has its shape already; but for a part of a value, which fits no type.
  init(
    _ value: Value, _ forgiven: Forgiven, _ place: Place, _ span: Range<Int>, _ rejected: [Rejected],
    in types: TypeTable, _ type: ValueType, _ options: ReadingOptions
  ) {
    if options.allowsPartial || types.hasConditions(type) {
      let conformance = types.conform(value, to: type)
      self.value = conformance.fits ? conformance.value : value
      conditioned = conformance.conditioned
    } else {
      self.value = value
      conditioned = []
    }
    self.forgiven = forgiven
    self.place = place
    self.span = span
    self.rejected = rejected
  }
}
