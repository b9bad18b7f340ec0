import WeirValues

extension Graph {
  /// The graph as a Mermaid flow chart.
  ///
  /// ```
  /// flowchart TD
  ///   input_photo[/"photo: image"/]
  ///   step_caption["caption: string<br>google/gemini-2.5-flash"]
  ///   output(["output: string"])
  ///   input_photo --> step_caption
  ///   step_caption --> output
  /// ```
  package func mermaid() -> String {
    var lines = ["flowchart TD"]
    for node in nodes {
      let (open, close) = node.kind.mermaidBrackets
      let text = caption(of: node).map { $0.escaped(as: Escape.mermaid) }.joined(separator: "<br>")
      lines.append("  \(node.key)\(open)\"\(text)\"\(close)")
    }
    for (from, to) in edges { lines.append("  \(nodes[from].key) --> \(nodes[to].key)") }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The graph in the DOT language of Graphviz.
  package func dot() -> String {
    var lines = ["digraph flow {", "  node [shape=box];"]
    for node in nodes {
      let text = caption(of: node).map { $0.escaped(as: Escape.dot) }.joined(separator: "\\n")
      lines.append("  \(node.key) [shape=\(node.kind.dotShape), label=\"\(text)\"];")
    }
    for (from, to) in edges { lines.append("  \(nodes[from].key) -> \(nodes[to].key);") }
    return (lines + ["}"]).joined(separator: "\n") + "\n"
  }

  /// What stands in the box of a node, line by line.
  private func caption(of node: Node) -> [String] {
    var lines = ["\(node.name ?? node.kind.rawValue): \(types.describe(node.type))"]
    if let model = node.model {
      lines.append((model.list ?? [model]).map { $0.string ?? $0.json() }.joined(separator: ", "))
    }
    return lines
  }

  private var edges: [(from: Int, to: Int)] {
    ids.flatMap { id in needs(of: id).map { ($0.index, id.index) } }
  }
}

extension Node.Kind {
  fileprivate var mermaidBrackets: (String, String) {
    switch self {
    case .input: ("[/", "/]")
    case .let: ("(", ")")
    case .step: ("[", "]")
    case .output: ("([", "])")
    }
  }

  fileprivate var dotShape: String {
    switch self {
    case .input: "parallelogram"
    case .let: "ellipse"
    case .step: "box"
    case .output: "doubleoctagon"
    }
  }
}

/// What stands for a character that means something in the text of a drawing; nil leaves it.
private enum Escape {
  static func mermaid(_ scalar: Unicode.Scalar) -> String? {
    switch scalar {
    case "\"", "#", "&", "<", ">", "`", "\\": "#\(scalar.value);"
    case _ where scalar.value < 0x20: " "
    default: nil
    }
  }

  static func dot(_ scalar: Unicode.Scalar) -> String? {
    switch scalar {
    case "\"", "\\": "\\\(scalar)"
    case _ where scalar.value < 0x20: " "
    default: nil
    }
  }
}

extension String {
  fileprivate func escaped(as escape: (Unicode.Scalar) -> String?) -> String {
    var text = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      if let replacement = escape(scalar) {
        text.append(contentsOf: replacement.unicodeScalars)
      } else {
        text.append(scalar)
      }
    }
    return String(text)
  }
}
