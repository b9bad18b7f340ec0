/// The fields of an object as they are read: seldom is a name there twice, so that is not looked for
/// where a glance can tell.
struct FieldsOfAnObject {
  private(set) var record: Record
  private var marks: UInt64 = 0

  /// One bit of 64 that a name leaves: a name whose bit is free was not there before.
  struct Mark {
    fileprivate let bits: UInt64
    /// Which bit it is.
    let place: Int

    /// For a name that may equal one with other bytes, as those beyond ASCII may.
    static let any = Mark()

    private init() {
      bits = .max
      place = 0
    }

    init(first: UInt8, last: UInt8, count: Int) {
      place = (Int(first) &+ Int(last) &* 3 &+ count &* 7) & 63
      bits = 1 << UInt64(place)
    }
  }

  init(likelyCount: Int) { record = Record(likelyCount: likelyCount) }

  mutating func append(_ field: consuming Record.Field, _ mark: Mark) {
    if marks & mark.bits == 0 {
      record.append(field)
    } else {
      record[field.name] = field.value
    }
    marks |= mark.bits
  }
}
