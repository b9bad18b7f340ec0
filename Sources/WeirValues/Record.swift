/// Named values in the order in which they were put in; each name once.
package struct Record: Sendable {
  package private(set) var fields: [Field] = []
  /// Made when a record grows past what a scan finds at once.
  private var places: [String: Int]?

  package struct Field: Sendable, Hashable {
    package let name: String
    package var value: Value

    package init(_ name: String, _ value: Value) {
      self.name = name
      self.value = value
    }
  }

  private static let scanLimit = 12

  package init() {}

  /// Of two fields with one name the last one holds, at the place of the first.
  package init(_ fields: some Sequence<Field>) {
    for field in fields { self[field.name] = field.value }
  }

  /// Each name is there once, which is not looked for.
  package init(uniqueFields fields: [Field]) {
    self.fields = fields
    findPlaces()
  }

  package init(_ pairs: KeyValuePairs<String, Value>) {
    for (name, value) in pairs { self[name] = value }
  }

  package var count: Int { fields.count }
  package var names: some Collection<String> { fields.lazy.map(\.name) }

  package subscript(name: String) -> Value? {
    get { place(of: name).map { fields[$0].value } }
    set {
      guard let newValue else { return remove(name) }
      if let place = place(of: name) {
        fields[place].value = newValue
      } else {
        append(Field(name, newValue))
      }
    }
  }

  private func place(of name: String) -> Int? {
    if let places { return places[name] }
    return fields.firstIndex { $0.name == name }
  }

  /// Adds a field whose name is not there yet.
  private mutating func append(_ field: consuming Field) {
    places?[field.name] = fields.count
    fields.append(field)
    if places == nil { findPlaces() }
  }

  private mutating func remove(_ name: String) {
    guard let place = place(of: name) else { return }
    fields.remove(at: place)
    places = nil
    findPlaces()
  }

  private mutating func findPlaces() {
    guard fields.count > Self.scanLimit else { return }
    places = Dictionary(uniqueKeysWithValues: fields.enumerated().map { ($1.name, $0) })
  }
}

extension Record: Hashable {
  /// Equal records have the same fields, in any order.
  package static func == (left: Record, right: Record) -> Bool {
    left.count == right.count && left.fields.allSatisfy { right[$0.name] == $0.value }
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(count)
    var sum = 0
    for field in fields { sum &+= field.hashValue }
    hasher.combine(sum)
  }
}

extension Record: ExpressibleByDictionaryLiteral {
  package init(dictionaryLiteral elements: (String, Value)...) {
    for (name, value) in elements { self[name] = value }
  }
}
