/// How text for a terminal is coloured. Plain unless the one who owns the terminal says otherwise.
package struct Style: Sendable {
  package enum Tint: String, Sendable {
    case error = "1;31"
    case warning = "1;33"
    case note = "1;36"
    case help = "1;32"
    case gutter = "34"
    case strong = "1"
    case faint = "2"
    case success = "32"
  }

  private let usesColour: Bool

  package static let plain = Style(usesColour: false)
  package static let coloured = Style(usesColour: true)

  package func paint(_ text: String, _ tint: Tint) -> String {
    usesColour ? "\u{1B}[\(tint.rawValue)m\(text)\u{1B}[0m" : text
  }
}
