import WeirDiagnostics
import WeirSyntax

extension FileSyntax {
  /// Gives those diagnostics their edits that a line can simply be taken away for: a `let` or a `use` that
  /// nothing uses, and a setting that says once more what the first one said.
  ///
  /// Comments above such a line stay. A `let` stays as long as anything else is wrong: what seems unused
  /// may be what a misspelt name meant.
  func mendingSuperfluous(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    let codes: Set<DiagnosticCode> = [.unusedLet, .unusedUse, .duplicateSetting]
    guard diagnostics.contains(where: { codes.contains($0.code) }) else { return diagnostics }
    let places = Places(entries)
    let mayLoseNames = isWhole && !diagnostics.hasErrors
    return diagnostics.map { diagnostic in
      var mended = diagnostic
      if diagnostic.code == .unusedLet, mayLoseNames, let place = places.lets[diagnostic.span],
        let lines = source.wholeLines(place.range)
      {
        mended.edits = [.init(Span(lines, in: place.file), "")]
      } else if diagnostic.code == .unusedUse, mayLoseNames,
        let lines = source.wholeLines(diagnostic.span.range)
      {
        mended.edits = [.init(Span(lines, in: diagnostic.span.file), "")]
      } else if diagnostic.code == .duplicateSetting, let again = places.settings[diagnostic.span],
        let first = diagnostic.labels.last.flatMap({ places.settings[$0.span] }), again.span != first.span,
        source.text(of: again.value.span) == source.text(of: first.value.span)
      {
        mended.edits = removal(of: again.span)
      }
      return mended
    }
  }

  /// The lines of a setting, or where others stand beside it, only itself and a comma.
  private func removal(of setting: Span) -> [Diagnostic.Edit] {
    if let lines = source.wholeLines(setting.range) { return [.init(Span(lines, in: setting.file), "")] }
    let tokens = tokens
    let next = index(ofTokenAt: setting.end)
    if tokens[next].kind == .comma, !tokens[next + 1].isFirstOnLine {
      return [.init(Span(setting.start..<tokens[next + 1].range.lowerBound, in: setting.file), "")]
    }
    let first = index(ofTokenAt: setting.start)
    guard first > 0, tokens[first - 1].kind == .comma, !tokens[first].isFirstOnLine else { return [] }
    return [.init(Span(tokens[first - 1].range.lowerBound..<setting.end, in: setting.file), "")]
  }

  /// The first token that begins at an offset or after it; there is always the end of the file.
  func index(ofTokenAt offset: Int) -> Int {
    let tokens = tokens
    var low = 0
    var high = tokens.count - 1
    while low < high {
      let middle = (low + high) / 2
      if tokens[middle].range.lowerBound < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// Where the `let`s and settings of a file stand, each by the place of its name.
private struct Places {
  private(set) var lets: [Span: Span] = [:]
  private(set) var settings: [Span: SettingSyntax] = [:]

  init(_ entries: [EntrySyntax]) { add(entries) }

  private mutating func add(_ entries: [EntrySyntax]) {
    for entry in entries {
      switch entry {
      case .let(let entry): lets[entry.name.span] = entry.span
      case .step(let step): add(step.settings)
      case .settings(let block): add(block.settings)
      case .provider(let provider): add(provider.settings)
      case .tool(let tool): add(tool.settings)
      case .for(let loop): add(loop.body.entries)
      case .if(let choice):
        for branch in choice.branches { add(branch.body.entries) }
        add(choice.otherwise?.entries ?? [])
      case .repeat(let loop): add(loop.body.entries)
      case .about, .use, .input, .type, .output, .call, .until, .next, .unread: break
      }
    }
  }

  private mutating func add(_ settings: [SettingSyntax]) {
    for setting in settings { self.settings[setting.name.span] = setting }
  }
}

extension SourceFile {
  /// The lines of a stretch with their last line break, where nothing else stands on them but a comma and
  /// a comment behind it; else nil.
  func wholeLines(_ range: Range<Int>) -> Range<Int>? {
    var start = range.lowerBound
    while start > 0, bytes[start - 1] == 0x20 || bytes[start - 1] == 0x09 { start -= 1 }
    guard start == 0 || bytes[start - 1] == 0x0A || bytes[start - 1] == 0x0D else { return nil }
    var end = skipBlanks(from: range.upperBound)
    if end < bytes.count, bytes[end] == UInt8(ascii: ",") { end = skipBlanks(from: end + 1) }
    if end < bytes.count, bytes[end] == UInt8(ascii: "#") {
      while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
    }
    guard end < bytes.count else { return start..<end }
    guard bytes[end] == 0x0A || bytes[end] == 0x0D else { return nil }
    let isPair = bytes[end] == 0x0D && end + 1 < bytes.count && bytes[end + 1] == 0x0A
    return start..<(end + (isPair ? 2 : 1))
  }

  private func skipBlanks(from start: Int) -> Int {
    var end = start
    while end < bytes.count, bytes[end] == 0x20 || bytes[end] == 0x09 { end += 1 }
    return end
  }
}
