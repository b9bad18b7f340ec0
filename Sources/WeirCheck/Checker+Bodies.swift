import WeirDiagnostics
import WeirProgram
import WeirSyntax
import WeirValues

/// What a body has made so far.
struct BodyScope {
  struct Made {
    let name: NameSyntax
    let id: ValueID
  }

  enum Kind { case loop, branch, pass }

  let kind: Kind
  /// Names and the values that they stand for, in the order of the source.
  var made: [Made] = []
  /// How many of them stand before the first `until`; nil while there is none.
  var madeBeforeUntil: Int?
  /// Names that have got a meaning in the body, and the one that they had before.
  var named: [(name: String, before: Checker.Meaning?)] = []
  /// The first value that the body has made or been given: what hangs on none from here on does not
  /// change from pass to pass.
  var firstValue = 0
}

extension Checker {
  // MARK: for

  mutating func checkFor(_ entry: ForSyntax) -> Work? {
    let list = expression(entry.list)
    let type = elementType(of: list, for: "`for`")
    let isLate = isLate(list)
    let isUntrusted = isUntrusted(list)
    var element = ValueID(0)
    var index: ValueID?
    let (work, scope) = body(entry.body, .loop) { checker in
      element = checker.variable(entry.binder.name, type, isLate: isLate, isUntrusted: isUntrusted)
      checker.noteInputs(behind: element, of: list)
      index = entry.binder.index.map { checker.variable($0, .int, isLate: isLate, isUntrusted: false) }
    }
    let exports = scope.made.map { made in
      export(made, .list(program[made.id].type), isLate: isLate)
    }
    return .for(
      For(
        list: list, element: element, index: index, body: work, exports: exports,
        span: Span(entry.span.start..<entry.list.span.end, in: entry.span.file)))
  }

  /// A variable of a loop: seen in its body alone.
  private mutating func variable(
    _ name: NameSyntax, _ type: ValueType, isLate: Bool, isUntrusted: Bool
  ) -> ValueID {
    let id = newValue(name.text, type, at: name.span, isLate: isLate, isUntrusted: isUntrusted)
    isUsed[id.index] = true
    if !name.text.isEmpty, !refuseTaken(name) { give(name.text, .value(id)) }
    return id
  }

  // MARK: if

  mutating func checkIf(_ entry: IfSyntax) -> Work? {
    var branches: [If.Branch] = []
    var scopes: [BodyScope] = []
    var known: [String] = []
    var isLate = false
    for branch in entry.branches {
      let condition = knowing(present: known) { $0.condition(branch.condition) }
      isLate = isLate || self.isLate(condition)
      let (work, scope) = knowing(present: known + pathsPresent(when: true, branch.condition)) {
        $0.body(branch.body, .branch)
      }
      branches.append(.init(condition: condition, body: work))
      scopes.append(scope)
      known += pathsPresent(when: false, branch.condition)
    }
    if let otherwise = entry.otherwise {
      let (work, scope) = knowing(present: known) { $0.body(otherwise, .branch) }
      branches.append(.init(condition: nil, body: work))
      scopes.append(scope)
    }
    let exports = joined(scopes, isWhole: entry.otherwise != nil, isLate: isLate)
    guard let head = entry.branches.first else { return nil }
    return .if(
      If(
        branches: branches, exports: exports,
        span: Span(entry.span.start..<max(entry.span.start, head.condition.span.end), in: entry.span.file)))
  }

  /// The names that the branches make, each as it is where all of them make it, else as an optional.
  private mutating func joined(_ scopes: [BodyScope], isWhole: Bool, isLate: Bool) -> [If.Export] {
    var names: [NameSyntax] = []
    var places: [String: Int] = [:]
    var inner: [[ValueID?]] = []
    for (branch, scope) in scopes.enumerated() {
      for made in scope.made {
        if places[made.name.text] == nil {
          places[made.name.text] = names.count
          names.append(made.name)
          inner.append(Array(repeating: nil, count: scopes.count))
        }
        if let place = places[made.name.text] { inner[place][branch] = made.id }
      }
    }
    return zip(names, inner).map { name, ids in join(name, ids, isWhole: isWhole, isLate: isLate) }
  }

  private mutating func join(
    _ name: NameSyntax, _ ids: [ValueID?], isWhole: Bool, isLate: Bool
  ) -> If.Export {
    let found = ids.compactMap { $0 }
    let types = found.map { program[$0].type }
    for (id, type) in zip(found, types).dropFirst()
    where !program.types.fits(type, types[0]) && !program.types.fits(types[0], type) {
      report(
        .branchTypes(
          name.text, describe(types[0]), describe(type), at: program[id].span, first: program[found[0]].span))
    }
    let type = common(types)
    let isMadeByAll = isWhole && found.count == ids.count
    let outer = declareOutside(
      name, isMadeByAll ? type : type.optional, isLate: isLate || found.contains { self.isLate[$0.index] },
      madeOf: found)
    return If.Export(outer: outer, inner: ids)
  }

  // MARK: repeat

