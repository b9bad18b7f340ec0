import WeirCheck
import WeirDiagnostics
import WeirSyntax
import WeirSyntaxSupport

/// One text read, checked, told of and formatted, and what must hold whatever the text is.
struct FlowTrial: Trial {
  let bytes: [UInt8]

  /// What does not hold, in words; empty when all does. A trap ends the process instead.
  func run() -> [String] {
    let source = SourceFile(path: "fuzz.flow", bytes: bytes)
    let (file, syntax) = parse(source)
    let told = (syntax + check(file).diagnostics).inSourceOrder()
    return tokenComplaints(file) + told.flatMap(spanComplaints) + renderComplaints(told, source)
      + (syntax.isEmpty ? FormatTrial(file).complaints() : [])
  }

  /// Tokens stand one after the other, and between them are blanks, line breaks and comments.
  private func tokenComplaints(_ file: FileSyntax) -> [String] {
    guard file.tokens.last?.kind == .endOfFile else { return ["no end of the file among the tokens"] }
    var at = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var comments = file.comments.makeIterator()
    var comment = comments.next()
    for token in file.tokens {
      while let next = comment, next.start < token.range.lowerBound || next.start < at {
        guard isBlank(at, next.start) else { return ["lost before the comment at \(next.start), from \(at)"] }
        at = next.end
        comment = comments.next()
      }
      guard isBlank(at, token.range.lowerBound) else {
        return ["lost before the token at \(token.range), from \(at)"]
      }
      at = token.range.upperBound
    }
    while let next = comment {
      guard isBlank(at, next.start) else { return ["lost before the last comment at \(next.start)"] }
      at = next.end
      comment = comments.next()
    }
    return isBlank(at, bytes.count) ? [] : ["lost at the end, from \(at)"]
  }

  private func isBlank(_ start: Int, _ end: Int) -> Bool {
    start <= end && end <= bytes.count
      && bytes[start..<end].allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
  }

  private func spanComplaints(_ diagnostic: Diagnostic) -> [String] {
    var complaints: [String] = []
    for label in diagnostic.labels where label.span.end > bytes.count || label.span.start > label.span.end {
      complaints.append("\(diagnostic.code.name) points at \(label.span.range) of \(bytes.count) bytes")
    }
    if diagnostic.message.isEmpty || diagnostic.labels.isEmpty {
      complaints.append("\(diagnostic.code.name) says nothing")
    }
    return complaints
  }

  /// Every file that could not be read whole was told of, and every diagnostic has a picture.
  private func renderComplaints(_ told: [Diagnostic], _ source: SourceFile) -> [String] {
    var renderer = DiagnosticRenderer(SourceMap([source]))
    // A person reads the first ones; a line of a megabyte with a thousand mistakes is no test of drawing.
    return told.prefix(100).filter { renderer.render($0).isEmpty }.map { "\($0.code.name) has no picture" }
  }

  func work() {
    let (file, told) = parse(SourceFile(path: "fuzz.flow", bytes: bytes))
    _ = check(file)
    if told.isEmpty { _ = format(file) }
  }
}
