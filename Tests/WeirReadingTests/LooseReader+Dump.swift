@testable import WeirReading

extension LooseReader {
  /// The tree on one line. Before each root its place: `whole`, `fence` with its language, `prose`. Strings
  /// in quotes, keys too; a bare value as it is; `?` for one that is missing; `~` behind what is not closed;
  /// last, where reasoning stands: `whole {"a": [1, "b"~]~}~ · thinks 0..<9`.
  var dump: String {
    let roots = tree.roots.map { "\(dump($0.place)) \(dump($0.node))" }
    return (roots + tree.reasoning.map { "thinks \($0)" }).joined(separator: " · ")
  }

  var mends: String { tree.mends.map { "\($0.kind.rawValue)@\($0.offset)" }.joined(separator: " ") }

  private func dump(_ place: Reading.Place) -> String {
    switch place {
    case .whole: "whole"
    case .fence(let language): "fence(\(language))"
    case .prose: "prose"
    }
  }

  private func dump(_ index: Int) -> String {
    let node = tree.nodes[index]
    let end = node.isClosed ? "" : "~"
    switch node.kind {
    case .bare: return text(of: index) + end
    case .missing: return "?" + end
    case .string: return "\"\(text(of: index))\"" + end
    case .list: return "[" + children(of: index).map(dump).joined(separator: ", ") + "]" + end
    case .object:
      let inside = children(of: index)
      let fields = stride(from: 0, to: inside.count, by: 2).map { place in
        dump(inside[place]) + ": " + (place + 1 < inside.count ? dump(inside[place + 1]) : "!")
      }
      return "{" + fields.joined(separator: ", ") + "}" + end
    }
  }

  func children(of index: Int) -> [Int] {
    var found: [Int] = []
    var next = index + 1
    while next < tree.nodes[index].next {
      found.append(next)
      next = tree.nodes[next].next
    }
    return found
  }
}
