import WeirValues

/// Makes one value for one schema.
///
/// Recursive types end because each alternative has a height: how deep a value of it must at least
/// be. Once the value is deep or large enough, only the lowest alternative, the shortest list and the
/// required fields are made, and those get lower with every step.
struct MadeUpValue {
  private let root: SchemaNode
  private var dice: Dice
  private var heights: [String: Int] = [:]
  private var depth = 0
  private var made = 0
  private static let enoughDepth = 6
  private static let enoughValues = 200
  /// A schema of which no finite value exists ends here, with null.
  private static let greatestDepth = 64

  init(_ schema: Value, seed: String) {
    root = SchemaNode(schema)
    dice = Dice(seed)
    findHeights()
  }

  mutating func make() -> Value { make(root, named: "answer") }

  private var isEnough: Bool { depth >= Self.enoughDepth || made >= Self.enoughValues }

  private mutating func make(_ node: SchemaNode, named name: String) -> Value {
    depth += 1
    made += 1
    defer { depth -= 1 }
    guard depth <= Self.greatestDepth else { return .null }
    if let reference = node.reference { return make(definition(reference), named: name) }
    if let choices = node.choices { return dice.pick(choices) ?? .null }
    let alternatives = alternatives(of: node)
    if alternatives.count > 1 { return make(choose(alternatives), named: name) }
    if let only = alternatives.first, node.branches != nil { return make(only, named: name) }
    return makeType(node.types.first ?? "string", node, named: name)
  }

  private mutating func makeType(_ type: String, _ node: SchemaNode, named name: String) -> Value {
    switch type {
    case "object": makeObject(node)
    case "array": makeList(node, named: name)
    case "integer": .int(makeInteger(node))
    case "number": .number(Number(makeNumber(node)))
    case "boolean": .bool(dice.roll(2) == 0)
    case "null": .null
    default: .string(MadeUpText.make(named: name, node, &dice))
    }
  }

  private func definition(_ name: String) -> SchemaNode {
    name.isEmpty ? root : SchemaNode(root.definitions[name] ?? .bool(true))
  }

  // MARK: Alternatives

  private func alternatives(of node: SchemaNode) -> [SchemaNode] {
    if let branches = node.branches { return branches }
    return node.types.count > 1 ? node.types.map(node.narrowed(to:)) : []
  }

  /// Null comes up once in four times, however many others there are.
  private mutating func choose(_ alternatives: [SchemaNode]) -> SchemaNode {
    let finite = alternatives.filter { height(of: $0) != nil }
    if isEnough || finite.isEmpty {
      return (finite.isEmpty ? alternatives : finite).min {
        (height(of: $0) ?? .max) < (height(of: $1) ?? .max)
      }
        ?? root
    }
    let others = finite.filter { $0.types != ["null"] }
    let null = finite.first { $0.types == ["null"] }
    if let null, others.isEmpty || dice.roll(4) == 0 { return null }
    return dice.pick(others) ?? root
  }

  /// The heights of what `$defs` names, from the lowest up, until none is found any more.
  private mutating func findHeights() {
    let names = root.definitions.names + [""]
    var isGrowing = true
    while isGrowing {
      isGrowing = false
      for name in names where heights[name] == nil {
        guard let height = height(of: definition(name)) else { continue }
        heights[name] = height
        isGrowing = true
      }
    }
  }

  /// How deep a value must at least be; nil when there is no end to it.
  private func height(of node: SchemaNode) -> Int? {
    if let reference = node.reference { return heights[reference].map { $0 + 1 } }
    if node.choices != nil { return 0 }
    let alternatives = alternatives(of: node)
    if !alternatives.isEmpty { return alternatives.compactMap(height).min() }
    switch node.types.first {
    case "object":
      let required = node.required
      let fields = node.properties.fields.filter { required.contains($0.name) }
      let heights = fields.map { height(of: SchemaNode($0.value)) }
      return heights.contains(nil) ? nil : 1 + (heights.compactMap(\.self).max() ?? 0)
    case "array":
      return (node["minItems"]?.number?.int ?? 0) > 0 ? height(of: node.items).map { $0 + 1 } : 0
    default: return 0
    }
  }

  // MARK: Objects and lists

  private mutating func makeObject(_ node: SchemaNode) -> Value {
    var record = Record()
    let required = node.required
    for field in node.properties.fields {
      let schema = SchemaNode(field.value)
      if !required.contains(field.name) {
        let isLeftOut = isEnough || height(of: schema) == nil || dice.roll(4) == 0
        if isLeftOut { continue }
      }
      record[field.name] = make(schema, named: field.name)
    }
    // In the order of the schema, not in that of the set.
    for name in (node["required"]?.list ?? []).compactMap(\.string) where record[name] == nil {
      record[name] = .string(MadeUpText.make(named: name, SchemaNode(.null), &dice))
    }
    if let others = node.otherProperties, node["additionalProperties"]?.record != nil, !isEnough {
      guard height(of: others) != nil else { return .record(record) }
      for number in 1...2 { record["made_up_\(number)"] = make(others, named: "value \(number)") }
    }
    return .record(record)
  }

  private mutating func makeList(_ node: SchemaNode, named name: String) -> Value {
    let least = max(0, node["minItems"]?.number?.int ?? 0)
    let most = max(least, node["maxItems"]?.number?.int ?? max(least, 3))
    let items = node.items
    let isShort = isEnough || height(of: items) == nil
    let wanted = isShort ? least : min(most, max(least, 1 + dice.roll(3)))
    var elements: [Value] = []
    while elements.count < wanted { elements.append(make(items, named: "\(name) \(elements.count + 1)")) }
    return .list(elements)
  }

  // MARK: Numbers

  private mutating func makeInteger(_ node: SchemaNode) -> Int {
    func whole(_ keyword: String, _ rule: FloatingPointRoundingRule) -> Int? {
      guard let number = node[keyword]?.number?.double, !number.isNaN else { return nil }
      return Int(min(max(number.rounded(rule), -0x1p53), 0x1p53))
    }
    let low = [whole("minimum", .up), whole("exclusiveMinimum", .down).map { $0 + 1 }].compactMap(\.self)
      .max()
    let high = [whole("maximum", .down), whole("exclusiveMaximum", .up).map { $0 - 1 }].compactMap(\.self)
      .min()
    switch (low, high) {
    case (nil, nil): return 1 + dice.roll(100)
    case (let low?, nil): return low + dice.roll(10)
    case (nil, let high?): return high - dice.roll(10)
    case (let low?, let high?):
      let width = high.subtractingReportingOverflow(low)
      return low + dice.roll(width.overflow ? 10 : min(max(0, width.partialValue), 1_000_000) + 1)
    }
  }

  /// Strictly inside the bounds where there is room, so that it does not matter which are exclusive.
  private mutating func makeNumber(_ node: SchemaNode) -> Double {
    func bound(_ keywords: [String]) -> [Double] { keywords.compactMap { node[$0]?.number?.double } }
    let low = bound(["minimum", "exclusiveMinimum"]).max()
    let high = bound(["maximum", "exclusiveMaximum"]).min()
    let share = Double(1 + dice.roll(15)) / 16
    switch (low, high) {
    case (nil, nil): return share * 100
    case (let low?, nil): return max(low.nextUp, low + share * 8)
    case (nil, let high?): return min(high.nextDown, high - share * 8)
    case (let low?, let high?):
      guard low < high else { return low }
      let inside = low * (1 - share) + high * share
      return inside > low && inside < high ? inside : low.nextUp < high ? low.nextUp : low
    }
  }
}
