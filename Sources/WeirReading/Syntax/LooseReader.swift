/// Reads a text as JSON as loosely as models write it: the values in it, wherever they stand and however
/// they are written, as a `LooseTree`.
///
/// It is fed piece by piece, in pieces of any length, and looks at each byte once: what it cannot decide
/// yet waits at a quote or a comma for what follows. The tree is the same however the text was cut.
/// Valid JSON gives a tree without mends. It knows nothing of types, and never fails: a text without
/// values gives a tree without roots.
///
/// How it goes: outside of values it reads prose, looking for brackets, fences and tags (`readProse`).
/// Where a bracket could begin a value, a root is opened, and `readBetween` takes sign after sign by the
/// state of the innermost container, strings (`readString`) and values without quotes (`readBare`) apart,
/// as they may be long. A bracket that turns out to be part of prose is given up: what it made is taken
/// back, and reading goes on behind it. That is done only so often that the whole stays linear.
///
/// Bytes are read from a pointer, which is valid only while `feed` runs: an array would be asked at every
/// byte whether it is there, which the reader does itself.
struct LooseReader {
  private(set) var bytes: [UInt8] = []
  var tree = LooseTree()
  var text = UnsafeRawBufferPointer(start: nil, count: 0)
  /// Where reading stands. A string or bare value has its own place, further on.
  var at = 0
  /// Whether there is nothing behind `text`.
  var isFinished = false
  /// Whether something was looked at that has not come yet, so that what was found says nothing.
  var isShort = false
  /// How many bytes were looked at, those looked at again included.
  var work = 0

  var part = Part.start
  var frames: [Frame] = []
  var closers = Closers()
  var string = OpenString()
  var bare = OpenBare()
  var root = OpenRoot()
  var fence: Fence?
  var longBlanks = LongBlanks()
  var seenKey = SeenKey()
  /// The comma behind which the reader is.
  var lastComma = 0
  /// Whether only blanks stand before `at` on its line, or a root.
  var isLineBlank = true
  /// Whether the first root is all that there is so far.
  var isWhole = false
  var isReasoning = false
  /// Whether a quote in a string was not escaped anywhere.
  var hasQuotesInStrings = false
  var givenUp = 0
  /// How many roots were taken back, with all their nodes.
  var dropped = 0
  var readAgain = 0

  /// What is being read.
  enum Part: UInt8 {
    case start, prose
    /// Inside a container, between the values.
    case between
    case string, bare, lineComment, blockComment
  }

  init() {}

  /// Containers that are open, and a string or bare value, the outermost first.
  var open: [Int] {
    let values =
      switch part {
      case .string: [string.node]
      case .bare: [bare.node]
      case .start, .prose, .between, .lineComment, .blockComment: [Int]()
      }
    return frames.map(\.node) + values
  }

  mutating func feed(_ piece: some Collection<UInt8>) {
    bytes.append(contentsOf: piece)
    run()
  }

  /// Closes what is open: those nodes keep `isClosed` false.
  mutating func finish() {
    guard !isFinished else { return }
    isFinished = true
    run()
  }

  static func read(_ text: [UInt8]) -> LooseReader {
    var reader = LooseReader()
    reader.bytes = text
    // About as many as JSON has, or more; what is not used costs nothing.
    reader.tree.nodes.reserveCapacity(text.count / 8)
    reader.finish()
    return reader
  }

  static func read(_ text: String) -> LooseReader { read(Array(text.utf8)) }

  private mutating func run() {
    // The array itself is held, as `self` changes while its bytes are read.
    let held = bytes
    held.withUnsafeBytes { bytes in
      text = bytes
      repeat { while step() {} } while isFinished && endText()
      showOpenValue()
      text = UnsafeRawBufferPointer(start: nil, count: 0)
    }
  }

  /// Whether it went on: false where the next thing has not come yet, or nothing is left.
  private mutating func step() -> Bool {
    isShort = false
    switch part {
    case .start: return readStart()
    case .prose: return readProse()
    case .between: return readBetween()
    case .string: return readString()
    case .bare: return readBare()
    case .lineComment, .blockComment: return readComment()
    }
  }

  /// A value that is being read ends, for now, where its reading has got to.
  private mutating func showOpenValue() {
    switch part {
    case .string: tree.nodes[string.node].end = string.scan
    case .bare: tree.nodes[bare.node].end = bare.scan
    case .start, .prose, .between, .lineComment, .blockComment: break
    }
  }

  /// Mends are kept in the order of the text; few stand behind one that is found late.
  mutating func mend(_ kind: Reading.Change.Kind, at offset: Int) {
    let mend = LooseTree.Mend(kind: kind, offset: offset)
    guard let last = tree.mends.last, last.offset > offset else { return tree.mends.append(mend) }
    var place = tree.mends.count - 1
    while place > 0, tree.mends[place - 1].offset > offset { place -= 1 }
    tree.mends.insert(mend, at: place)
  }

  /// Takes back the mends behind `offset` that were made since there were `count`.
  mutating func takeBackMends(from offset: Int, since count: Int) {
    while tree.mends.count > count, let last = tree.mends.last, last.offset >= offset {
      tree.mends.removeLast()
    }
  }
}
