package import WeirValues

/// What is known of an answer beside its text and type.
package struct ReadingOptions: Sendable {
  /// Whether the endpoint said that the answer was cut off: then nothing that is open may be closed.
  package var isCutOff = false
  /// Whether a part will do: what is cut off counts as far as it goes, and what is missing is left out.
  package var allowsPartial = false
  /// A record of just this field stands for the value in it, for nothing.
  package var wrapper: String?
  /// Whether a value meets a condition of its type. Of readings that fit, one whose conditions hold goes
  /// before one whose do not.
  package var meets: (@Sendable (ConditionID, Value) -> Bool)?

  package init(isCutOff: Bool = false, allowsPartial: Bool = false, wrapper: String? = nil) {
    self.isCutOff = isCutOff
    self.allowsPartial = allowsPartial
    self.wrapper = wrapper
  }
}
