import WeirValues

extension Fitter {
  /// The value of the only field that a record must have: `"Berlin"` for `{city: string}`.
  ///
  /// Not from words without quotes: prose where a record is wanted is mostly a refusal to make one.
  mutating func fitOnlyField(_ index: Int, _ type: ValueType) -> Value? {
    guard case .record(let fields) = types.resolved(type) else { return mismatch(index, type) }
    let required = fields.filter { !types.isOptional($0.type) }
    guard required.count == 1, node(index).kind != .bare || isKeyword(index) else {
      return mismatch(index, type)
    }
    let mark = log.mark
    path.append(.field(required[0].name))
    let value = wrap(index) { $0.fit(index, required[0].type) }
    path.removeLast()
    guard let value else {
      _ = log.takeBack(to: mark)
      return mismatch(index, type)
    }
    note(.onlyField, at: index)
    var record = Record()
    for field in fields { record[field.name] = field.name == required[0].name ? value : .null }
    return .record(record)
  }

  /// Whether a word without quotes is a number or the like.
  private func isKeyword(_ index: Int) -> Bool {
    let text = reader.text(of: index)
    return WrittenNumber(text) != nil || TruthWords.keyword(text) != nil
  }

  /// An object of one field where its value is wanted: `{"items": […]}` for a list.
  mutating func fitUnwrapped(_ index: Int, _ type: ValueType) -> Value? {
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
  mutating func fitUnwrappedScalar(_ index: Int, _ type: ValueType) -> Value? {
    guard type != .string, let entry = entries(of: index).first, isWordForAnswer(entry.key) else {
      return mismatch(index, type)
    }
    return fitUnwrapped(index, type)
  }

  /// Whether a key is what a value is called that has no name of its own, or the name of the field that it
  /// is for.
  private func isWordForAnswer(_ key: String) -> Bool {
    let form = NormalForm(key)
    if case .field(let name) = path.last, NormalForm(name) == form { return true }
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
  mutating func fitJSON(in index: Int, _ type: ValueType) -> Value? {
    guard textDepth < Self.greatestTextDepth, !isCut(index) else { return nil }
    var text = reader.text(of: index)
    var depth = 0
    while depth < Self.greatestTextDepth, text.utf8.first == .quote, let inner = try? Value(json: text).string
    {
      text = inner
      depth += 1
    }
    guard let first = text.utf8.first(where: { $0 > 0x20 }),
      first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    else { return nil }
    let inner = LooseReader.read(text)
    guard inner.tree.roots.count == 1, let root = inner.tree.roots.first, root.place == .whole,
      inner.tree.nodes[root.node].isClosed
    else { return nil }
    var fitter = Fitter(types, inner, options, cut: nil, textDepth: textDepth + 1)
    fitter.path = path
    guard let value = fitter.fit(root.node, type) else { return nil }
    note(.textInText, at: index)
    let offset = node(index).start
    for change in fitter.log.changes { log.add(.init(change.kind, at: change.path, offset: offset)) }
    for mend in inner.tree.mends { log.add(.init(mend.kind, at: ValuePath(path), offset: offset)) }
    return value
  }

  // MARK: Any JSON

  /// A part as it is.
  mutating func json(_ index: Int) -> Value? {
    let node = node(index)
    switch node.kind {
    case .missing:
      note(.missingValue, at: index)
      return .null
    case .string, .bare:
      guard isWholeWord(index, .string) else { return nil }
      return node.kind == .string ? .string(reader.text(of: index)) : word(reader.text(of: index))
    case .list:
      return fitElements(index, .json)
    case .object: return fitDictionary(index, .dictionary(.json), .json)
    }
  }

  private func word(_ text: String) -> Value {
    if NullWords.isKeyword(text) { return .null }
    if let number = Number(jsonLiteral: text) { return .number(number) }
    if let keyword = TruthWords.keyword(text) { return .bool(keyword) }
    if let written = WrittenNumber(text), written.changes == [.otherNumber] { return .number(written.number) }
    return .string(text)
  }
}
