import WeirDiagnostics
import WeirRun

/// What is written of a run while it goes on: its progress, its events, or the text that it will give.
///
/// Text on standard output and progress may be on the same screen. Then lines of progress wait until the text
/// has come to its end.
struct RunWriter {
  private let console: Console
  /// Nil where nobody wants to see it.
  private var progress: ProgressView?
  private var events: EventLines?
  private var text: StreamedText?
  private var waiting = ""

  init(_ console: Console, progress: ProgressView?, events: EventLines? = nil, text: StreamedText? = nil) {
    self.console = console
    self.progress = progress
    self.events = events
    self.text = text
  }

  mutating func show(_ event: RunEvent, at now: Duration) {
    if let lines = events?.lines(for: event, at: now) { console.write(lines) }
    if let more = text?.text(for: event) { console.write(more) }
    writeProgress(progress?.show(event, at: now))
  }

  mutating func tick(at now: Duration) { writeProgress(progress?.tick(at: now)) }

  /// Nothing more happens. Gives what is to be written when the result is known.
  mutating func finish() -> ResultWriter {
    writeProgress(progress?.finish())
    return ResultWriter(console: console, text: text, waiting: waiting)
  }

  private mutating func writeProgress(_ lines: String?) {
    guard let lines, !lines.isEmpty else { return }
    if console.isOutputTerminal, text?.isOpen == true {
      waiting += lines
    } else {
      console.writeError(lines)
    }
  }
}

/// Writes the result of a run, of which a part may stand on the screen.
struct ResultWriter: Sendable {
  let console: Console
  var text: StreamedText?
  /// The progress that was not shown while the text was coming.
  var waiting = ""

  /// Returns the line of standard output on which the result begins, where something else stands before it.
  func write(_ result: String) -> Int? {
    var text = text
    console.write(text?.rest(of: result) ?? "\(result)\n")
    console.writeError(waiting)
    return text?.newBeginning
  }

  /// Where there is no result: what came of it is left to stand.
  func writeNothing() {
    if text?.isOpen == true { console.write("\n") }
    console.writeError(waiting)
  }
}
