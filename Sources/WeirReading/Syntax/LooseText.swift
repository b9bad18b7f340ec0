import WeirValues

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A text that was read loosely: its bytes, and the values in them.
///
/// It is shared by all that look at it: they are asked for at every part of a value, and what they hold
/// themselves is copied about.
final class LooseText: Sendable {
  let bytes: [UInt8]
  let tree: LooseTree
  /// Whether a quote in a string was not escaped anywhere.
  let hasQuotesInStrings: Bool

  init(_ bytes: [UInt8], _ tree: LooseTree, hasQuotesInStrings: Bool) {
    self.bytes = bytes
    self.tree = tree
    self.hasQuotesInStrings = hasQuotesInStrings
  }

  convenience init(_ reader: LooseReader) {
    self.init(reader.bytes, reader.tree, hasQuotesInStrings: reader.hasQuotesInStrings)
  }

  /// What a string, key or bare value says.
  func text(of node: Int) -> String { tree.nodes[node].text(in: bytes) }

  /// Whether a value stands in the text just as the word.
  func says(_ word: StaticString, _ index: Int) -> Bool {
    let content = tree.nodes[index].content
    guard content.count == word.utf8CodeUnitCount else { return false }
    for place in 0..<content.count where bytes[content.lowerBound + place] != word.utf8Start[place] {
      return false
    }
    return true
  }

  /// Whether a key stands in the text just as a name is.
  func isPlain(_ index: Int, _ name: [UInt8]) -> Bool {
    let node = tree.nodes[index]
    let content = node.content
    guard node.isPlain, content.count == name.count else { return false }
    return bytes.withUnsafeBytes { bytes in
      name.withUnsafeBytes { name in
        guard let start = bytes.baseAddress, let first = name.baseAddress else { return true }
        return memcmp(start + content.lowerBound, first, name.count) == 0
      }
    }
  }

  /// The number that a value without quotes is, where it is written as in JSON and not long.
  func shortNumber(_ index: Int) -> Number? {
    let content = tree.nodes[index].content
    return bytes.withUnsafeBytes { Number(shortJSON: UnsafeRawBufferPointer(rebasing: $0[content])) }
  }

  /// Whether a string is two of which nobody knows how they belong together: `"one" + "two"`. Then nothing
  /// but blanks and such signs stands behind an opening quote of two inside of it.
  func isSeveralStrings(_ index: Int) -> Bool {
    guard hasQuotesInStrings else { return false }
    let node = tree.nodes[index]
    guard node.kind == .string, node.opening == 1 else { return false }
    return bytes.withUnsafeBytes { bytes in
      let content = UnsafeRawBufferPointer(rebasing: bytes[node.content])
      var isOdd = false
      var at = content.firstQuote(from: 0)
      while at < content.count {
        isOdd.toggle()
        at += 1
        if isOdd {
          while at < content.count, content[at].isBetweenStrings { at += 1 }
          if at < content.count, content[at] == .quote { return true }
        }
        at = content.firstQuote(from: at)
      }
      return false
    }
  }
}

extension UnsafeRawBufferPointer {
  /// Where the first quote stands, or the end.
  fileprivate func firstQuote(from start: Int) -> Int {
    guard start < count, let base = baseAddress else { return count }
    guard let found = memchr(base + start, CInt(UInt8.quote), count - start) else { return count }
    return UnsafeRawPointer(found) - base
  }
}

extension UInt8 {
  fileprivate var isBetweenStrings: Bool {
    self == .blank || self == .comma || self == .plus || self == .newline
  }
}
