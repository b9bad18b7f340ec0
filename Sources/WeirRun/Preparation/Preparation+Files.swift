import WeirProgram
import WeirValues

/// What is read from files is read before the first request, wherever it stands: in a prompt, in a
/// condition, in the last output. A file that is not there then costs nothing.
extension Preparation {
  mutating func readFiles(in step: Step) {
    for expression in step.settings.all { readFiles(in: expression) }
    for ensure in step.ensures {
      readFilesOfNobody(in: ensure.condition)
      if let reason = ensure.reason { readFilesOfNobody(in: reason) }
    }
  }

  /// What a condition reads for no answer in particular.
  private mutating func readFilesOfNobody(in expression: Expression) {
    var found: [Expression] = []
    expression.walk { inner in
      if case .file = inner.kind, !inner.readsLocals { found.append(inner) }
    }
    for file in found where known(file) { _ = evaluated(file, [], isFile: true) }
  }

  mutating func readFiles(in expression: Expression) {
    guard expression.readsFiles else { return }
    _ = knows(expression)
    var locals: [Value] = []
    visit(expression, &locals)
  }

  /// Goes through the expression with the variables of comprehensions and loops, as far as these are
  /// known; where they are not, nothing under them can be read yet. Of a choice only what is chosen is read.
  private mutating func visit(_ expression: Expression, _ locals: inout [Value]) {
    guard expression.readsFiles else { return }
    switch expression.kind {
    case .file(_, let arguments):
      for argument in arguments { visit(argument, &locals) }
      if known(expression) { _ = evaluated(expression, locals, isFile: true) }
    case .comprehension(let comprehension):
      visit(comprehension.list, &locals)
      forEach(comprehension.list, comprehension.depth, &locals) { preparation, locals in
        if let condition = comprehension.condition {
          preparation.visit(condition, &locals)
          guard preparation.evaluated(condition, locals)?.bool == true else { return }
        }
        preparation.visit(comprehension.element, &locals)
      }
    case .conditional(let condition, let then, let otherwise):
      visit(condition, &locals)
      let holds = evaluated(condition, locals)?.bool
      if holds != false { visit(then, &locals) }
      if holds != true { visit(otherwise, &locals) }
    case .call(let call): visit(call, &locals)
    case .template(let template): visit(template, &locals)
    case .list(let elements): for element in elements { visit(element, &locals) }
    case .record(let entries): for entry in entries { visit(entry.value, &locals) }
    case .field(let base, _, _), .negate(let base), .not(let base), .trusted(let base): visit(base, &locals)
    case .element(let base, let index):
      visit(base, &locals)
      visit(index, &locals)
    case .binary(_, let left, let right):
      visit(left, &locals)
      visit(right, &locals)
    case .constant, .value, .local, .environment: break
    }
  }

  private mutating func visit(_ call: Expression.Call, _ locals: inout [Value]) {
    for argument in call.arguments {
      switch argument {
      case .value(let expression): visit(expression, &locals)
      case .forEachElement(let expression, let depth):
        guard let list = call.arguments.first?.expression else { break }
        forEach(list, depth, &locals) { $0.visit(expression, &$1) }
      }
    }
  }

  private mutating func visit(_ template: Template, _ locals: inout [Value]) {
    for part in template.parts {
      switch part {
      case .text: break
      case .value(let expression): visit(expression, &locals)
      case .choice(let branches, let otherwise): visit(branches, otherwise, &locals)
      case .loop(let list, let depth, let body):
        visit(list, &locals)
        forEach(list, depth, &locals) { $0.visit(body, &$1) }
      }
    }
  }

  private mutating func visit(
    _ branches: [Template.Branch], _ otherwise: Template?, _ locals: inout [Value]
  ) {
    for branch in branches {
      visit(branch.condition, &locals)
      let holds = evaluated(branch.condition, locals)?.bool
      if holds != false { visit(branch.body, &locals) }
      if holds == true { return }
    }
    if let otherwise { visit(otherwise, &locals) }
  }

  private mutating func forEach(
    _ list: Expression, _ depth: Int, _ locals: inout [Value],
    _ body: (inout Preparation, inout [Value]) -> Void
  ) {
    guard locals.count >= depth, let elements = evaluated(list, locals)?.list else { return }
    for (index, element) in elements.enumerated() {
      locals.enter(depth, element, .int(index))
      body(&self, &locals)
    }
    if !elements.isEmpty { locals.leave(depth) }
  }

  private func known(_ expression: Expression) -> Bool {
    expression.references.allSatisfy { known[$0] != nil }
  }

  private mutating func evaluated(_ expression: Expression, _ locals: [Value], isFile: Bool = false) -> Value?
  {
    guard known(expression) else { return nil }
    do {
      return try evaluator.evaluate(expression, locals: locals)
    } catch {
      if isFile { tell(.evaluationFailed(error)) }
      return nil
    }
  }
}

extension Expression {
  fileprivate var readsLocals: Bool {
    var found = false
    walk { if case .local = $0.kind { found = true } }
    return found
  }

  /// Whether anything in it is read from a file.
  fileprivate var readsFiles: Bool {
    var found = false
    walk { if case .file = $0.kind { found = true } }
    return found
  }
}