  mutating func checkRepeat(_ entry: RepeatSyntax) -> Work? {
    let start = expression(entry.start)
    refuseMedia(start, in: "a `repeat`")
    let bound = checkBound(entry.bound)
    var inside = ValueID(0)
    let (work, scope) = body(entry.body, .pass) { checker in
      inside = checker.variable(entry.name, start.type, isLate: true, isUntrusted: true)
      checker.noteInputs(behind: inside, of: start)
    }
    checkNext(entry, work, start.type)
    let count = scope.madeBeforeUntil ?? scope.made.count
    let exports = scope.made.prefix(count).map { made in export(made, program[made.id].type, isLate: true) }
    let outside = declareOutside(entry.name, start.type, isLate: true, madeOf: [inside])
    let end = max(entry.span.start, entry.bound.span.end)
    return .repeat(
      Repeat(
        variable: Export(inner: inside, outer: outside), start: start, bound: bound, body: work,
        exports: exports, span: Span(entry.span.start..<end, in: entry.span.file)))
  }

  private mutating func checkBound(_ syntax: ExpressionSyntax) -> Expression {
    let bound = expression(syntax, expecting: .int)
    require(bound, fits: .int, as: "the most passes")
    refuseLate(bound, "the most passes")
    if let number = bound.constantNumber, number.isWhole, number.double < 1 || number.double > 10_000 {
      report(.outOfRange("the most passes", number, "from 1 to 10000", at: bound.span))
    }
    return bound
  }

  /// `next` stands once, last.
  private mutating func checkNext(_ entry: RepeatSyntax, _ work: [Work], _ type: ValueType) {
    let entries = entry.body.entries
    let places = entries.indices.filter { if case .next = entries[$0] { true } else { false } }
    guard let first = places.first else {
      if file.isWhole { report(.missingNext(entry.name.text, at: entry.name.span)) }
      return
    }
    for place in places.dropFirst() { report(.surplusNext(at: entries[place].head)) }
    if places.count == 1, first != entries.count - 1 { report(.nextNotLast(at: entries[first].head)) }
    for case .next(let next) in work { require(next.value, fits: type, as: "the value of the next pass") }
  }

  mutating func checkUntil(_ entry: UntilSyntax) -> Work? {
    let condition = condition(entry.condition)
    guard let scope = bodies.last, scope.kind == .pass else {
      report(.misplacedEntry("until", at: entry.span))
      return nil
    }
    if scope.madeBeforeUntil == nil { bodies[bodies.count - 1].madeBeforeUntil = scope.made.count }
    let changes = condition.references.contains { $0.index >= scope.firstValue }
    if !changes, condition.type != .error { report(.constantUntil(at: entry.condition.span)) }
    return .until(Until(condition: condition, span: entry.span))
  }

  mutating func checkNext(_ entry: NextSyntax) -> Work? {
    let value = expression(entry.value)
    refuseMedia(value, in: "`next`")
    guard bodies.last?.kind == .pass else {
      report(.misplacedEntry("next", at: entry.span))
      return nil
    }
    return .next(Next(value: value, span: entry.span))
  }

  // MARK: Bodies

  /// Checks what stands between braces. What it makes is seen in it alone; what is seen of it outside
  /// is the caller's to say.
  private mutating func body(
    _ syntax: BodySyntax, _ kind: BodyScope.Kind, with declareVariables: (inout Checker) -> Void = { _ in }
  ) -> ([Work], BodyScope) {
    bodies.append(BodyScope(kind: kind, firstValue: program.values.count))
    declareVariables(&self)
    var work: [Work] = []
    for entry in syntax.entries {
      if let made = checkWork(entry) { work.append(made) }
    }
    let scope = bodies.removeLast()
    for (name, before) in scope.named.reversed() {
      meanings[name] = before
      hidden.insert(name)
    }
    return (work, scope)
  }

  private mutating func export(_ made: BodyScope.Made, _ type: ValueType, isLate: Bool) -> Export {
    let outer = declareOutside(
      made.name, type, isLate: isLate || self.isLate[made.id.index], madeOf: [made.id])
    return Export(inner: made.id, outer: outer)
  }

  /// The name of what was made in a body, as it is seen after it.
  private mutating func declareOutside(
    _ name: NameSyntax, _ type: ValueType, isLate: Bool, madeOf inner: [ValueID]
  ) -> ValueID {
    let isUntrusted = inner.contains { isUntrustedValue[$0.index] }
    let outer = newValue(name.text, type, at: name.span, isLate: isLate, isUntrusted: isUntrusted)
    isUsed[outer.index] = usedEarly.contains(name.text)
    let sources = inner.reduce(into: Set()) { $0.formUnion(inputsBehind[$1] ?? []) }
    if !sources.isEmpty { inputsBehind[outer] = sources }
    for id in inner { exports.append(Export(inner: id, outer: outer)) }
    give(name.text, .value(outer))
    hidden.remove(name.text)
    if !bodies.isEmpty { bodies[bodies.count - 1].made.append(.init(name: name, id: outer)) }
    return outer
  }
}
