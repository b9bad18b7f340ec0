package import WeirValues

extension TypeTable {
  /// Finds the value of a type that the text of an answer means.
  ///
  /// JSON of the type is taken as it is. Else the value is looked for in the text (all of it, fences,
  /// objects and lists in prose, words), what is broken or of another type is understood where it can
  /// mean only one thing, and the reading that needs the least forgiving is taken. The value is always of
  /// the type, save where a part will do. Whether its conditions hold, the caller asks.
  ///
  /// Throws where nothing fits, where the text ends within something that the type needs, and where two
  /// readings are as good as each other and differ.
  package func readAnswer(
    _ text: String, as type: ValueType, _ options: ReadingOptions = ReadingOptions()
  ) throws(ReadingFailure) -> Reading {
    guard text.utf8.contains(where: { $0 > 0x20 }) else { throw ReadingFailure(.empty) }
    let bytes = Array(text.utf8)
    if let exact = exact(bytes, type, options) ?? exactInFence(bytes, type, options) { return exact }
    if let reading = readInString(text, as: type, options) { return reading }
    var search = AnswerSearch(
      LooseReader.read(bytes), type, WantedTypes(type, in: self), in: self, options)
    return try search.run()
  }

  /// Reads what a text says that is all one string of JSON; nil where it is none, or means nothing.
  func readInString(_ text: String, as type: ValueType, _ options: ReadingOptions) -> Reading? {
    guard let inner = jsonInString(text), let reading = try? readAnswer(inner, as: type, options) else {
      return nil
    }
    return reading.inString(of: text)
  }

  /// What a text says that is all one string of JSON, where that looks like JSON again.
  private func jsonInString(_ text: String) -> String? {
    guard let first = text.utf8.first(where: { $0 > 0x20 }), first == .quote || first == .backtick else {
      return nil
    }
    let text = text.withoutFence
    guard text.utf8.first(where: { $0 > 0x20 }) == .quote, let inner = try? Value(json: text).string,
      let first = inner.utf8.first(where: { $0 > 0x20 }), [.quote, .openBrace, .openBracket].contains(first)
    else { return nil }
    return inner
  }

  /// What is in the only fence as strict JSON, where no words beside it can mean the value.
  private func exactInFence(_ text: [UInt8], _ type: ValueType, _ options: ReadingOptions) -> Reading? {
    guard let fence = OnlyFence(in: text), !WordReading(members(type), isCutOff: false).mayRead else {
      return nil
    }
    let start = fence.content.lowerBound
    return exact(Array(text[fence.content]), type, options, at: .fence(fence.language), from: start)
  }

  /// A text as strict JSON: the whole answer, or what is in it from `start` on.
  private func exact(
    _ text: [UInt8], _ type: ValueType, _ options: ReadingOptions, at place: Reading.Place = .whole,
    from start: Int = 0
  ) -> Reading? {
    // A name that stands twice is told, which the search does.
    guard let document = try? JSONDocument(text), document.repeats.isEmpty else { return nil }
    let value = document.value
    var readings = [value]
    if let wrapper = options.wrapper, let record = value.record, record.count == 1,
      let inner = record[wrapper]
    {
      readings.insert(inner, at: 0)
    }
    for reading in readings {
      let conformance = conform(reading, to: type)
      if conformance.fits, conformance.extra.isEmpty {
        return Reading(conformance, place, span: start..<start + text.count)
      }
    }
    return nil
  }
}

extension Reading {
  /// The same, found in a string that was all of a text.
  fileprivate func inString(of text: String) -> Reading {
    let changes = [Change(.textInText, offset: 0)] + changes.map { Change($0.kind, at: $0.path, offset: 0) }
    return Reading(
      value: value, forgiven: Forgiven(changes),
      place: .whole, span: 0..<text.utf8.count, rejected: [], conditioned: conditioned)
  }

  fileprivate init(_ conformance: Conformance, _ place: Place, span: Range<Int>) {
    value = conformance.value
    conditioned = conformance.conditioned
    forgiven = Forgiven()
    self.place = place
    self.span = span
    rejected = []
  }
}

extension String {
  /// The inside of a fence that is all there is; else all that is said.
  fileprivate var withoutFence: String {
    let text = Array(utf8)[...].spoken
    let sign = text.prefix { $0 == .backtick }.count
    guard sign >= 3, let line = text.firstIndex(of: .newline),
      text.suffix(sign).allSatisfy({ $0 == .backtick })
    else { return String(decoding: text, as: UTF8.self) }
    return String(decoding: text[text.index(after: line)...].dropLast(sign), as: UTF8.self)
  }
}
