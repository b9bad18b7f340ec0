/// What a text says as JSON, as loosely as models write it: where its values stand and how they are
/// written. Nothing is decoded yet, and nothing is known of types.
///
/// It may hold several values, its roots: an answer may be prose with objects in it. Nodes stand in
/// the order of the text, each container followed at once by what is inside it: in an object, key and
/// value by turns.
struct LooseTree {
  var nodes: [Node] = []
  var roots: [Root] = []
  /// What had to be forgiven, in the order of the text.
  var mends: [Mend] = []
  /// Where the text says that it is only thinking, tags included, in the order of the text. One that is
  /// not closed runs to the end.
  var reasoning: [Range<Int>] = []

  /// Where dots stand in place of something, in the order of the text.
  private(set) var ellipses: [Int] = []

  /// What is read again is noted once.
  mutating func noteEllipsis(at offset: Int) {
    if ellipses.last.map({ $0 < offset }) ?? true { ellipses.append(offset) }
  }

  func hasEllipsis(in node: Node) -> Bool {
    var low = 0
    var high = ellipses.count
    while low < high {
      let middle = (low + high) / 2
      if ellipses[middle] < node.start { low = middle + 1 } else { high = middle }
    }
    return low < ellipses.count && ellipses[low] < node.end
  }

  struct Node {
    enum Kind: UInt8 {
      case object, list
      /// In quotes of any kind.
      case string
      /// A word, number or text without quotes, without the blanks around it.
      case bare
      /// Where an object has a key and then nothing. It is as long as nothing.
      case missing
    }

    let kind: Kind
    /// Whether its end is there: a bracket or a quote that closes it, or for a bare value anything behind
    /// it. What a text that is cut off leaves open is not closed; what only lacks its bracket or quote,
    /// and the text goes on, is.
    var isClosed: Bool
    /// Whether a string stands in the text as it is: without an escape, a quote or a line end to undo, so
    /// that what is between its quotes is what it says.
    var isPlain: Bool
    /// What is known of the bytes of a string.
    var coding = Coding.unknown
    /// How many bytes the quotes of a string are long; 0 where one is missing, and for all else.
    var opening: UInt8
    var closing: UInt8
    // Half as long as `Int`, as most of the time goes into the memory that nodes need.
    private let startPlace: UInt32
    private var endPlace: UInt32
    private var nextPlace: UInt32

    enum Coding: UInt8 {
      case unknown, utf8, ascii
    }

    init(
      kind: Kind, isClosed: Bool = false, isPlain: Bool = true, start: Int, end: Int, next: Int,
      opening: UInt8 = 0, closing: UInt8 = 0
    ) {
      self.kind = kind
      self.isClosed = isClosed
      self.isPlain = isPlain
      self.opening = opening
      self.closing = closing
      startPlace = UInt32(start)
      endPlace = UInt32(end)
      nextPlace = UInt32(next)
    }

    /// The first byte: an opening bracket or quote, or the first of the text.
    var start: Int { Int(startPlace) }
    /// Behind the last byte.
    var end: Int {
      get { Int(endPlace) }
      set { endPlace = UInt32(newValue) }
    }
    /// The node behind all that is inside this one. Right once it is ended.
    var next: Int {
      get { Int(nextPlace) }
      set { nextPlace = UInt32(newValue) }
    }

    /// The bytes between the quotes of a string; all of anything else.
    var content: Range<Int> { start + Int(opening)..<end - Int(closing) }
  }

  /// A value that stands by itself.
  struct Root {
    let node: Int
    let place: Reading.Place
  }

  /// A departure from RFC 8259 that was forgiven.
  struct Mend {
    let kind: Reading.Change.Kind
    /// In bytes, from the start of the text.
    let offset: Int
  }
}
