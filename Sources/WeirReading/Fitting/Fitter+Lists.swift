import WeirValues

extension Fitter {
  mutating func fitList(_ index: Int, _ type: ValueType, _ element: ValueType) -> Value? {
    switch node(index).kind {
    case .list:
      return mayBeList(element)
        ? best(index, [.elements(of: element), .onlyElement(of: element)]) : fitElements(index, element)
    case .object: return best(index, [.onlyElement(of: element), .unwrapped(type)])
    case .string:
      if let value = fitJSON(in: index, type) { return value }
      return fitOnlyElement(index, element)
    case .bare: return isNullWord(index) ? mismatch(index, type) : fitOnlyElement(index, element)
    case .missing: return mismatch(index, type)
    }
  }

  private func mayBeList(_ type: ValueType) -> Bool {
    switch type {
    case .string, .int, .number, .bool, .null, .image, .file, .secret, .json, .text, .constant, .record,
      .dictionary, .error:
      false
    case .list: true
    case .named, .union: types.members(type).contains { if case .list = $0 { true } else { false } }
    }
  }

  private func isNullWord(_ index: Int) -> Bool { NullWords.isKeyword(reader.text(of: index)) }

  mutating func fitElements(_ index: Int, _ element: ValueType) -> Value? {
    guard node(index).kind == .list else { return mismatch(index, .list(element)) }
    let mark = log.mark
    var values: [Value] = []
    var child = index + 1
    while child < node(index).next {
      path.append(.element(values.count))
      let before = log.mark
      if let value = options.allowsPartial && isCut(child) ? fitWhole(child, element) : fit(child, element) {
        values.append(value)
      } else if options.allowsPartial, isCut(child) {
        _ = log.takeBack(to: before)
        note(.cutOff, at: child)
      } else {
        // Keeps the places of those behind it.
        values.append(.null)
      }
      path.removeLast()
      child = node(child).next
    }
    // How many were to follow, nobody knows.
    if !options.allowsPartial, leavesOut(index) { log.add(.cutOff(ValuePath(path))) }
    return log.hasFaults(since: mark) ? nil : .list(values)
  }

  /// The last element of a list that is cut off: where it is not whole, it is no element.
  private mutating func fitWhole(_ index: Int, _ type: ValueType) -> Value? {
    options.allowsPartial = false
    defer { options.allowsPartial = true }
    return fit(index, type)
  }

  mutating func fitOnlyElement(_ index: Int, _ element: ValueType) -> Value? {
    path.append(.element(0))
    defer { path.removeLast() }
    let mark = log.mark
    guard let value = wrap(index, { $0.fit(index, element) }) else {
      return log.hasFaults(since: mark) ? nil : mismatch(index, element)
    }
    note(.listOfOne, at: index)
    return .list([value])
  }

  /// A list of one where one is wanted.
  mutating func fitElement(_ index: Int, _ type: ValueType) -> Value? {
    let list = node(index)
    guard list.kind == .list, list.next > index + 1, node(index + 1).next == list.next else {
      return mismatch(index, type)
    }
    let mark = log.mark
    guard let value = fit(index + 1, type) else {
      // What the one element is not says less than that a list stands here.
      _ = log.takeBack(to: mark)
      return mismatch(index, type)
    }
    note(.oneOfList, at: index)
    return value
  }
}
