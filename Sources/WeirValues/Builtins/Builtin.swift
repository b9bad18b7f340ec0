/// A function of the language: what it takes, what it gives, and what it does, in one value.
///
/// The checker asks `check`, the runner calls `body`; neither knows the functions by name.
package struct Builtin: Sendable {
  package let name: String
  /// A sentence for people and for the reference.
  package let documentation: String
  /// How it is written, for messages: `xs.join(separator)`.
  package let usage: String
  /// What comes out for arguments of these types, the receiver first; or what is wrong with them.
  package let check: @Sendable (_ arguments: [ValueType], _ types: TypeTable) -> Outcome
  /// Whether an argument (from 1; 0 is the receiver) is evaluated once for each element of the
  /// receiver, which is then `it`. The body gets the list of the results.
  package let isPerElement: @Sendable (_ argument: Int) -> Bool
  /// The arguments have types that `check` let pass.
  package let body: @Sendable (_ arguments: [Value]) throws(BuiltinFailure) -> Value

  package enum Outcome: Sendable {
    case type(ValueType)
    /// `argument` says which one is wrong, 0 being the receiver; nil: their number is.
    case wrong(argument: Int?, message: String, help: String?)
  }
}

/// Why a built-in has no result for these values.
package struct BuiltinFailure: Error, Sendable {
  /// Lower case, without a full stop.
  package let message: String

  package init(_ message: String) { self.message = message }
}
