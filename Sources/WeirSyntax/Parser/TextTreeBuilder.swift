import WeirDiagnostics

/// Puts the pieces of a string together to a tree: what stands between `if` or `for` and its `end`
/// becomes their inside. Keeps a stack of its own, so no nesting of tags is too deep for it; those
/// who walk the tree are protected by `greatestDepth`.
struct TextTreeBuilder {
  private(set) var diagnostics: [Diagnostic] = []
  /// How deep the tags stand in one another.
  private(set) var greatestDepth = 1
  private var open: [Section] = []
  /// How many tags that would stand too deep are open.
  private var tooDeep = 0

  private struct Section {
    /// Nil for the string itself.
    let opener: TextItem?
    let tag: Span?
    var branches: [ChoiceSyntax.Branch] = []
    var condition: ExpressionSyntax?
    var hasElse = false
    var parts: [TextPartSyntax] = []
  }

  /// `cook` has what is sent for each `text` among the items.
  mutating func build(_ items: [TextItem], _ cook: borrowing TextCook) -> [TextPartSyntax] {
    open.reserveCapacity(3)
    open.append(Section(opener: nil, tag: nil))
    var number = 0
    for item in items {
      switch item {
      case .text:
        let sent = cook.text(number)
        if !sent.isEmpty { add(.text(sent)) }
        number += 1
      case .value(let expression, _): add(.value(expression))
      case .comment: add(.comment)
      case .ifTag(let condition, let tag): begin(item, tag, condition)
      case .forTag(_, _, let tag): begin(item, tag, nil)
      case .elseIfTag(let condition, let tag): turn("else if", tag, condition)
      case .elseTag(let tag): turn("else", tag, nil)
      case .endTag(let tag): end(tag)
      }
    }
    while open.count > 1 { endUnclosed() }
    return open[0].parts
  }

  private mutating func add(_ part: TextPartSyntax) {
    open[open.count - 1].parts.append(part)
  }

  private mutating func begin(_ item: TextItem, _ tag: Span, _ condition: ExpressionSyntax?) {
    guard open.count < Parser.greatestDepth else {
      tooDeep += 1
      return tellTooDeep(tag)
    }
    open.append(Section(opener: item, tag: tag, condition: condition))
    greatestDepth = max(greatestDepth, open.count)
  }

  private mutating func tellTooDeep(_ tag: Span) {
    if !diagnostics.contains(where: { $0.code == .tooDeep }) { diagnostics.append(.tooDeep(at: tag)) }
  }

  /// `else` and `else if`: the branch so far is done, the next begins.
  private mutating func turn(_ word: String, _ tag: Span, _ condition: ExpressionSyntax?) {
    guard tooDeep == 0 else { return }
    guard case .ifTag = open[open.count - 1].opener, !open[open.count - 1].hasElse else {
      diagnostics.append(.strayTag(word, at: tag))
      return
    }
    finishBranch()
    open[open.count - 1].condition = condition
    open[open.count - 1].hasElse = condition == nil
  }

  private mutating func finishBranch() {
    let last = open.count - 1
    open[last].branches.append(.init(condition: open[last].condition, parts: open[last].parts))
    open[last].parts = []
  }

  private mutating func end(_ tag: Span) {
    guard tooDeep == 0 else {
      tooDeep -= 1
      return
    }
    guard open.count > 1 else {
      diagnostics.append(.strayTag("end", at: tag))
      return
    }
    close()
  }

  private mutating func endUnclosed() {
    if let tag = open[open.count - 1].tag {
      if case .forTag = open[open.count - 1].opener {
        diagnostics.append(.unclosedSection("for", at: tag))
      } else {
        diagnostics.append(.unclosedSection("if", at: tag))
      }
    }
    close()
  }

  private mutating func close() {
    if case .forTag(let binder, let list, _) = open[open.count - 1].opener {
      let section = open.removeLast()
      add(.loop(LoopSyntax(binder: binder, list: list, parts: section.parts)))
    } else {
      finishBranch()
      let section = open.removeLast()
      add(.choice(ChoiceSyntax(branches: section.branches)))
    }
  }
}
