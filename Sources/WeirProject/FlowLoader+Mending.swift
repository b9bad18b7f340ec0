import WeirDiagnostics

extension FlowLoader {
  private static let greatestRounds = 10

  /// The flow with every edit made that its diagnostics hold for its own file, and how many of them were
  /// mended.
  ///
  /// A mend may show what stood behind it, so it is checked again until nothing is left to mend. A flow
  /// that nothing is wrong with never becomes one that something is.
  package mutating func mend(_ flow: Flow) -> (flow: Flow, count: Int) {
    var flow = flow
    var count = 0
    for _ in 0..<Self.greatestRounds {
      let own = flow.diagnostics.filter { $0.span.file == flow.source.id }
      let (bytes, mended) = own.mending(flow.source.bytes)
      guard bytes != flow.source.bytes else { break }
      let source = SourceFile(id: flow.source.id, path: flow.source.path, bytes: bytes)
      let next = load(source, from: flow.place)
      if !flow.diagnostics.hasErrors, next.diagnostics.hasErrors { break }
      flow = next
      count += mended
    }
    return (flow, count)
  }
}
