/// The words that head an entry of a file.
package enum EntryWord: String, Sendable, CaseIterable {
  case about, use, input, type, defaults, limits, models, provider, tool, step, `let`, `for`, `if`
  case `repeat`, output, test

  /// Whether it may stand in a body.
  var isWork: Bool {
    switch self {
    case .step, .let, .for, .if, .repeat: true
    case .about, .use, .input, .type, .defaults, .limits, .models, .provider, .tool, .output, .test: false
    }
  }
}
