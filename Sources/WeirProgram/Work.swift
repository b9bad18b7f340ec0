package import WeirDiagnostics
package import WeirValues

/// One thing to be done, or a block of them.
package enum Work: Sendable {
  indirect case `let`(Let)
  /// Asks a model.
  case step(Step)
  /// Runs a program.
  indirect case run(RunStep)
  /// Runs a used flow as a part of this one.
  indirect case call(CallStep)
  indirect case `for`(For)
  indirect case `if`(If)
  indirect case `repeat`(Repeat)
  indirect case until(Until)
  indirect case next(Next)
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

/// `step name = run(["program", …])`: runs a program without a shell and binds what it prints, as text
/// without its last line break.
package struct RunStep: Sendable {
  package let id: ValueID
  package let name: String
  /// Where the name stands.
  package let span: Span
  /// A list of strings. The first is the program, and known before the first request.
  package let command: Expression
  package var input: Expression?
  /// Variables for the program beside those that it inherits.
  package var environment: [Variable] = []
  /// Seconds.
  package var timeout: Expression?
  package var retries: Expression?
  /// A string or null to go on with when it has failed for good.
  package var otherwise: Expression?

  package struct Variable: Sendable {
    package let name: String
    /// A string or a secret.
    package let value: Expression

    package init(name: String, value: Expression) {
      self.name = name
      self.value = value
    }
  }

  package init(id: ValueID, name: String, span: Span, command: Expression) {
    self.id = id
    self.name = name
    self.span = span
    self.command = command
  }

  package var expressions: [Expression] {
    [command, input, timeout, retries, otherwise].compactMap { $0 } + environment.map(\.value)
  }
}

/// `step name = flow(argument: value)`
package struct CallStep: Sendable {
  package let id: ValueID
  package let name: String
  /// Where the name stands.
  package let span: Span
  package let flow: FlowID
  /// The values of the flow's inputs; those that are not here take their default.
  package let arguments: [Argument]

  package struct Argument: Sendable {
    /// An input of the flow that is called.
    package let input: ValueID
    package let value: Expression

    package init(input: ValueID, value: Expression) {
      self.input = input
      self.value = value
    }
  }

  package init(id: ValueID, name: String, span: Span, flow: FlowID, arguments: [Argument]) {
    self.id = id
    self.name = name
    self.span = span
    self.flow = flow
    self.arguments = arguments
  }
}

/// `for x, i in list { … }`: its body for every element at once, each element's chain on its own.
package struct For: Sendable {
  package let list: Expression
  /// Values of the body alone.
  package let element: ValueID
  package let index: ValueID?
  package let body: [Work]
  package let exports: [Export]
  /// From `for` to the list.
  package let span: Span

  package init(
    list: Expression, element: ValueID, index: ValueID?, body: [Work], exports: [Export], span: Span
  ) {
    self.list = list
    self.element = element
    self.index = index
    self.body = body
    self.exports = exports
    self.span = span
  }
}

/// What is made in the body of a loop, and what is seen of it outside: after a `for` the list of all,
/// after a `repeat` the last one.
package struct Export: Sendable {
  package let inner: ValueID
  package let outer: ValueID

  package init(inner: ValueID, outer: ValueID) {
    self.inner = inner
    self.outer = outer
  }
}

/// `if c { … } else if d { … } else { … }`
package struct If: Sendable {
  package struct Branch: Sendable {
    /// Nil for `else`, which stands last.
    package let condition: Expression?
    package let body: [Work]

    package init(condition: Expression?, body: [Work]) {
      self.condition = condition
      self.body = body
    }
  }

  /// What is seen outside: what the branch taken has made, or null where it makes nothing of the name
  /// or none is taken.
  package struct Export: Sendable {
    package let outer: ValueID
    /// One for each branch.
    package let inner: [ValueID?]

    package init(outer: ValueID, inner: [ValueID?]) {
      self.outer = outer
      self.inner = inner
    }
  }

  package let branches: [Branch]
  package let exports: [Export]
  /// From `if` to the first condition.
  package let span: Span

  package init(branches: [Branch], exports: [Export], span: Span) {
    self.branches = branches
    self.exports = exports
    self.span = span
  }
}

/// `repeat x = start, up to bound { … until c … next y }`
package struct Repeat: Sendable {
  /// The value that goes round, as the body sees it, and as it is seen when all is done.
  package let variable: Export
  package let start: Expression
  /// A whole number of at least 1, known before the first request.
  package let bound: Expression
  /// Its last entry is `next`.
  package let body: [Work]
  /// What stands before every `until`, as the last pass has left it.
  package let exports: [Export]
  /// From `repeat` to the bound.
  package let span: Span

  package init(
    variable: Export, start: Expression, bound: Expression, body: [Work], exports: [Export], span: Span
  ) {
    self.variable = variable
    self.start = start
    self.bound = bound
    self.body = body
    self.exports = exports
    self.span = span
  }
}

/// `until c`: where it holds, this pass is the last one, and what stands below is not done.
package struct Until: Sendable {
  package let condition: Expression
  package let span: Span

  package init(condition: Expression, span: Span) {
    self.condition = condition
    self.span = span
  }
}

/// `next y`: the value of the next pass, or the last value when there is none.
package struct Next: Sendable {
  package let value: Expression
  package let span: Span

  package init(value: Expression, span: Span) {
    self.value = value
    self.span = span
  }
}
