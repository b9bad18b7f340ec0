import WeirDiagnostics

extension Flow {
  private static let greatestRounds = 10

  /// The flow with every edit made that its diagnostics hold, and how many of them were mended.
  ///
  /// A mend may show what stood behind it, so it is checked again until nothing is left to mend. A flow
  /// that nothing is wrong with never becomes one that something is.
  package func mended() -> (flow: Flow, count: Int) {
    var flow = self
    var count = 0
    for _ in 0..<Self.greatestRounds {
      let (bytes, mended) = flow.diagnostics.mending(flow.source.bytes)
      guard bytes != flow.source.bytes else { break }
      let next = Flow(SourceFile(id: source.id, path: source.path, bytes: bytes))
      if !flow.diagnostics.hasErrors, next.diagnostics.hasErrors { break }
      flow = next
      count += mended
    }
    return (flow, count)
  }
}
