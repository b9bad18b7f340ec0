/// Where a value stands inside another one: `tags[2].name`. Empty for the whole.
///
/// It holds on to the path of what is around, so that the paths of many parts share what they have in common.
package struct ValuePath: Sendable {
  package enum Part: Sendable, Hashable {
    case field(String)
    /// From 0.
    case element(Int)
  }

  private let last: Step?

  private final class Step: Sendable {
    let part: Part
    let outer: Step?

    init(_ part: Part, in outer: Step?) {
      self.part = part
      self.outer = outer
    }
  }

  package init() { last = nil }

  private init(last: Step) { self.last = last }

  package init(_ parts: some Sequence<Part>) { self = parts.reduce(ValuePath()) { $0.appending($1) } }

  /// The outermost first.
  package var parts: [Part] {
    var parts: [Part] = []
    var step = last
    while let part = step {
      parts.append(part.part)
      step = part.outer
    }
    return parts.reversed()
  }

  package var isEmpty: Bool { last == nil }

  package func appending(_ part: Part) -> ValuePath { ValuePath(last: Step(part, in: last)) }

  /// For a message: the path in back-ticks, or what the whole is called.
  package func phrase(whole: String) -> String { isEmpty ? whole : "`\(self)`" }
}

extension ValuePath: Hashable {
  package static func == (left: ValuePath, right: ValuePath) -> Bool {
    var (left, right) = (left.last, right.last)
    while left !== right {
      guard let one = left, let other = right, one.part == other.part else { return false }
      (left, right) = (one.outer, other.outer)
    }
    return true
  }

  package func hash(into hasher: inout Hasher) {
    var step = last
    while let part = step {
      hasher.combine(part.part)
      step = part.outer
    }
  }
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
