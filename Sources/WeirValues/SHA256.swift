#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

/// The SHA-256 of some bytes (FIPS 180-4), by which pictures and stored answers are known.
///
/// For names and comparisons. It takes no care to run in constant time, so it is not for secrets.
package struct SHA256 {
  private var state = Self.initialState
  /// What has come since the last whole block.
  private var rest: [UInt8] = []
  private var count = 0
  private static let blockSize = 64

  package init() {}

  package mutating func update(_ bytes: some ContiguousBytes) {
    bytes.withUnsafeBytes { update($0) }
  }

  /// The digest of all that came: 32 bytes. Nothing may come after it.
  package mutating func finish() -> [UInt8] {
    let bits = UInt64(count) &* 8
    rest.append(0x80)
    let zeros = (Self.blockSize + 56 - rest.count % Self.blockSize) % Self.blockSize
    rest.append(contentsOf: repeatElement(0, count: zeros))
    withUnsafeBytes(of: bits.bigEndian) { rest.append(contentsOf: $0) }
    rest.withUnsafeBytes { Self.compress($0, into: &state) }
    return state.indices.flatMap { index in
      withUnsafeBytes(of: state[index].bigEndian) { Array($0) }
    }
  }

  /// The digest in 64 hexadecimal digits.
  package static func hex(of bytes: some ContiguousBytes) -> String {
    var hash = SHA256()
    hash.update(bytes)
    let digits = Array("0123456789abcdef".utf8)
    let text = hash.finish().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 0x0F)]] }
    return String(decoding: text, as: UTF8.self)
  }

  private mutating func update(_ bytes: UnsafeRawBufferPointer) {
    count += bytes.count
    var bytes = bytes[...]
    if !rest.isEmpty {
      let wanted = bytes.prefix(Self.blockSize - rest.count)
      rest.append(contentsOf: wanted)
      bytes = bytes.dropFirst(wanted.count)
      guard rest.count == Self.blockSize else { return }
      rest.withUnsafeBytes { Self.compress($0, into: &state) }
      rest.removeAll(keepingCapacity: true)
    }
    let whole = bytes.count - bytes.count % Self.blockSize
    Self.compress(UnsafeRawBufferPointer(rebasing: bytes.prefix(whole)), into: &state)
    rest.append(contentsOf: bytes.dropFirst(whole))
  }

  // Pointers, because the checks of array indices would take half the time of a large picture.
  private static func compress(_ blocks: UnsafeRawBufferPointer, into state: inout SIMD8<UInt32>) {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { schedule in
      constants.withUnsafeBufferPointer { constants in
        for start in stride(from: 0, to: blocks.count, by: blockSize) {
          spread(blocks, from: start, over: schedule)
          mix(schedule, constants, into: &state)
        }
      }
    }
  }

  /// The message schedule: FIPS 180-4, 6.2.2, step 1.
  private static func spread(
    _ blocks: UnsafeRawBufferPointer, from start: Int, over w: UnsafeMutableBufferPointer<UInt32>
  ) {
    for t in 0..<16 {
      w[t] = UInt32(bigEndian: blocks.loadUnaligned(fromByteOffset: start + t * 4, as: UInt32.self))
    }
    // Two words at a time: each needs the one two places before it, so there cannot be more.
    for t in stride(from: 16, to: 64, by: 2) {
      let (a, b) = (SIMD2(w[t - 15], w[t - 14]), SIMD2(w[t - 2], w[t - 1]))
      let sigma0 = rotate(a, 7) ^ rotate(a, 18) ^ (a &>> 3)
      let sigma1 = rotate(b, 17) ^ rotate(b, 19) ^ (b &>> 10)
      let sum = SIMD2(w[t - 16], w[t - 15]) &+ sigma0 &+ SIMD2(w[t - 7], w[t - 6]) &+ sigma1
      (w[t], w[t + 1]) = (sum[0], sum[1])
    }
  }

  /// The 64 rounds: FIPS 180-4, 6.2.2, steps 2 to 4.
  private static func mix(
    _ w: UnsafeMutableBufferPointer<UInt32>, _ k: UnsafeBufferPointer<UInt32>, into state: inout SIMD8<UInt32>
  ) {
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    // Eight rounds at a time, so that the words change their names and not their registers.
    for t in stride(from: 0, to: 64, by: 8) {
      turn(a, b, c, &d, e, f, g, &h, k[t] &+ w[t])
      turn(h, a, b, &c, d, e, f, &g, k[t + 1] &+ w[t + 1])
      turn(g, h, a, &b, c, d, e, &f, k[t + 2] &+ w[t + 2])
      turn(f, g, h, &a, b, c, d, &e, k[t + 3] &+ w[t + 3])
      turn(e, f, g, &h, a, b, c, &d, k[t + 4] &+ w[t + 4])
      turn(d, e, f, &g, h, a, b, &c, k[t + 5] &+ w[t + 5])
      turn(c, d, e, &f, g, h, a, &b, k[t + 6] &+ w[t + 6])
      turn(b, c, d, &e, f, g, h, &a, k[t + 7] &+ w[t + 7])
    }
    state &+= SIMD8(a, b, c, d, e, f, g, h)
  }

  @inline(__always)
  private static func turn(
    _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32,
    _ e: UInt32, _ f: UInt32, _ g: UInt32, _ h: inout UInt32, _ added: UInt32
  ) {
    let sum1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
    h = h &+ sum1 &+ (g ^ (e & (f ^ g))) &+ added
    d = d &+ h
    let sum0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
    h = h &+ sum0 &+ ((a & b) | (c & (a | b)))
  }

  @inline(__always)
  private static func rotate(_ word: UInt32, _ bits: UInt32) -> UInt32 {
    (word &>> bits) | (word &<< (32 - bits))
  }

  @inline(__always)
  private static func rotate(_ words: SIMD2<UInt32>, _ bits: UInt32) -> SIMD2<UInt32> {
    (words &>> bits) | (words &<< (32 - bits))
  }

  private static let initialState = SIMD8<UInt32>(
    0x6A09_E667, 0xBB67_AE85, 0x3C6E_F372, 0xA54F_F53A, 0x510E_527F, 0x9B05_688C, 0x1F83_D9AB, 0x5BE0_CD19)

  private static let constants: [UInt32] = [
    0x428A_2F98, 0x7137_4491, 0xB5C0_FBCF, 0xE9B5_DBA5, 0x3956_C25B, 0x59F1_11F1, 0x923F_82A4, 0xAB1C_5ED5,
    0xD807_AA98, 0x1283_5B01, 0x2431_85BE, 0x550C_7DC3, 0x72BE_5D74, 0x80DE_B1FE, 0x9BDC_06A7, 0xC19B_F174,
    0xE49B_69C1, 0xEFBE_4786, 0x0FC1_9DC6, 0x240C_A1CC, 0x2DE9_2C6F, 0x4A74_84AA, 0x5CB0_A9DC, 0x76F9_88DA,
    0x983E_5152, 0xA831_C66D, 0xB003_27C8, 0xBF59_7FC7, 0xC6E0_0BF3, 0xD5A7_9147, 0x06CA_6351, 0x1429_2967,
    0x27B7_0A85, 0x2E1B_2138, 0x4D2C_6DFC, 0x5338_0D13, 0x650A_7354, 0x766A_0ABB, 0x81C2_C92E, 0x9272_2C85,
    0xA2BF_E8A1, 0xA81A_664B, 0xC24B_8B70, 0xC76C_51A3, 0xD192_E819, 0xD699_0624, 0xF40E_3585, 0x106A_A070,
    0x19A4_C116, 0x1E37_6C08, 0x2748_774C, 0x34B0_BCB5, 0x391C_0CB3, 0x4ED8_AA4A, 0x5B9C_CA4F, 0x682E_6FF3,
    0x748F_82EE, 0x78A5_636F, 0x84C8_7814, 0x8CC7_0208, 0x90BE_FFFA, 0xA450_6CEB, 0xBEF9_A3F7, 0xC671_78F2,
  ]
}
