import WeirValues

extension AnswerSearch {
  /// Why nothing in the answer is of the type.
  func failure() -> ReadingFailure {
    guard let faults = nearest?.faults, let first = faults.first else {
      return ReadingFailure(
        .nothingFound(types.describe(type), found: source.phraseOfAll), rejected: rejected)
    }
    let mismatches = faults.compactMap { mismatch($0.fault, at: $0.path) }
    if !mismatches.isEmpty { return ReadingFailure(.unfit(mismatches), rejected: rejected) }
    switch first.fault {
    case .ambiguous(let one, let other):
      return ReadingFailure(.ambiguous(first.path, one.words, other.words), rejected: rejected)
    case .cutOff, .mismatch: return ReadingFailure(.cutOff(first.path), rejected: rejected)
    }
  }

  /// The first thing that is wrong.
  func words(for log: FitLog) -> String {
    guard let (path, fault) = log.faults.first else { return "these are words in brackets" }
    switch fault {
    case .mismatch: return mismatch(fault, at: path)?.message(whole: "it") ?? ""
    case .cutOff: return "it is cut off\(path.isEmpty ? "" : " at `\(path)`")"
    case .ambiguous(let one, let other):
      return "\(path.phrase(whole: "it")) may be \(one.words) or \(other.words)"
    }
  }

  private func mismatch(_ fault: FitLog.Fault, at path: ValuePath) -> Mismatch? {
    guard case .mismatch(let type, let node) = fault else { return nil }
    return Mismatch(
      path: path, expected: types.describe(type), found: node.flatMap { source.phrase(of: $0) })
  }
}

extension LooseText {
  /// The beginning of what is said, in the words of a message.
  fileprivate var phraseOfAll: String {
    let said = bytes[AnswerSearch.spoken(in: self)]
    // Of more than this, which are 50 scalars at least, a message shows none.
    let start = (said.isEmpty ? bytes[...].spoken : said).prefix(200)
    return Value.string(String(decoding: start, as: UTF8.self)).phrase
  }

  /// What stands there, in the words of a message; nil for nothing.
  fileprivate func phrase(of index: Int) -> String? {
    switch tree.nodes[index].kind {
    case .object: return "a record"
    case .list: return "a list"
    case .missing: return nil
    case .string: return Value.string(text(of: index)).phrase
    case .bare:
      let text = text(of: index)
      if text.utf8.count <= 40, let number = WrittenNumber(text), number.changes.isEmpty {
        return "the number \(text)"
      }
      return NullWords.isKeyword(text) ? "null" : Value.string(text).phrase
    }
  }
}
