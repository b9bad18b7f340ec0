/// A function of the language: what it takes, what it gives, and what it does, in one value.
///
/// The checker asks `isPerElement`, `check` and `validate`, the runner calls `body`; neither knows
/// the functions by name. Argument 0 is always the receiver, what stands before the dot.
///
/// A class, because every call in a program refers to one.
package final class Builtin: Sendable {
  package let name: String
  /// How it is written, for messages and the reference: `xs.join(separator)`.
  package let usage: String
  /// A few sentences for people and for the reference.
  package let documentation: String
  private let range: ClosedRange<Int>
  private let perElement: Int?
  /// No function has more than one, so their order does not matter.
  private let rules: [Int: ArgumentRule]
  private let type: @Sendable (ArgumentTypes) throws(Mistake) -> ValueType
  private let make: @Sendable (Arguments) throws(BuiltinFailure) -> Value

  /// `takes` counts the arguments after the receiver. `rules` are kept by the values of arguments:
  /// the checker holds constants to them, a call everything.
  init(
    _ name: String, usage: String, _ documentation: String,
    takes range: ClosedRange<Int> = 0...0, perElement: Int? = nil, rules: [Int: ArgumentRule] = [:],
    type: @escaping @Sendable (ArgumentTypes) throws(Mistake) -> ValueType,
    body: @escaping @Sendable (Arguments) throws(BuiltinFailure) -> Value
  ) {
    self.name = name
    self.usage = usage
    self.documentation = documentation
    self.range = range
    self.perElement = perElement
    self.rules = rules
    self.type = type
    make = body
  }

  /// Whether an argument is evaluated once for each element of the receiver, which is then `it`.
  /// Its type is that of one result; the body gets the list of the results.
  package func isPerElement(_ argument: Int) -> Bool { argument == perElement }

  /// What comes out for arguments of these types, the receiver first; or what is wrong with them.
  package func check(_ arguments: [ValueType], _ types: TypeTable) -> Outcome {
    let given = arguments.count - 1
    guard range.contains(given) else {
      return .wrong(
        argument: nil, message: "`\(name)` takes \(Self.describe(range)), found \(Swift.max(given, 0))",
        help: "it is written `\(usage)`")
    }
    do {
      return .type(try type(ArgumentTypes(builtin: name, arguments: arguments, types: types)))
    } catch {
      return .wrong(argument: error.argument, message: error.message, help: error.help)
    }
  }

  /// What is wrong with the values of those arguments that are known before the run; nil stands for
  /// one that is not.
  package func validate(_ constants: [Value?]) -> Complaint? {
    for (argument, rule) in rules where argument < constants.count {
      if let value = constants[argument], let complaint = complaint(rule, value, argument) {
        return complaint
      }
    }
    return nil
  }

  private func complaint(_ rule: ArgumentRule, _ value: Value, _ argument: Int) -> Complaint? {
    rule.complaint(value).map { Complaint(argument: argument, message: "`\(name)` \($0)") }
  }

  /// The result for arguments whose types `check` let pass.
  package func body(_ arguments: [Value]) throws(BuiltinFailure) -> Value {
    for (argument, rule) in rules where rule.isAskedByCalls && argument < arguments.count {
      guard let complaint = complaint(rule, arguments[argument], argument) else { continue }
      throw BuiltinFailure(complaint.message)
    }
    return try make(Arguments(builtin: name, values: arguments))
  }

  private static func describe(_ range: ClosedRange<Int>) -> String {
    switch (range.lowerBound, range.upperBound) {
    case (0, 0): "no arguments"
    case (1, 1): "one argument"
    case (0, 1): "at most one argument"
    case (let low, let high): low == high ? "\(low) arguments" : "\(low) to \(high) arguments"
    }
  }
}

extension Builtin {
  package enum Outcome: Sendable {
    case type(ValueType)
    /// `argument` says which one is wrong, 0 being the receiver; nil: their number is.
    case wrong(argument: Int?, message: String, help: String?)
  }

  package struct Complaint: Sendable, Hashable {
    package let argument: Int
    /// Lower case, without a full stop.
    package let message: String
  }
}

/// Why a built-in has no result for these values.
package struct BuiltinFailure: Error, Sendable {
  /// Lower case, without a full stop.
  package let message: String

  package init(_ message: String) { self.message = message }
}
