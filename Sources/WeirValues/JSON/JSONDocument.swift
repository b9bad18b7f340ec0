/// A JSON text that was read strictly, and the names that stand twice in an object of it.
///
/// It costs what reading the value alone costs: only a text that has such a name is looked at a second time,
/// for where they stand.
package struct JSONDocument: Sendable {
  package let value: Value
  /// In the order of the text.
  package let repeats: [Repeat]

  /// A name that stood in the same object before. What stands last holds.
  package struct Repeat: Sendable, Hashable {
    /// To the field, with its name.
    package let path: ValuePath
    /// Of the name's quote, in bytes.
    package let offset: Int
  }

  /// Refuses what `Value(json:)` refuses, and what is larger or deeper than the limits.
  package init(_ bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONError) {
    guard bytes.count <= limits.bytes else {
      throw JSONError(message: "longer than \(limits.bytes) bytes", offset: limits.bytes)
    }
    (value, repeats) = try bytes.withUnsafeBufferPointer { bytes throws(JSONError) in
      let bytes = UnsafeRawBufferPointer(bytes)
      var reader = JSONReader(bytes, greatestDepth: limits.depth)
      let value = try reader.readDocument()
      return (value, reader.hasRepeats ? JSONRepeatFinder.repeats(in: bytes) : [])
    }
  }
}

/// How much of a text is read as JSON.
package struct JSONLimits: Sendable {
  package var bytes: Int
  /// How many lists and objects may stand within one another. More than `greatestDepth` never may.
  package var depth: Int

  /// What fits on the stack of any thread.
  package static let greatestDepth = 512

  package init(bytes: Int = .max, depth: Int = Self.greatestDepth) {
    self.bytes = bytes
    self.depth = min(depth, Self.greatestDepth)
  }
}
