import WeirValues

extension Fitter {
  mutating func fitOptional(_ index: Int, _ type: WantedTypes.ID) -> Value? {
    if isNull(index) { return absence(index) }
    let mark = log.mark
    if let value = fit(index, type), !log.hasFaults(since: mark) { return value }
    guard let absence = absence(in: index) else { return nil }
    _ = log.takeBack(to: mark)
    note(absence, at: index)
    return .null
  }

  private func isNull(_ index: Int) -> Bool {
    switch node(index).kind {
    case .missing: true
    case .bare: source.isNullKeyword(index)
    case .object, .list, .string: false
    }
  }

  private mutating func absence(_ index: Int) -> Value? {
    if node(index).kind == .missing { note(.missingValue, at: index) }
    return .null
  }

  /// What a word that stands for nothing is forgiven as.
  private func absence(in index: Int) -> Reading.Change.Kind? {
    switch node(index).kind {
    case .string, .bare:
      node(index).end - node(index).start <= 14 && NullWords.contains(source.text(of: index))
        ? .textAsNull : nil
    case .object, .list, .missing: nil
    }
  }
}

extension LooseText {
  /// Whether a value without quotes is what languages call nothing.
  func isNullKeyword(_ index: Int) -> Bool {
    let content = tree.nodes[index].content
    guard content.count <= 9, let first = bytes[content].first, first.isLetter else { return false }
    if says("null", index) || says("None", index) { return true }
    return NullWords.isKeyword(text(of: index))
  }
}
