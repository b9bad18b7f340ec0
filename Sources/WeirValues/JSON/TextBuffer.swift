#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// UTF-8 that is put together piece by piece, in memory of its own.
///
/// An array would do, but asks at every byte whether it is shared and whether the byte fits; here a
/// piece asks once.
struct TextBuffer: ~Copyable {
  private var memory: UnsafeMutableRawPointer
  private var capacity: Int
  private(set) var count = 0

  init(capacity: Int) {
    self.capacity = max(capacity, 16)
    guard let memory = malloc(self.capacity) else { fatalError("there is no memory for a text") }
    self.memory = memory
  }

  deinit { free(memory) }

  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: memory, count: count) }

  mutating func removeAll() { count = 0 }

  /// Makes room for so many more bytes.
  @inline(__always)
  mutating func reserve(_ more: Int) {
    if capacity - count < more { grow(by: more) }
  }

  /// Unlike an array, the C library can grow a large piece of memory where it stands.
  @inline(never)
  private mutating func grow(by more: Int) {
    capacity = max(capacity * 2, count + more)
    guard let larger = realloc(memory, capacity) else { fatalError("there is no memory for a text") }
    memory = larger
  }

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    reserve(1)
    memory.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
    count += 1
  }

  mutating func append(_ piece: UnsafeRawBufferPointer) {
    guard let start = piece.baseAddress else { return }
    reserve(piece.count)
    memory.advanced(by: count).copyMemory(from: start, byteCount: piece.count)
    count += piece.count
  }

  mutating func append(ascii text: StaticString) {
    text.withUTF8Buffer { append(UnsafeRawBufferPointer($0)) }
  }

  mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { append(UnsafeRawBufferPointer($0)) }
  }

  mutating func append(_ scalar: Unicode.Scalar) {
    for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { append(byte) }
  }

  mutating func append(_ byte: UInt8, count times: Int) {
    reserve(times)
    memset(memory + count, Int32(byte), times)
    count += times
  }

  /// In decimal digits.
  mutating func append(digitsOf int: Int) {
    if int < 0 { append(UInt8(ascii: "-")) }
    var rest = int.magnitude
    var digits = 1
    while rest >= 10 {
      rest /= 10
      digits += 1
    }
    reserve(digits)
    rest = int.magnitude
    count += digits
    for place in 1...digits {
      let digit = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      memory.storeBytes(of: digit, toByteOffset: count - place, as: UInt8.self)
      rest /= 10
    }
  }

  /// Copies from `start` to the first quote, backslash or control character, or to the end; says
  /// where that is. `isASCII` becomes false where a byte on the way is not ASCII, and may do so
  /// where one close behind is not.
  mutating func appendPlainText(_ source: UnsafeRawBufferPointer, from start: Int, isASCII: inout Bool) -> Int
  {
    guard let from = source.baseAddress else { return start }
    var at = start
    while at < source.count {
      reserve(16)
      let room = min(capacity - count, source.count - at)
      let copied = Self.copyPlainText(from + at, to: memory + count, most: room, isASCII: &isASCII)
      at += copied
      count += copied
      if copied < room { break }
    }
    return at
  }

  /// Says how much was copied. What follows that, up to `most`, may be written over.
  @inline(__always)
  private static func copyPlainText(
    _ source: UnsafeRawPointer, to target: UnsafeMutableRawPointer, most: Int, isASCII: inout Bool
  ) -> Int {
    var at = 0
    while most - at >= 8 {
      let eight = EightBytes(source + at)
      target.storeBytes(of: eight.word, toByteOffset: at, as: UInt64.self)
      if !eight.isASCII { isASCII = false }
      let plain = eight.plainCount
      at += plain
      if plain < 8 { return at }
    }
    while at < most {
      let byte = source.load(fromByteOffset: at, as: UInt8.self)
      if byte.endsPlainText { break }
      if byte >= 0x80 { isASCII = false }
      target.storeBytes(of: byte, toByteOffset: at, as: UInt8.self)
      at += 1
    }
    return at
  }
}
