/// The words that head an entry of a file.
package enum EntryWord: String, Sendable, CaseIterable {
  case about, use, input, type, defaults, limits, models, provider, tool, step, `let`, `for`, `if`
  case `repeat`, output, test

  /// The word that stands there. They are at most eight letters long, so their bytes fit into one
  /// number.
  init?(_ bytes: [UInt8], _ range: Range<Int>) {
    guard 2...8 ~= range.count else { return nil }
    var key: UInt64 = 0
    for index in range { key = key << 8 | UInt64(bytes[index]) }
    switch key {
    case 0x61_626F_7574: self = .about
    case 0x75_7365: self = .use
    case 0x69_6E70_7574: self = .input
    case 0x7479_7065: self = .type
    case 0x6465_6661_756C_7473: self = .defaults
    case 0x6C69_6D69_7473: self = .limits
    case 0x6D6F_6465_6C73: self = .models
    case 0x7072_6F76_6964_6572: self = .provider
    case 0x746F_6F6C: self = .tool
    case 0x7374_6570: self = .step
    case 0x6C_6574: self = .let
    case 0x66_6F72: self = .for
    case 0x6966: self = .if
    case 0x7265_7065_6174: self = .repeat
    case 0x6F75_7470_7574: self = .output
    case 0x7465_7374: self = .test
    default: return nil
    }
  }

  /// Whether it may stand in a body.
  var isWork: Bool {
    switch self {
    case .step, .let, .for, .if, .repeat: true
    case .about, .use, .input, .type, .defaults, .limits, .models, .provider, .tool, .output, .test: false
    }
  }
}
