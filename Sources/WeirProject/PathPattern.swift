import WeirValues

/// A pattern of paths, `docs/**/*.md`: names, parts of which are left open, from folder to folder.
///
/// `*` is any text in a name, `?` one character, `[abc]` and `[a-z]` one of these, `[!abc]` none of
/// these; `**` for a whole name is any number of folders. A name that begins with a point fits only
/// where the pattern has that point.
struct PathPattern {
  enum Component: Equatable {
    /// A name as it is.
    case name(String)
    case open(NamePattern)
    case folders
  }

  /// The `..` at its start.
  let climbs: Int
  let components: [Component]

  init(_ text: String) throws(FileFailure.Reason) {
    if text.isEmpty { throw .empty }
    if text.utf8.first == UInt8(ascii: "/") { throw .absolute }
    if text.utf8.contains(0) { throw .badPattern("it holds a NUL character") }
    var climbs = 0
    var components: [Component] = []
    for piece in text.utf8.split(separator: UInt8(ascii: "/")) where !piece.elementsEqual(".".utf8) {
      if piece.elementsEqual("..".utf8) {
        guard components.isEmpty else { throw .badPattern("`..` can stand only at its start") }
        climbs += 1
      } else {
        let next = try Self.component(String(Substring(piece)))
        // Two in a row say no more than one.
        if next != .folders || components.last != .folders { components.append(next) }
      }
    }
    if components.isEmpty { throw .badPattern("it names no file") }
    self.climbs = climbs
    self.components = components
  }

  private static func component(_ text: String) throws(FileFailure.Reason) -> Component {
    if text == "**" { return .folders }
    let isOpen = text.utf8.contains {
      $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "[")
    }
    return isOpen ? .open(try NamePattern(text)) : .name(text)
  }

  // MARK: Where a path is in the pattern

  /// The places in the pattern that a path may have come to: indices of the components that may fit
  /// next, sorted. Beyond the last one it fits as a whole. So however many ways a path fits in, it is
  /// looked at once.
  typealias Places = [Int]

  var start: Places { opened([0]) }

  /// Where one is after a name. `isReal` is false for a symbolic link, which `**` does not follow.
  func places(after name: String, from places: Places, isReal: Bool = true) -> Places {
    let isHidden = name.utf8.first == UInt8(ascii: ".")
    let scalars = Array(name.unicodeScalars)
    var next: Places = []
    for place in places where place < components.count {
      switch components[place] {
      case .name(let wanted): if wanted.utf8.elementsEqual(name.utf8) { next.append(place + 1) }
      case .open(let pattern): if pattern.fits(scalars) { next.append(place + 1) }
      case .folders:
        guard !isHidden, isReal else { continue }
        next.append(place)
        if place == components.count - 1 { next.append(place + 1) }
      }
    }
    return opened(next)
  }

  /// With the places behind each `**`, which may stand for no folder at all. The last one stands for
  /// what lies below a folder, and so for one name at least.
  private func opened(_ places: Places) -> Places {
    var all: Set<Int> = []
    for place in places {
      all.insert(place)
      if place < components.count - 1, components[place] == .folders { all.insert(place + 1) }
    }
    return all.sorted()
  }

  /// Whether a path that has come here fits. A `**` at the end stands for all that lies below.
  func isEnd(_ places: Places) -> Bool { places.last == components.count }

  /// The names that can fit next, where all of them are known; else nil.
  func onlyNames(_ places: Places) -> [String]? {
    var names: [String] = []
    for place in places where place < components.count {
      guard case .name(let name) = components[place] else { return nil }
      names.append(name)
    }
    return names
  }
}
