/// Where a value stands inside another one: `tags[2].name`. Empty for the whole.
package struct ValuePath: Sendable, Hashable {
  package enum Part: Sendable, Hashable {
    case field(String)
    /// From 0.
    case element(Int)
  }

  package let parts: [Part]

  package init(_ parts: [Part] = []) { self.parts = parts }

  package var isEmpty: Bool { parts.isEmpty }

  package func appending(_ part: Part) -> ValuePath { ValuePath(parts + [part]) }

  /// For a message: the path in back-ticks, or what the whole is called.
  package func phrase(whole: String) -> String { isEmpty ? whole : "`\(self)`" }
}

extension ValuePath: CustomStringConvertible {
  package var description: String {
    var text = ""
    for part in parts {
      switch part {
      case .element(let index): text += "[\(index)]"
      case .field(let name) where !Self.isPlain(name): text += "[\(Value.string(name).json())]"
      case .field(let name): text += text.isEmpty ? name : ".\(name)"
      }
    }
    return text
  }

  private static func isPlain(_ name: String) -> Bool {
    guard let first = name.utf8.first, !(0x30...0x39).contains(first) else { return false }
    return name.utf8.allSatisfy {
      $0 == UInt8(ascii: "_") || (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20)
    }
  }
}
