import WeirDiagnostics
package import WeirProgram
package import WeirValues

/// Computes expressions. Pure: the same names and locals give the same value, and nobody is asked.
///
/// The checker has seen to it that types fit, so what fails here is what types cannot tell. Every
/// value that the expression names must be there.
package struct Evaluator: Sendable {
  private let shared: SharedProgram
  private let values: Bindings

  /// The longest list that `a...b` makes.
  package static let longestRange = 10_000_000

  package init(_ program: Program, values: Bindings, files: FileReading = .none) {
    self.init(SharedProgram(program, files), values: values)
  }

  private init(_ shared: SharedProgram, values: Bindings) {
    self.shared = shared
    self.values = values
  }

  /// The same program with other values.
  func with(_ values: Bindings) -> Evaluator { Evaluator(shared, values: values) }

  var program: Program {
    _read { yield shared.program }
  }

  /// One reference for all that a program consists of: an evaluator is made and passed on for every
  /// step, on every thread.
  private final class SharedProgram: Sendable {
    let program: Program
    let files: FileReading

    init(_ program: Program, _ files: FileReading) {
      self.program = program
      self.files = files
    }
  }

  /// `locals` are the variables in whose scope the expression stands, the outermost first.
  package func evaluate(
    _ expression: Expression, locals: [Value] = []
  ) throws(EvaluationFailure) -> Value {
    var locals = locals
    return try value(of: expression, &locals)
  }

  /// Whether every name that the expression reads has its value here.
  package func knows(_ expression: Expression) -> Bool {
    expression.references.allSatisfy { values[$0] != nil }
  }

  func value(of expression: Expression, _ locals: inout [Value]) throws(EvaluationFailure) -> Value {
    switch expression.kind {
    case .constant(let value): return value
    case .value(let id): return value(of: id)
    case .local(let place): return locals[Int(place)]
    case .template(let template): return .string(try text(of: template, at: expression.span, &locals))
    case .list(let elements):
      var list: [Value] = []
      list.reserveCapacity(elements.count)
      for element in elements { list.append(try value(of: element, &locals)) }
      return .list(list)
    case .record(let entries):
      var record = Record()
      for entry in entries { record[entry.name] = try value(of: entry.value, &locals) }
      return .record(record)
    case .comprehension(let comprehension): return try list(of: comprehension, &locals)
    case .field(let base, let name, let isOptional):
      return try field(name, of: base, isOptional: isOptional, at: expression, &locals)
    case .element(let base, let index): return try element(of: base, at: index, &locals)
    case .negate(let operand): return .number(negated(try number(of: operand, &locals)))
    case .not(let operand): return .bool(!(try bool(of: operand, &locals)))
    case .binary(let binary, let left, let right):
      return try compute(binary, left, right, in: expression, &locals)
    case .conditional(let condition, let then, let otherwise):
      return try value(of: try bool(of: condition, &locals) ? then : otherwise, &locals)
    case .call(let call): return try result(of: call, at: expression, &locals)
    case .file(let function, let arguments):
      return try content(function, of: arguments, at: expression, &locals)
    case .environment(let name): return .secret(.environment(name))
    case .trusted(let inner): return try value(of: inner, &locals)
    }
  }

  private func content(
    _ function: Expression.FileFunction, of arguments: [Expression], at expression: Expression,
    _ locals: inout [Value]
  ) throws(EvaluationFailure) -> Value {
    guard let argument = arguments.first else {
      preconditionFailure("`\(function.rawValue)` was checked without a path")
    }
    let path = try value(of: argument, &locals)
    guard let text = path.string else {
      throw EvaluationFailure(
        "the path of `\(function.rawValue)` is \(path.noun), expected a string", at: argument.span)
    }
    do {
      return try shared.files.read(function, text, for: expression.span.file)
    } catch {
      throw EvaluationFailure(error.message, at: argument.span, help: error.advice)
    }
  }

  func value(of id: ValueID) -> Value {
    guard let value = values[id] else {
      preconditionFailure("`\(program[id].name)` is read before it has a value")
    }
    return value
  }

  private func list(
    of comprehension: Expression.Comprehension, _ locals: inout [Value]
  ) throws(EvaluationFailure) -> Value {
    let elements = try list(of: comprehension.list, &locals)
    var result: [Value] = []
    for (index, element) in elements.enumerated() {
      locals.enter(comprehension.depth, element, .int(index))
      if let condition = comprehension.condition, !(try bool(of: condition, &locals)) { continue }
      result.append(try value(of: comprehension.element, &locals))
    }
    locals.leave(comprehension.depth)
    return .list(result)
  }

  private func field(
    _ name: String, of base: Expression, isOptional: Bool, at expression: Expression,
    _ locals: inout [Value]
  ) throws(EvaluationFailure) -> Value {
    let value = try value(of: base, &locals)
    if case .record(let record) = value { return record[name] ?? .null }
    // On `json` any field may be asked for.
    if isOptional || program.types.resolved(base.type) == .json { return .null }
    throw EvaluationFailure("\(nameOrNoun(base, value)) has no field `\(name)`", at: expression.span)
  }

  private func element(
    of base: Expression, at index: Expression, _ locals: inout [Value]
  ) throws(EvaluationFailure) -> Value {
    let container = try value(of: base, &locals)
    let place = try value(of: index, &locals)
    switch (container, place) {
    case (.record(let record), .string(let name)): return record[name] ?? .null
    case (.list(let elements), .number(let number)):
      if let place = number.int, elements.indices.contains(place) { return elements[place] }
      throw EvaluationFailure(
        "index \(number) is outside \(name(base) ?? "the list"), which has \(counted(elements.count, "element"))",
        at: index.span, help: elements.isEmpty ? nil : "indices run from 0 to \(elements.count - 1)")
    default:
      throw EvaluationFailure(
        "\(nameOrNoun(base, container)) has no element at \(place.noun)", at: index.span)
    }
  }

  private func result(
    of call: Expression.Call, at expression: Expression, _ locals: inout [Value]
  ) throws(EvaluationFailure) -> Value {
    var arguments: [Value] = []
    for argument in call.arguments {
      switch argument {
      case .value(let expression):
        arguments.append(try value(of: expression, &locals))
        if call.isOptional, arguments == [.null] { return .null }
      case .forEachElement(let expression, let depth):
        var results: [Value] = []
        for element in arguments.first?.list ?? [] {
          locals.enter(depth, element)
          results.append(try value(of: expression, &locals))
        }
        locals.leave(depth)
        arguments.append(.list(results))
      }
    }
    do {
      return try call.builtin.body(arguments)
    } catch {
      throw EvaluationFailure(error.message, at: expression.span)
    }
  }
}

extension [Value] {
  /// Makes these the locals at `depth` and further in; what stood there before is gone.
  mutating func enter(_ depth: Int, _ values: Value...) {
    leave(depth)
    append(contentsOf: values)
  }

  mutating func leave(_ depth: Int) { removeLast(count - depth) }
}
