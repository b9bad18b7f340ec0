/// Parts an entry of the file that takes several lines from its neighbours by a blank line.
///
/// Whether an entry takes several is known when it is written, so the blank line is put in afterwards,
/// above the comments that stand before the entry.
struct EntrySpacing {
  private var isInGap = false
  /// Where the gap before the entry at hand begins; nil above the first one.
  private var gap: Int?
  private var gapHasBlankLine = false
  private var isTall = false
  private var lastIsTall = false
  private var hasEntry = false

  /// Before the comments and the first line of an entry, and behind the last line of the one before it.
  mutating func beginGap(_ text: inout [UInt8]) {
    if hasEntry, isTall || lastIsTall, !gapHasBlankLine, let gap { text.insert(0x0A, at: gap) }
    hasEntry = !text.isEmpty
    lastIsTall = isTall
    isInGap = true
    gap = nil
    gapHasBlankLine = false
  }

  mutating func beginEntry() {
    isInGap = false
    isTall = false
  }

  /// A line break that is about to be written at this place of the text.
  mutating func noteBreak(at place: Int, isBlank: Bool) {
    guard isInGap else { return isTall = true }
    if gap == nil { gap = place }
    if isBlank { gapHasBlankLine = true }
  }
}
