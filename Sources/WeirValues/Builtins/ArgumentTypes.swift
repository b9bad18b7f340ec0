/// The types of a call's arguments, with the questions that built-ins ask about them.
///
/// Every question throws what to tell the author. What is known to be wrong already (`.error`) is
/// never told of again.
struct ArgumentTypes {
  let builtin: String
  let arguments: [ValueType]
  let types: TypeTable

  var receiver: ValueType { arguments[0] }

  func has(_ index: Int) -> Bool { index < arguments.count }

  /// The receiver must be of this type; `plural` is how a message calls such: `strings`.
  func receiver(is wanted: ValueType, _ plural: String, help: String? = nil) throws(Mistake) {
    guard types.fits(receiver, wanted) else { throw wrongReceiver(plural, help: help) }
  }

  func receiverIsText(help: String? = nil) throws(Mistake) {
    try receiver(is: .string, "strings", help: help)
  }

  /// The type of the elements of the receiver, which must be a list.
  func elements(help: String? = nil) throws(Mistake) -> ValueType {
    guard let element = types.element(ofList: receiver) else { throw wrongReceiver("lists", help: help) }
    return element
  }

  /// An argument must be of this type; `role` is what a message calls it: `the separator`.
  func argument(_ index: Int, is wanted: ValueType, _ role: String) throws(Mistake) {
    let found = arguments[index]
    guard !types.fits(found, wanted) else { return }
    throw Mistake(
      index, "\(role) of `\(builtin)` must be \(types.phrase(wanted)), found `\(types.describe(found))`",
      help: mend(found, wanted))
  }

  /// What the elements of the receiver go by: argument 1, or else they themselves.
  func key(_ element: ValueType) -> ValueType { has(1) ? arguments[1] : element }

  func wrongReceiver(_ plural: String, help: String? = nil) -> Mistake {
    Mistake(
      0, "`\(builtin)` works on \(plural), found `\(types.describe(receiver))`",
      help: mend(receiver, nil) ?? help)
  }

  /// A mistake about what the elements go by.
  func wrongKey(_ message: String, _ found: ValueType, help: String? = nil) -> Mistake {
    let shown = has(1) ? found : receiver
    return Mistake(
      has(1) ? 1 : 0, "`\(builtin)` \(message), found `\(types.describe(shown))`",
      help: mend(found, nil) ?? help)
  }

  /// How to make a value usable that may be null or is not yet of any type.
  private func mend(_ found: ValueType, _ wanted: ValueType?) -> String? {
    let members = types.members(found)
    if members.contains(.json) { return "read it into a type first: `let name: T = …`" }
    guard members.contains(.null) else { return nil }
    if let wanted, !types.fits(types.withoutNull(found), wanted) { return nil }
    return "it may be null: say what to take then with `??`, or ask with `if` whether it is there"
  }
}

/// What is wrong with a call, to be told to its author.
struct Mistake: Error {
  let argument: Int
  let message: String
  let help: String?

  init(_ argument: Int, _ message: String, help: String? = nil) {
    self.argument = argument
    self.message = message
    self.help = help
  }
}

extension TypeTable {
  /// The type of an element where every value of the type is a list; else nil.
  package func element(ofList type: ValueType) -> ValueType? {
    inside(type) { member in if case .list(let element, _) = member { element } else { nil } }
  }

  /// The type of a value where every value of the type is a dictionary; else nil.
  package func element(ofDictionary type: ValueType) -> ValueType? {
    inside(type) { member in if case .dictionary(let element, _) = member { element } else { nil } }
  }

  private func inside(_ type: ValueType, _ open: (ValueType) -> ValueType?) -> ValueType? {
    var found: [ValueType] = []
    for member in members(type) {
      guard let element = member == .error ? .error : open(member) else { return nil }
      found.append(element)
    }
    return .anyOf(found)
  }

  /// A type with its article, for a message.
  fileprivate func phrase(_ type: ValueType) -> String {
    switch type {
    case .string: "a string"
    case .int: "an int"
    case .bool: "a bool"
    default: "a `\(describe(type))`"
    }
  }
}
