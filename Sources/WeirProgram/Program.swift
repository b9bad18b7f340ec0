package import WeirDiagnostics
package import WeirValues

/// A checked flow, with all that it uses, as inert data: every name bound, every expression typed,
/// nothing wrong left.
///
/// It does not say how it was checked or how it will run.
package struct Program: Sendable {
  package var types = TypeTable()
  /// Every `where` of the flows, under its `ConditionID`.
  package var conditions: [Condition] = []
  /// Every named value of the flows, under its `ValueID`, in the order of the source, file by file.
  package var values: [NamedValue] = []
  /// The variables that some `env("…")` names: what is in them is secret.
  package var secretVariables: Set<String> = []
  /// What steps offer to models, under its `ToolID`.
  package var tools: [Tool] = []
  /// The flows that are called, each before those that call it.
  package var used: [FlowBody] = []
  /// The flow that is run.
  package var main = FlowBody()

  package init() {}

  package subscript(id: ValueID) -> NamedValue { values[id.index] }
  package subscript(id: ConditionID) -> Condition { conditions[id.index] }
  package subscript(id: FlowID) -> FlowBody {
    _read { yield used[id.index] }
  }
}

extension Program {
  package var about: String? {
    get { main.about }
    set { main.about = newValue }
  }

  package var inputs: [Input] {
    _read { yield main.inputs }
    _modify { yield &main.inputs }
  }

  package var providers: [Provider] {
    _read { yield main.providers }
    _modify { yield &main.providers }
  }

  package var limits: Limits {
    get { main.limits }
    set { main.limits = newValue }
  }

  package var work: [Work] {
    _read { yield main.work }
    _modify { yield &main.work }
  }

  package var outputs: [Output] {
    _read { yield main.outputs }
    _modify { yield &main.outputs }
  }
}

/// One file of a program: what comes in, what is done in the order of the source, what goes out.
package struct FlowBody: Sendable {
  /// As others call it; empty for the flow that is run.
  package var name = ""
  package var about: String?
  package var inputs: [Input] = []
  package var providers: [Provider] = []
  package var limits = Limits()
  package var work: [Work] = []
  package var outputs: [Output] = []
  /// What `defaults` says of `model`: for the steps of a used flow that name none, and nothing there does.
  package var defaultModel: Expression?

  package init() {}
}

/// A flow that is called, by its place in `Program.used`.
package struct FlowID: Sendable, Hashable {
  package let index: Int
  package init(_ index: Int) { self.index = index }
}

/// A value that has a name: an input, a `let`, an answer, a variable of a loop. What is made in a body
/// and seen outside in another shape is another value there.
package struct ValueID: Sendable, Hashable {
  private let place: UInt32
  package init(_ index: Int) { place = UInt32(index) }
  package var index: Int { Int(place) }
}

/// What a value is called, its type, and where its name stands. One reference: most are the answers of steps, which
/// say all of it themselves.
package enum NamedValue: Sendable {
  /// Where it is exactly what the model must answer.
  case answer(Step)
  indirect case other(name: String, type: ValueType, span: Span)

  package init(name: String, type: ValueType, span: Span) {
    self = .other(name: name, type: type, span: span)
  }

  package var name: String {
    switch self {
    case .answer(let step): step.name
    case .other(let name, _, _): name
    }
  }

  package var type: ValueType {
    switch self {
    case .answer(let step): step.type
    case .other(_, let type, _): type
    }
  }

  /// Where the name stands.
  package var span: Span {
    switch self {
    case .answer(let step): step.span
    case .other(_, _, let span): span
    }
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
  /// The most that a run may cost, in dollars; nil for any amount.
  package var budget: Number?
  /// How long a run may take, in seconds; nil for as long as it does.
  package var time: Number?
  package static let defaultConcurrency = 16

  package init(concurrency: Int = Limits.defaultConcurrency) { self.concurrency = concurrency }
}
