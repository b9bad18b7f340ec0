#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A body on its way out: how far it has been read. It can be read again from any place, as libcurl
/// asks for where a kept connection turns out to be closed.
struct HTTPUpload {
  let body: HTTPBody
  /// The segment that is read, and how much of it has been.
  private var segment = 0
  private var offset = 0

  init(_ body: HTTPBody) { self.body = body }

  /// Fills the buffer as far as the body reaches; says how much that was. 0 at the end.
  mutating func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    var filled = 0
    while filled < buffer.count, segment < body.segments.count {
      let count = copy(body.segments[segment], to: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
      filled += count
      offset += count
      if offset == body.segments[segment].count {
        segment += 1
        offset = 0
      }
    }
    return filled
  }

  /// False for a place that the body does not have.
  mutating func move(to place: Int) -> Bool {
    var rest = place
    for (index, part) in body.segments.enumerated() {
      if rest < part.count {
        (segment, offset) = (index, rest)
        return rest >= 0
      }
      rest -= part.count
    }
    (segment, offset) = (body.segments.count, 0)
    return rest == 0
  }

  private func copy(_ segment: HTTPBody.Segment, to buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(segment.count - offset, buffer.count)
    guard count > 0 else { return 0 }
    switch segment {
    case .bytes(let bytes):
      bytes.withUnsafeBytes {
        buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[offset..<offset + count]))
      }
    case .data(let data):
      data.withUnsafeBytes {
        buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[offset..<offset + count]))
      }
    case .base64(let data):
      data.withUnsafeBytes {
        Base64.encode($0, from: offset, to: UnsafeMutableRawBufferPointer(rebasing: buffer[..<count]))
      }
    }
    return count
  }
}

/// Base64 as a text that can be begun anywhere.
private enum Base64 {
  private static let alphabet: StaticString =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

  /// Fills the buffer with the signs from number `start` on; there are that many.
  static func encode(
    _ data: UnsafeRawBufferPointer, from start: Int, to buffer: UnsafeMutableRawBufferPointer
  ) {
    alphabet.withUTF8Buffer { signs in
      var at = 0
      while at < buffer.count {
        let place = start + at
        let group = group(data, place / 4)
        for sign in (place % 4)..<min(4, place % 4 + buffer.count - at) {
          let isPadding = place / 4 * 3 + sign > data.count
          buffer[at] = isPadding ? UInt8(ascii: "=") : signs[Int(group >> UInt32(18 - 6 * sign)) & 0x3F]
          at += 1
        }
      }
    }
  }

  /// Three bytes, of which those beyond the end are 0.
  private static func group(_ data: UnsafeRawBufferPointer, _ number: Int) -> UInt32 {
    let at = number * 3
    let second = at + 1 < data.count ? UInt32(data[at + 1]) : 0
    let third = at + 2 < data.count ? UInt32(data[at + 2]) : 0
    return UInt32(data[at]) << 16 | second << 8 | third
  }
}
