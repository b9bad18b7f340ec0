/// The words that head an entry of a file.
package enum EntryWord: String, Sendable, CaseIterable {
  case about, use, input, type, defaults, limits, models, provider, tool, step, `let`, `for`, `if`
  case `repeat`, output, test

  /// Words of the language that this version reads over, and says so.
  package var isLater: Bool {
    switch self {
    case .use, .tool, .for, .if, .repeat, .test: true
    case .about, .input, .type, .defaults, .limits, .models, .provider, .step, .let, .output: false
    }
  }
}
