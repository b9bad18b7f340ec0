/// The names of fields that were read before: objects of one kind come again and again, with the
/// same names in the same order, and share the texts of their names.
///
/// A name is remembered as its place in the document. It stands in one of the few slots from the one
/// that its bytes choose; when all of them are taken, it takes the first from the name there.
struct NamesOfObjects: ~Copyable {
  private struct Slot {
    var start = 0
    /// 0 in a free slot.
    var count = 0
    var name = ""
    /// The slot of the name that came after this one the last time.
    var next = 0
  }

  private static let greatestSize = 128
  /// A power of two. To begin and to end a small document, such as a piece of an answer, costs hardly anything.
  private let size: Int
  private static let mostTries = 4
  /// Made when the first name is read; many a document has none.
  private var slots: UnsafeMutableBufferPointer<Slot>
  private var last = 0

  /// What a name leaves to tell whether it can have been there before: the bit of its slot. All bits
  /// where that is not certain: for a name that took the slot of another, which may come back, and
  /// for one that may equal a name with other bytes, as those beyond ASCII may.
  struct Mark {
    let bits: UInt128

    static let any = Mark(bits: .max)

    @inline(__always)
    fileprivate init(slot: Int) { bits = 1 &<< UInt128(truncatingIfNeeded: slot) }
    private init(bits: UInt128) { self.bits = bits }
  }

  init(documentSize: Int) {
    slots = UnsafeMutableBufferPointer(start: nil, count: 0)
    size = documentSize < 1 << 10 ? 32 : Self.greatestSize
  }

  deinit {
    slots.deinitialize()
    slots.deallocate()
  }

  /// The name that begins at `start`, behind its quote, where it is the one that came next the last
  /// time, and how many bytes it has.
  @inline(__always)
  mutating func expected(in document: UnsafeRawBufferPointer, at start: Int) -> (String, count: Int, Mark)? {
    guard !slots.isEmpty else { return nil }
    let next = slots[last].next
    let count = slots[next].count
    guard count > 0, start + count + 8 <= document.count,
      document[start + count] == UInt8(ascii: "\""), isEqual(next, document, start)
    else { return nil }
    last = next
    return (slots[next].name, count, Mark(slot: next))
  }

  /// The text of a name of plain ASCII, which `expected` was not.
  mutating func text(of range: Range<Int>, in document: UnsafeRawBufferPointer) -> (String, Mark) {
    if slots.isEmpty { makeSlots() }
    let (slot, isTaken) = place(of: range, in: document)
    if slots[slot].count == 0 || isTaken {
      slots[slot].start = range.lowerBound
      slots[slot].count = range.count
      slots[slot].name = String(checked: UnsafeRawBufferPointer(rebasing: document[range]), isASCII: true)
    }
    slots[last].next = slot
    last = slot
    return (slots[slot].name, isTaken ? .any : Mark(slot: slot))
  }

  /// The slot of the name or for it, and whether another name has it.
  private func place(of range: Range<Int>, in document: UnsafeRawBufferPointer) -> (Int, isTaken: Bool) {
    let first = Self.firstPlace(of: range, in: document) & (size - 1)
    for next in first..<first + Self.mostTries {
      let slot = next & (size - 1)
      if slots[slot].count == 0 { return (slot, false) }
      if slots[slot].count == range.count, isEqual(slot, document, range.lowerBound) {
        return (slot, false)
      }
    }
    return (first, true)
  }

  private mutating func makeSlots() {
    slots = .allocate(capacity: size)
    slots.initialize(repeating: Slot())
  }

  /// The document has at least 8 bytes from `start` and behind the name.
  @inline(__always)
  private func isEqual(_ slot: Int, _ document: UnsafeRawBufferPointer, _ start: Int) -> Bool {
    let other = slots[slot].start
    let count = slots[slot].count
    var at = 0
    while at + 8 <= count {
      if EightBytes(document, start + at).word != EightBytes(document, other + at).word { return false }
      at += 8
    }
    if at == count { return true }
    let difference = EightBytes(document, start + at).word ^ EightBytes(document, other + at).word
    return UInt64(littleEndian: difference) << UInt64(64 - 8 * (count - at)) == 0
  }

  private static func firstPlace(of range: Range<Int>, in document: UnsafeRawBufferPointer) -> Int {
    var first = UInt64(littleEndian: EightBytes(document, range.lowerBound).word)
    if range.count < 8 { first <<= UInt64(64 - 8 * range.count) }
    let last = UInt64(document[range.upperBound - 1])
    let mixed = (first ^ (last << 32) ^ UInt64(range.count)) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: mixed >> 57)
  }
}
