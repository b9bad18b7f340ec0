package import WeirValues

extension Expression {
  /// Calls `visit` with this expression and every one inside it, outermost first.
  package func walk(_ visit: (Expression) -> Void) {
    visit(self)
    switch kind {
    case .constant, .value, .local, .environment: break
    case .file(_, let arguments): for argument in arguments { argument.walk(visit) }
    case .template(let template): template.walk(visit)
    case .list(let elements): for element in elements { element.walk(visit) }
    case .record(let entries): for entry in entries { entry.value.walk(visit) }
    case .comprehension(let comprehension):
      comprehension.list.walk(visit)
      comprehension.condition?.walk(visit)
      comprehension.element.walk(visit)
    case .field(let base, _, _), .negate(let base), .not(let base), .trusted(let base): base.walk(visit)
    case .element(let base, let index):
      base.walk(visit)
      index.walk(visit)
    case .binary(_, let left, let right):
      left.walk(visit)
      right.walk(visit)
    case .conditional(let condition, let then, let otherwise):
      condition.walk(visit)
      then.walk(visit)
      otherwise.walk(visit)
    case .call(let call): for argument in call.arguments { argument.expression.walk(visit) }
    }
  }

  /// Whether it reads a named value that is meant.
  package func reads(_ isMeant: (ValueID) -> Bool) -> Bool {
    var found = false
    walk { inner in
      if case .value(let id) = inner.kind, !found { found = isMeant(id) }
    }
    return found
  }

  /// The named values that it reads, each once, in the order in which they stand.
  package var references: [ValueID] {
    var found = OrderedIDs()
    found.add(self)
    return found.ids
  }
}

/// Ids in the order in which they were met, each once.
private struct OrderedIDs {
  private(set) var ids: [ValueID] = []
  private var seen: Set<ValueID> = []

  mutating func add(_ id: ValueID) {
    if seen.insert(id).inserted { ids.append(id) }
  }

  mutating func add(_ expression: Expression) {
    expression.walk { inner in
      if case .value(let id) = inner.kind { add(id) }
    }
  }
}

extension Template {
  package func walk(_ visit: (Expression) -> Void) {
    for part in parts {
      switch part {
      case .text: break
      case .value(let expression): expression.walk(visit)
      case .choice(let branches, let otherwise):
        for branch in branches {
          branch.condition.walk(visit)
          branch.body.walk(visit)
        }
        otherwise?.walk(visit)
      case .loop(let list, _, let body):
        list.walk(visit)
        body.walk(visit)
      }
    }
  }
}

extension Program {
  /// The conditions that a type holds its values to, those inside named types included.
  package func conditions(of type: ValueType) -> [ConditionID] {
    var found: [ConditionID] = []
    var seen: Set<TypeID> = []
    collect(type, &found, &seen)
    return found
  }

  private func collect(_ type: ValueType, _ found: inout [ConditionID], _ seen: inout Set<TypeID>) {
    func note(_ notes: TypeNotes) {
      if let condition = notes.condition { found.append(condition) }
    }
    switch type {
    case .list(let element, let notes), .dictionary(let element, let notes):
      note(notes)
      collect(element, &found, &seen)
    case .record(let fields):
      for field in fields {
        note(field.notes)
        collect(field.type, &found, &seen)
      }
    case .union(let members): for member in members { collect(member, &found, &seen) }
    case .named(let id):
      guard seen.insert(id).inserted else { return }
      note(types[id].notes)
      collect(types[id].type, &found, &seen)
    case .string, .int, .number, .bool, .null, .image, .file, .secret, .json, .text, .constant, .error: break
    }
  }

  /// The named values that a piece of work waits for. A block waits for what its head names; what
  /// stands in it waits by itself.
  package func needs(of work: Work) -> [ValueID] {
    var found = OrderedIDs()
    switch work {
    case .let(let entry):
      found.add(entry.expression)
      if let type = entry.readAs { add(conditions(of: type), to: &found) }
    case .step(let step):
      for setting in step.settings.all { found.add(setting) }
      for ensure in step.ensures {
        found.add(ensure.condition)
        if let reason = ensure.reason { found.add(reason) }
      }
      add(conditions(of: step.type), to: &found)
      if let continued = step.continued { found.add(continued) }
      for tool in step.settings.tools {
        for id in needs(of: self[tool.id]) { found.add(id) }
      }
    case .run(let step): for expression in step.expressions { found.add(expression) }
    case .call(let call): for argument in call.arguments { found.add(argument.value) }
    case .for(let loop): found.add(loop.list)
    case .if(let choice): for branch in choice.branches { branch.condition.map { found.add($0) } }
    case .repeat(let loop):
      found.add(loop.start)
      found.add(loop.bound)
    case .until(let until): found.add(until.condition)
    case .next(let next): found.add(next.value)
    }
    return found.ids
  }

  /// The named values that an input's default and conditions read.
  package func needs(of input: Input) -> [ValueID] {
    var found = OrderedIDs()
    if let expression = input.defaultValue { found.add(expression) }
    if let condition = input.notes.condition { add([condition], to: &found) }
    add(conditions(of: input.type), to: &found)
    return found.ids
  }

  private func add(_ conditions: [ConditionID], to found: inout OrderedIDs) {
    for condition in conditions { found.add(self[condition].expression) }
  }
}
