import WeirEndpoint

/// A step under way, as the line on the terminal has it that changes.
struct RunningStep {
  let name: String
  let since: Duration
  var state = State.running
  /// The end of what the model has said so far.
  private var tail: [UInt8] = []

  enum State {
    case running
    /// Something worth to be said instead.
    case note(String)
    /// Nothing is sent to its provider until then.
    case held(until: Duration, String)
  }

  private static let longestTail = 60

  init(name: String, since: Duration) {
    self.name = name
    self.since = since
  }

  mutating func add(_ text: String) {
    state = .running
    tail += text.utf8.suffix(8 * Self.longestTail)
    if tail.count > 16 * Self.longestTail { tail.removeFirst(tail.count - 8 * Self.longestTail) }
  }

  func words(at now: Duration) -> String {
    switch state {
    case .running:
      let time = "running \((now - since).shown)"
      return lastLine.map { "\(time)  \($0)" } ?? time
    case .note(let text): return text
    case .held(let end, let why): return end > now ? "\(why); waiting \((end - now).shown)" : why
    }
  }

  /// The last line that is not blank, or its end; nil while there is none.
  private var lastLine: String? {
    guard let line = tail.split(whereSeparator: { $0 < 0x20 }).last(where: { $0.contains { $0 > 0x20 } })
    else {
      return nil
    }
    // A character of which the beginning is gone is left out.
    let whole = line.drop { $0 & 0xC0 == 0x80 }
    let text = String(decoding: whole, as: UTF8.self)
    return text.count > Self.longestTail ? "…" + text.suffix(Self.longestTail) : text
  }
}
