package import WeirDiagnostics
package import WeirValues

/// A checked flow as inert data: every name bound, every expression typed, nothing wrong left.
///
/// It does not say how it was checked or how it will run.
package struct Program: Sendable {
  package var about: String?
  package var types = TypeTable()
  /// Every `where` of the flow, under its `ConditionID`.
  package var conditions: [Condition] = []
  /// Every named value of the flow, under its `ValueID`, in the order of the source.
  package var values: [NamedValue] = []
  package var inputs: [Input] = []
  package var providers: [Provider] = []
  package var limits = Limits()
  /// What is to be done, in the order of the source.
  package var work: [Work] = []
  package var outputs: [Output] = []

  package init() {}

  package subscript(id: ValueID) -> NamedValue { values[id.index] }
  package subscript(id: ConditionID) -> Condition { conditions[id.index] }
}

/// A value that the flow gives a name at its top level.
package struct ValueID: Sendable, Hashable {
  package let index: Int
  package init(_ index: Int) { self.index = index }
}

package struct NamedValue: Sendable {
  package let name: String
  package let type: ValueType
  /// Where the name stands.
  package let span: Span

  package init(name: String, type: ValueType, span: Span) {
    self.name = name
    self.type = type
    self.span = span
  }
}

/// `input name: T = default where … "…"`
package struct Input: Sendable {
  package let id: ValueID
  package let name: String
  package let type: ValueType
  package let defaultValue: Expression?
  package let notes: TypeNotes
  package let span: Span

  package init(
    id: ValueID, name: String, type: ValueType, defaultValue: Expression?, notes: TypeNotes, span: Span
  ) {
    self.id = id
    self.name = name
    self.type = type
    self.defaultValue = defaultValue
    self.notes = notes
    self.span = span
  }
}

/// A `where`: `it` is local 0 of its expression.
package struct Condition: Sendable {
  package let expression: Expression
  /// As the author wrote it, for messages.
  package let text: String

  package init(expression: Expression, text: String) {
    self.expression = expression
    self.text = text
  }
}

package enum Work: Sendable {
  case `let`(Let)
  /// Large, so that a list of work holds only where it is.
  indirect case step(Step)

  package var id: ValueID {
    switch self {
    case .let(let entry): entry.id
    case .step(let step): step.id
    }
  }
}

/// `let name = expression`: pure, free of charge.
package struct Let: Sendable {
  package let id: ValueID
  package let expression: Expression
  /// Set when `json` is to be read into this type, which may fail.
  package let readAs: ValueType?

  package init(id: ValueID, expression: Expression, readAs: ValueType? = nil) {
    self.id = id
    self.expression = expression
    self.readAs = readAs
  }
}

/// `output expression` (`name` is nil) or `output name = expression`.
package struct Output: Sendable {
  package let name: String?
  package let expression: Expression

  package init(name: String?, expression: Expression) {
    self.name = name
    self.expression = expression
  }
}

package struct Limits: Sendable {
  /// How many requests may be under way at once.
  package var concurrency: Int
  package static let defaultConcurrency = 16

  package init(concurrency: Int = Limits.defaultConcurrency) { self.concurrency = concurrency }
}
