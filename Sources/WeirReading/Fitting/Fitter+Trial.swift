extension Fitter {
  /// What an outcome hangs on: what may be forgiven depends on what already was.
  struct Trial: Hashable {
    let node: Int
    let alternative: Alternative
    let wrapped: Int
    let wrappers: Int
    let allowsPartial: Bool
    let name: String?

    /// Few differ in nothing but the name.
    func hash(into hasher: inout Hasher) {
      let state = wrapped << 4 | wrappers << 1 | (allowsPartial ? 1 : 0)
      hasher.combine(node << 32 ^ alternative.type << 12 ^ Int(alternative.way.rawValue) << 8 ^ state)
    }
  }

  /// One of the ways to take a part.
  struct Alternative: Hashable {
    let way: Way
    let type: WantedTypes.ID

    init(_ way: Way, _ type: WantedTypes.ID) {
      self.way = way
      self.type = type
    }

    enum Way: UInt8 {
      case asType
      /// The parts of a list as elements of the type.
      case elements
      /// The part as the only element of a list of the type.
      case onlyElement
      /// The part as the only field that a record must have.
      case onlyField
      /// The only field of the part, an object, as the type.
      case unwrapped
      /// The only element of the part, a list, as the type.
      case element
      /// JSON in the part, a string, as the type.
      case innerText
      /// The part, an object or list, as any JSON.
      case json
    }
  }
}
