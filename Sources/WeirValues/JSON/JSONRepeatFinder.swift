/// Finds the names that stand twice in an object of a text that is known to be JSON, in one pass.
struct JSONRepeatFinder {
  private let bytes: UnsafeRawBufferPointer
  private var at = 0
  private var open: [Container] = []
  private var found: [JSONDocument.Repeat] = []

  /// A list or an object around the place that is looked at.
  private struct Container {
    let isObject: Bool
    /// The element of a list that is under way.
    var index = 0
    /// The names of an object so far, the last one, and whether a name is next.
    var names: Set<String> = []
    var last = ""
    var isAtName = true
  }

  static func repeats(in bytes: UnsafeRawBufferPointer) -> [JSONDocument.Repeat] {
    var finder = JSONRepeatFinder(bytes: bytes)
    finder.run()
    return finder.found
  }

  private init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  private mutating func run() {
    while at < bytes.count {
      switch bytes[at] {
      case UInt8(ascii: "{"): open.append(Container(isObject: true))
      case UInt8(ascii: "["): open.append(Container(isObject: false))
      case UInt8(ascii: "}"), UInt8(ascii: "]"): open.removeLast()
      case UInt8(ascii: ","): step()
      case UInt8(ascii: "\""): passString()
      default: break
      }
      at += 1
    }
  }

  private mutating func step() {
    open[open.count - 1].index += 1
    open[open.count - 1].isAtName = true
  }

  /// Leaves `at` on the closing quote.
  private mutating func passString() {
    let start = at
    at += 1
    while bytes[at] != UInt8(ascii: "\"") { at += bytes[at] == UInt8(ascii: "\\") ? 2 : 1 }
    let inner = open.count - 1
    guard inner >= 0, open[inner].isObject, open[inner].isAtName else { return }
    let name = (try? Value(json: Array(bytes[start...at])))?.string ?? ""
    open[inner].isAtName = false
    open[inner].last = name
    if !open[inner].names.insert(name).inserted {
      found.append(JSONDocument.Repeat(path: path, offset: start))
    }
  }

  private var path: ValuePath {
    ValuePath(open.map { $0.isObject ? .field($0.last) : .element($0.index) })
  }
}
