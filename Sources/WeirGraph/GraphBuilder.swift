import WeirProgram
import WeirValues

/// Puts the entries of a program in order and finds the node behind each name.
struct GraphBuilder {
  private let program: Program
  private(set) var nodes: [Node] = []
  private(set) var needs: [[Int]] = []
  /// What gives a named value, and then the node that it became; both by the value's number.
  private var entries: [Entry?]
  private var places: [Int?]

  private enum Entry {
    case input(Input)
    case work(Work)
  }

  init(_ program: Program) {
    self.program = program
    entries = Array(repeating: nil, count: program.values.count)
    places = Array(repeating: nil, count: program.values.count)
  }

  /// Values are numbered in the order of the source, so that laying every entry at the place of
  /// its value sorts inputs and work among each other.
  mutating func build() {
    for input in program.inputs { entries[input.id.index] = .input(input) }
    for work in program.work { entries[work.id.index] = .work(work) }
    for (index, entry) in entries.enumerated() {
      guard let entry else { continue }
      add(entry, of: ValueID(index))
    }
    for (index, output) in program.outputs.enumerated() {
      let node = Node(.output, .output(index), name: output.name, type: output.expression.type)
      add(node, waitingFor: output.expression.references)
    }
  }

  private mutating func add(_ entry: Entry, of id: ValueID) {
    let value = program[id]
    func node(_ kind: Node.Kind, model: Value? = nil) -> Node {
      Node(kind, .value(id), name: value.name, type: value.type, model: model)
    }
    switch entry {
    case .input(let input):
      add(node(.input), waitingFor: program.needs(of: input))
    case .work(.let(let entry)):
      add(node(.let), waitingFor: program.needs(of: .let(entry)))
    case .work(.step(let step)):
      let model = step.settings.model.flatMap(constant)
      add(node(.step, model: model), waitingFor: program.needs(of: .step(step)))
    }
    places[id.index] = nodes.count - 1
  }

  private mutating func add(_ node: Node, waitingFor ids: [ValueID]) {
    nodes.append(node)
    needs.append(ids.compactMap { places[$0.index] })
  }

  /// The value of an expression that nothing but the text of the flow decides, as far as the names
  /// of models go: strings, lists of them, and names for either.
  private func constant(_ expression: Expression) -> Value? {
    switch expression.kind {
    case .constant(let value): return value
    case .list(let elements):
      let values = elements.compactMap(constant)
      return values.count == elements.count ? .list(values) : nil
    case .template(let template):
      let texts = template.parts.map { part in if case .text(let text) = part { text } else { nil as String? }
      }
      return texts.contains(nil) ? nil : .string(texts.compactMap { $0 }.joined())
    case .value(let id):
      guard case .work(.let(let entry)) = entries[id.index], entry.readAs == nil else { return nil }
      return constant(entry.expression)
    case .local, .record, .comprehension, .field, .element, .negate, .not, .binary, .conditional, .call:
      return nil
    }
  }
}
