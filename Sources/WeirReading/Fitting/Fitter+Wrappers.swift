import WeirValues

extension Fitter {
  /// The value of the only field that a record must have: `"Berlin"` for `{city: string}`.
  ///
  /// Not from words without quotes: prose where a record is wanted is mostly a refusal to make one.
  mutating func fitOnlyField(_ index: Int, _ type: WantedTypes.ID) -> Value? {
    guard case .record(let form) = wanted[type].form, let only = form.onlyRequired,
      node(index).kind != .bare || isKeyword(index)
    else { return mismatch(index, type) }
    let field = form.fields[only]
    let mark = log.mark
    let value = within(.field(field.name), named: field.name) { fitter in
      fitter.wrap(index) { $0.fit(index, field.type) }
    }
    guard let value else {
      _ = log.takeBack(to: mark)
      return mismatch(index, type)
    }
    note(.onlyField, at: index)
    return .record(
      Record(
        uniqueFields: form.fields.indices.map { .init(form.fields[$0].name, $0 == only ? value : .null) }))
  }

  /// Whether a word without quotes is a number or the like.
  private func isKeyword(_ index: Int) -> Bool {
    let text = source.text(of: index)
    return WrittenNumber(text) != nil || TruthWords.keyword(text) != nil
  }

  /// An object of one field where its value is wanted: `{"items": […]}` for a list.
  mutating func fitUnwrapped(_ index: Int, _ type: WantedTypes.ID) -> Value? {
    let entries = entries(of: index)
    guard entries.count == 1, wrappers < Self.mostWrappers, !saysFailure(entries[0].key) else {
      return mismatch(index, type)
    }
    let mark = log.mark
    wrappers += 1
    defer { wrappers -= 1 }
    guard let value = fit(entries[0].value, type) else {
      _ = log.takeBack(to: mark)
      return mismatch(index, type)
    }
    note(.unwrapped, at: index)
    return value
  }

  /// Not where a text is wanted: that one field happens to hold one says little.
  mutating func fitUnwrappedScalar(_ index: Int, _ type: WantedTypes.ID) -> Value? {
    guard wanted[type].type != .string, let entry = entries(of: index).first, isWordForAnswer(entry.key)
    else {
      return mismatch(index, type)
    }
    return fitUnwrapped(index, type)
  }

  /// Whether a key is what a value is called that has no name of its own, or the name of the field that it
  /// is for.
  private func isWordForAnswer(_ key: String) -> Bool {
    let form = NormalForm(key)
    if let name, NormalForm(name) == form { return true }
    return Self.wordsForAnswers.contains(form.text)
  }

  private static let wordsForAnswers: Set<String> = [
    "value", "answer", "result", "output", "response", "label", "choice", "wert", "antwort", "valeur",
    "respuesta",
  ]

  /// With these keys a server or model says that it has no answer.
  private static let wordsForFailures: Set<String> = [
    "error", "errors", "failure", "refusal", "warning", "warnings", "detail", "fehler", "erreur",
  ]

  private func saysFailure(_ key: String) -> Bool {
    Self.wordsForFailures.contains(NormalForm(key).text)
  }

  /// Nobody wraps an answer more often than this.
  private static let mostWrappers = 3

  // MARK: JSON in strings

  private static let greatestTextDepth = 3

  /// The value that a string holds as JSON, written out; nil, with nothing in the log, where it holds none
  /// of the type.
  mutating func fitJSON(in index: Int, _ type: WantedTypes.ID) -> Value? {
    guard textDepth < Self.greatestTextDepth, source.mayHoldJSON(index), !isCut(index) else { return nil }
    let outcome = attempt(index, .init(.innerText, type))
    guard let value = outcome.value else { return nil }
    log.append(outcome.log)
    return value
  }

  mutating func fitInnerText(_ index: Int, _ type: WantedTypes.ID) -> Value? {
    if lastText.node != index { lastText = (index, innerText(of: index)) }
    guard let text = lastText.text else { return nil }
    var fitter = Fitter(text, in: self)
    guard let value = fitter.fit(text.tree.roots[0].node, type) else { return nil }
    note(.textInText, at: index)
    let offset = node(index).start
    log.append(inText: fitter.log, at: offset)
    for mend in text.tree.mends { log.add(mend.kind, at: offset) }
    return value
  }

  /// What a string says, read as JSON; nil where that is not all one object or list.
  private func innerText(of index: Int) -> LooseText? {
    var text = source.text(of: index)
    var depth = 0
    while depth < Self.greatestTextDepth, text.utf8.first == .quote, let inner = try? Value(json: text).string
    {
      text = inner
      depth += 1
    }
    guard let first = text.utf8.first(where: { $0 > 0x20 }), first == .openBrace || first == .openBracket
    else {
      return nil
    }
    let inner = LooseReader.read(text)
    guard inner.tree.roots.count == 1, let root = inner.tree.roots.first, root.place == .whole,
      inner.tree.nodes[root.node].isClosed
    else { return nil }
    return LooseText(inner)
  }

  // MARK: Any JSON

  /// A part as it is.
  mutating func json(_ index: Int, _ id: WantedTypes.ID) -> Value? {
    let node = node(index)
    switch node.kind {
    case .missing:
      note(.missingValue, at: index)
      return .null
    case .string, .bare:
      guard isWholeWord(index, .string) else { return nil }
      return node.kind == .string ? .string(source.text(of: index)) : word(source.text(of: index))
    case .list, .object: return isTrial ? best(index, id, [.init(.json, id)]) : fitParts(index, id)
    }
  }

  mutating func fitParts(_ index: Int, _ id: WantedTypes.ID) -> Value? {
    node(index).kind == .list ? fitElements(index, id) : fitDictionary(index, id, id)
  }

  private func word(_ text: String) -> Value {
    if NullWords.isKeyword(text) { return .null }
    if let number = Number(jsonLiteral: text) { return .number(number) }
    if let keyword = TruthWords.keyword(text) { return .bool(keyword) }
    if let written = WrittenNumber(text), written.changes == [.otherNumber] { return .number(written.number) }
    return .string(text)
  }
}

extension LooseText {
  /// Whether a string may hold JSON, by its first sign.
  func mayHoldJSON(_ index: Int) -> Bool {
    guard let first = bytes[tree.nodes[index].content].first(where: { $0 > 0x20 }) else { return false }
    return !first.isOfName
  }
}
