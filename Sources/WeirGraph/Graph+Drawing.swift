import WeirValues

extension Graph {
  /// The graph as a Mermaid flow chart. A body is a frame beside the `for`, `if` or `repeat` that opens it, a flow
  /// that is called beside its first call; dotted arrows lead to them.
  ///
  /// ```
  /// flowchart TD
  ///   input_pages[/"pages: [string]"/]
  ///   for_1{{"for page"}}
  ///   subgraph for_1_body["for page"]
  ///     for_1__element_page[/"page: string"/]
  ///     for_1__step_notes["notes: string<br>google/gemini-2.5-flash"]
  ///   end
  ///   export_notes("notes: [string]")
  ///   output(["output: [string]"])
  ///   input_pages --> for_1
  ///   for_1 -.-> for_1_body
  ///   for_1__element_page --> for_1__step_notes
  ///   for_1__step_notes --> export_notes
  ///   export_notes --> output
  /// ```
  package func mermaid() -> String {
    let drawing = Drawing(self)
    let keys = Keys(self)
    var lines = ["flowchart TD"]
    for part in drawing.parts {
      let indent = String(repeating: "  ", count: part.depth + 1)
      switch part.kind {
      case .node(let site):
        let node = self[site]
        let (open, close) = node.kind.mermaidBrackets
        let text = caption(of: node).map { $0.escaped(as: Escape.mermaid) }.joined(separator: "<br>")
        lines.append("\(indent)\(keys[site])\(open)\"\(text)\"\(close)")
      case .open(let block):
        lines.append(
          "\(indent)subgraph \(keys.frame(of: block))[\"\(title(of: block).escaped(as: Escape.mermaid))\"]")
      case .close: lines.append("\(indent)end")
      }
    }
    for arrow in drawing.arrows {
      switch arrow {
      case .need(let from, let to): lines.append("  \(keys[from]) --> \(keys[to])")
      case .opening(let from, let block): lines.append("  \(keys[from]) -.-> \(keys.frame(of: self[block]))")
      case .turn(let from, let to): lines.append("  \(keys[from]) -.-> \(keys[to])")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The graph in the DOT language of Graphviz, drawn like `mermaid`.
  package func dot() -> String {
    let drawing = Drawing(self)
    let keys = Keys(self)
    var lines = ["digraph flow {", "  node [shape=box];"]
    if blocks.count > 1 { lines.append("  compound=true;") }
    for part in drawing.parts {
      let indent = String(repeating: "  ", count: part.depth + 1)
      switch part.kind {
      case .node(let site):
        let node = self[site]
        let text = caption(of: node).map { $0.escaped(as: Escape.dot) }.joined(separator: "\\n")
        lines.append("\(indent)\(keys[site]) [shape=\(node.kind.dotShape), label=\"\(text)\"];")
      case .open(let block):
        lines.append("\(indent)subgraph cluster_\(keys.frame(of: block)) {")
        lines.append("\(indent)  label=\"\(title(of: block).escaped(as: Escape.dot))\";")
        // An arrow can lead to a frame only by a node in it.
        if block.nodes.isEmpty {
          lines.append("\(indent)  \(keys.frame(of: block)) [shape=point, style=invis];")
        }
      case .close: lines.append("\(indent)}")
      }
    }
    for arrow in drawing.arrows {
      switch arrow {
      case .need(let from, let to): lines.append("  \(keys[from]) -> \(keys[to]);")
      case .opening(let from, let block):
        let target =
          self[block].ids.first.map { keys[Site(block: block, node: $0)] } ?? keys.frame(of: self[block])
        let look = "style=dashed, lhead=cluster_\(keys.frame(of: self[block]))"
        lines.append("  \(keys[from]) -> \(target) [\(look)];")
      case .turn(let from, let to): lines.append("  \(keys[from]) -> \(keys[to]) [style=dashed];")
      }
    }
    return (lines + ["}"]).joined(separator: "\n") + "\n"
  }

  /// What stands in the box of a node, line by line.
  private func caption(of node: Node) -> [String] {
    let name = name(of: node)
    var lines: [String]
    switch node.kind {
    case .for, .if, .repeat: lines = [node.blocks.first.map { title(of: self[$0]) } ?? node.kind.rawValue]
    case .until: lines = ["until"]
    case .meta: lines = ["meta(\(name ?? ""))"]
    case .call: lines = ["\(name ?? ""): \(describe(node))", title(of: self[node.blocks[0]])]
    case .input, .element, .index, .variable, .let, .step, .run, .next, .export, .output:
      lines = ["\(name ?? node.kind.rawValue): \(describe(node))"]
    }
    if node.kind == .step, let model = known(of: node) {
      lines.append((model.list ?? [model]).map { $0.string ?? $0.json() }.joined(separator: ", "))
    }
    if !node.tools.isEmpty { lines.append("may call \(node.tools.joined(separator: ", "))") }
    if node.kind == .run, let command = known(of: node) { lines.append("run(\(command.json()))") }
    return lines
  }

  private func describe(_ node: Node) -> String { type(of: node).map { types.describe($0) } ?? "" }

  private func title(of block: Block) -> String {
    guard let owner = block.owner else { return "flow \(block.name)" }
    let bound = self[owner].kind == .repeat ? known(of: self[owner]) : nil
    return bound.map { "\(block.name), up to \($0.json())" } ?? block.name
  }
}

extension Node.Kind {
  fileprivate var mermaidBrackets: (String, String) {
    switch self {
    case .input, .element, .index, .variable: ("[/", "/]")
    case .let, .meta, .next, .export: ("(", ")")
    case .step: ("[", "]")
    case .run, .call: ("[[", "]]")
    case .for, .repeat: ("{{", "}}")
    case .if, .until: ("{", "}")
    case .output: ("([", "])")
    }
  }

  fileprivate var dotShape: String {
    switch self {
    case .input, .element, .index, .variable: "parallelogram"
    case .let, .meta, .next, .export: "ellipse"
    case .step: "box"
    case .run, .call: "component"
    case .for, .repeat: "hexagon"
    case .if, .until: "diamond"
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
