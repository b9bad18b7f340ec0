/// The values of a call, of the types that the built-in's own check let pass.
///
/// A value of another type is our mistake, not the author's: it traps and says so.
struct Arguments {
  private let builtin: String
  private let values: [Value]

  init(builtin: String, values: [Value]) {
    self.builtin = builtin
    self.values = values
  }

  var receiver: Value { values[0] }
  /// The receiver as text.
  var text: String { text(0) }
  /// The receiver as a list.
  var list: [Value] { list(0) }

  func has(_ index: Int) -> Bool { index < values.count }

  func text(_ index: Int) -> String {
    guard let text = values[index].string else { mistaken(index, for: "string") }
    return text
  }

  func list(_ index: Int) -> [Value] {
    guard let list = values[index].list else { mistaken(index, for: "list") }
    return list
  }

  func number(_ index: Int) -> Number {
    guard let number = values[index].number else { mistaken(index, for: "number") }
    return number
  }

  func bool(_ value: Value) -> Bool {
    guard let bool = value.bool else {
      preconditionFailure("`\(builtin)` was given \(value.noun) for a bool")
    }
    return bool
  }

  /// A whole number; one too large for an `Int` is as large as it gets.
  func int(_ index: Int) -> Int {
    let number = number(index)
    return number.int ?? (number.double < 0 ? .min : .max)
  }

  private func mistaken(_ index: Int, for wanted: String) -> Never {
    preconditionFailure("argument \(index) of `\(builtin)` is \(values[index].noun), not a \(wanted)")
  }
}
