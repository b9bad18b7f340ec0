import WeirValues

/// A JSON Schema of the dialect in which answers are asked for, looked at keyword by keyword.
///
/// Objects, lists, scalars, `enum`, `const`, `anyOf`, `$ref` into `$defs`, and bounds. A keyword that
/// is not of the dialect is passed over: what is asked for may then be wider than the schema.
struct SchemaNode {
  let keywords: Record

  /// A schema that is not an object (`true`) allows everything.
  init(_ schema: Value) { keywords = schema.record ?? [:] }

  subscript(keyword: String) -> Value? { keywords[keyword] }

  /// The name in `$defs` that `$ref` leads to; empty for the schema as a whole.
  var reference: String? {
    guard let address = self["$ref"]?.string else { return nil }
    if address == "#" { return "" }
    for prefix in ["#/$defs/", "#/definitions/"] where address.hasPrefix(prefix) {
      return String(address.dropFirst(prefix.count))
    }
    return nil
  }

  var definitions: Record { self["$defs"]?.record ?? self["definitions"]?.record ?? [:] }

  /// The values of `enum` or `const`.
  var choices: [Value]? { self["enum"]?.list ?? self["const"].map { [$0] } }

  /// The schemas of which one must hold.
  var branches: [SchemaNode]? {
    let list =
      self["anyOf"]?.list ?? self["oneOf"]?.list ?? self["allOf"]?.list.flatMap { $0.count == 1 ? $0 : nil }
    return list.map { $0.map(SchemaNode.init) }
  }

  /// The types that are allowed; empty when every one is.
  var types: [String] {
    if let type = self["type"]?.string { return [type] }
    if let types = self["type"]?.list { return types.compactMap(\.string) }
    if properties.count > 0 { return ["object"] }
    return self["items"] == nil ? [] : ["array"]
  }

  var properties: Record { self["properties"]?.record ?? [:] }
  var required: Set<String> { Set((self["required"]?.list ?? []).compactMap(\.string)) }
  var items: SchemaNode { SchemaNode(self["items"] ?? .bool(true)) }

  /// What the values under other names than those of `properties` must be; nil when there are none.
  ///
  /// JSON Schema allows other names where it says nothing. Nobody means that who lists properties.
  var otherProperties: SchemaNode? {
    switch self["additionalProperties"] {
    case .bool(let isAllowed): isAllowed ? SchemaNode(.bool(true)) : nil
    case nil: properties.count == 0 ? SchemaNode(.bool(true)) : nil
    case let schema?: SchemaNode(schema)
    }
  }

  /// The same keywords with only one of its types.
  func narrowed(to type: String) -> SchemaNode {
    var record = keywords
    record["type"] = .string(type)
    return SchemaNode(.record(record))
  }
}
