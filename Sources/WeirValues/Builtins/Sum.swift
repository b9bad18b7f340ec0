extension Builtin {
  static let sum = Builtin(
    "sum", usage: "xs.sum or xs.sum(key)",
    "The sum of the numbers, or of what is worked out for each element; 0 of an empty list.",
    takes: 0...1, perElement: 1,
    type: { types throws(Mistake) in
      let key = types.key(try types.elements())
      guard types.types.fits(key, .number) else { throw types.wrongKey("needs numbers to add", key) }
      return types.types.fits(key, .int) ? .int : .number
    },
    body: { arguments throws(BuiltinFailure) in
      let numbers = arguments.keys.compactMap(\.number)
      if let exact = Builtin.exactSum(numbers) { return .int(exact) }
      let sum = numbers.reduce(0) { $0 + $1.double }
      guard sum.isFinite else { throw BuiltinFailure("the sum is too large for a number") }
      return .number(Number(sum))
    })

  /// The sum where all are whole numbers and so is it, in the range of an `Int`.
  private static func exactSum(_ numbers: [Number]) -> Int? {
    var sum = 0
    for number in numbers {
      guard let int = number.int else { return nil }
      let (next, isTooLarge) = sum.addingReportingOverflow(int)
      if isTooLarge { return nil }
      sum = next
    }
    return sum
  }
}
