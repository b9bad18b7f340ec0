/// How `weir` ends, for the shell that called it.
package enum ExitCode: Int32, Sendable, CaseIterable {
  case done = 0
  /// The command line itself is wrong.
  case usage = 1
  /// The flow or an input is wrong; nothing was asked.
  case invalid = 2
  /// A step failed.
  case failed = 3
  /// An expectation does not hold, such as that files are formatted.
  case unmet = 4
  /// A limit of the flow stopped the run.
  case limit = 5
  /// The terminal went away.
  case hungUp = 129
  case interrupted = 130
}
