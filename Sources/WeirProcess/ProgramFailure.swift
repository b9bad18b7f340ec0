/// Why a program gave no output. It never holds what the program was given.
///
/// `standardError` is the end of what the program wrote there, at most 4 KB of it, made valid UTF-8.
package enum ProgramFailure: Error, Sendable, Equatable {
  /// There is no program of that name in `PATH`, or no file at that path.
  case notFound(program: String)
  /// It is there, but the system did not start it; the reason in lower case, without a full stop.
  case notStarted(program: String, reason: String)
  case exited(status: Int32, standardError: String)
  /// Ended by a signal that did not come from here.
  case killed(signal: Int32, standardError: String)
  case timedOut(after: Duration, standardError: String)
  /// In bytes.
  case outputTooLarge(limit: Int)
  case cancelled

  /// What happened, in lower case and without a full stop, to stand after the program's name.
  package var message: String {
    switch self {
    case .notFound(let program):
      program.utf8.contains(UInt8(ascii: "/"))
        ? "there is no program `\(program)`" : "no program `\(program)` was found in `PATH`"
    case .notStarted(let program, let reason): "`\(program)` could not be started: \(reason)"
    case .exited(let status, _): "exited with status \(status)"
    case .killed(let signal, _): "was ended by signal \(signal)"
    case .timedOut(let limit, _): "was not done after \(limit)"
    case .outputTooLarge(let limit): "wrote more than \(limit) bytes to standard output"
    case .cancelled: "was stopped"
    }
  }

  /// The end of what the program wrote to standard error; empty where none was started or kept.
  package var standardError: String {
    switch self {
    case .exited(_, let text), .killed(_, let text), .timedOut(_, let text): text
    case .notFound, .notStarted, .outputTooLarge, .cancelled: ""
    }
  }
}
