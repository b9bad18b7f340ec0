import WeirValues

extension LooseText {
  /// A value without parts that is of its type just as JSON has it, so that nothing is forgiven and nothing
  /// wrong; nil for what is to be looked at. `cut` is where the text ends, where that is in the middle of it.
  ///
  /// It is asked of the text, which is shared: a fitter would be copied for it.
  func plain(_ index: Int, _ leaf: WantedTypes.Leaf, cut: Int?) -> Value? {
    let node = tree.nodes[index]
    let isCut = !node.isClosed && cut.map { node.end >= $0 } ?? false
    switch node.kind {
    case .string:
      guard leaf.kind == .string, !isCut, !isSeveralStrings(index) else { return nil }
      return .string(node.text(in: bytes))
    case .bare:
      if leaf.isOptional, isNullKeyword(index) { return .null }
      return isCut ? nil : plainWord(index, leaf)
    case .object, .list, .missing: return nil
    }
  }

  private func plainWord(_ index: Int, _ leaf: WantedTypes.Leaf) -> Value? {
    switch leaf.kind {
    case .string: return nil
    case .int, .number:
      guard let number = shortNumber(index), leaf.kind == .number || number.isWhole else { return nil }
      return .number(number)
    case .bool:
      if says("true", index) || says("True", index) { return .bool(true) }
      return says("false", index) || says("False", index) ? .bool(false) : nil
    }
  }

  /// Whether an object has just the fields of a record, spelled so and in that order, as most have.
  func isInOrder(_ index: Int, _ form: RecordForm) -> Bool {
    let end = tree.nodes[index].next
    var child = index + 1
    // A field is not taken out, which would copy all that is in it.
    for place in form.fields.indices {
      guard child < end, isPlain(child, form.fields[place].bytes) else { return false }
      let value = tree.nodes[child].next
      guard value < end else { return false }
      child = tree.nodes[value].next
    }
    return child == end && !form.fields.isEmpty
  }
}
