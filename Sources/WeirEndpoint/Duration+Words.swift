extension Duration {
  /// For a message: `120 s`, `1.5 s`, `300 ms`, `20 min`, `3 h`.
  package var words: String {
    let milliseconds = (self / .milliseconds(1)).rounded()
    if milliseconds < 1_000 { return "\(Int(milliseconds)) ms" }
    let seconds = milliseconds / 1_000
    if seconds < 10 {
      let tenths = (seconds * 10).rounded()
      return tenths.remainder(dividingBy: 10) == 0 ? "\(Int(tenths / 10)) s" : "\(tenths / 10) s"
    }
    if seconds < 600 { return "\(Int(seconds.rounded())) s" }
    if seconds < 7_200 { return "\(Int((seconds / 60).rounded())) min" }
    guard seconds < 1e12 else { return "for ever" }
    return "\(Int((seconds / 3_600).rounded())) h"
  }
}
