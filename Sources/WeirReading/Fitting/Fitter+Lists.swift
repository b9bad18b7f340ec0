import WeirValues

extension Fitter {
  mutating func fitList(
    _ index: Int, _ type: WantedTypes.ID, _ element: WantedTypes.ID, mayBeList: Bool
  ) -> Value? {
    switch node(index).kind {
    case .list:
      return mayBeList
        ? best(index, type, [.init(.elements, element), .init(.onlyElement, element)])
        : fitElements(index, element)
    case .object: return best(index, type, [.init(.onlyElement, element), .init(.unwrapped, type)])
    case .string:
      if let value = fitJSON(in: index, type) { return value }
      return fitOnlyElement(index, element)
    case .bare:
      return source.isNullKeyword(index) ? mismatch(index, type) : fitOnlyElement(index, element)
    case .missing: return mismatch(index, type)
    }
  }

  mutating func fitElements(_ index: Int, _ element: WantedTypes.ID) -> Value? {
    let list = node(index)
    guard list.kind == .list else {
      log.add(.mismatch(.list(wanted[element].type), node: index))
      return nil
    }
    let mark = log.mark
    var values: [Value] = []
    var child = index + 1
    let leaf = wanted.leaf(element)
    let takesEmptyList = wanted.takesEmptyList(element)
    while child < list.next {
      if takesEmptyList, isEmptyList(child) {
        values.append(.list([]))
        child += 1
        continue
      }
      if let plain = plain(child, leaf) {
        values.append(plain)
        child += 1
        continue
      }
      let place = values.count
      let before = log.mark
      if let value = within(.element(place), { $0.fitWholeElement(child, element) }) {
        values.append(value)
      } else if options.allowsPartial, isCut(child) {
        _ = log.takeBack(to: before)
        _ = within(.element(place)) { fitter in
          fitter.note(.cutOff, at: child)
          return nil
        }
      } else {
        // Keeps the places of those behind it.
        values.append(.null)
      }
      child = node(child).next
    }
    // How many were to follow, nobody knows.
    if !options.allowsPartial, leavesOut(index) { log.add(.cutOff) }
    return log.hasFaults(since: mark) ? nil : .list(values)
  }

  /// Whether it is a list without elements, and none was left out.
  private func isEmptyList(_ index: Int) -> Bool {
    node(index).kind == .list && node(index).next == index + 1 && !leavesOut(index)
  }

  /// The last element of a list that is cut off: where it is not whole, it is no element.
  private mutating func fitWholeElement(_ index: Int, _ type: WantedTypes.ID) -> Value? {
    // They were fitted as if nothing around them had been forgiven.
    if wrappers == 0, !options.allowsPartial, let known = fitted.outcome(of: index, as: type) {
      log.append(known.log)
      return known.value
    }
    guard options.allowsPartial, isCut(index) else { return fit(index, type) }
    options.allowsPartial = false
    defer { options.allowsPartial = true }
    return fit(index, type)
  }

  mutating func fitOnlyElement(_ index: Int, _ element: WantedTypes.ID) -> Value? {
    let value = within(.element(0)) { fitter in
      let mark = fitter.log.mark
      guard let value = fitter.wrap(index, { $0.fit(index, element) }) else {
        return fitter.log.hasFaults(since: mark) ? nil : fitter.mismatch(index, element)
      }
      fitter.note(.listOfOne, at: index)
      return value
    }
    return value.map { .list([$0]) }
  }

  /// A list of one where one is wanted.
  mutating func fitElement(_ index: Int, _ type: WantedTypes.ID) -> Value? {
    // In lists within lists each of them asks for the innermost one.
    isTrial ? best(index, type, [.init(.element, type)]) : takeElement(index, type)
  }

  mutating func takeElement(_ index: Int, _ type: WantedTypes.ID) -> Value? {
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
