import WeirDiagnostics

/// What stood on the command line after the name of the command.
struct Arguments: Sendable {
  private(set) var values: [String: [String]] = [:]
  private(set) var operands: [String] = []

  /// Reads options and operands in any order; `--` ends the options.
  init(_ words: [String], _ options: [Option]) throws(UsageError) {
    var reader = WordReader(words)
    var takesOptions = true
    while let word = reader.next() {
      if takesOptions, word == "--" {
        takesOptions = false
      } else if takesOptions, word.hasPrefix("-"), word != "-" {
        try read(word, &reader, options)
      } else {
        operands.append(word)
      }
    }
  }

  init() {}

  func has(_ option: Option) -> Bool { values[option.name] != nil }

  /// The last value of an option that was given several times.
  func value(_ option: Option) -> String? { values[option.name]?.last }

  /// All values of an option, in order.
  func all(_ option: Option) -> [String] { values[option.name] ?? [] }

  mutating func add(_ option: Option, _ value: String) { values[option.name, default: []].append(value) }

  /// Takes one option, and its value, from the reader.
  mutating func read(_ word: String, _ reader: inout WordReader, _ options: [Option]) throws(UsageError) {
    let (name, attached) = Self.split(word)
    guard let option = options.first(where: { $0.name == name }) else {
      throw Self.unknown(word, options.map { "--\($0.name)" })
    }
    guard option.value != nil else {
      if attached != nil { throw UsageError("the option `--\(name)` takes no value") }
      return add(option, "")
    }
    guard let value = attached ?? reader.nextValue() else {
      throw UsageError("the option `--\(name)` needs a value", help: "write `\(option.usage)`")
    }
    add(option, value)
  }

  static func unknown(_ word: String, _ known: [String]) -> UsageError {
    let (name, _) = split(word)
    return UsageError(
      "there is no option `\(word.prefix { $0 != "=" })`",
      help: known.nearest(to: "--\(name)").map { "did you mean `\($0)`?" })
  }

  /// `--name=value` in its parts; a short `-h` is `--help`.
  static func split(_ word: String) -> (name: String, value: String?) {
    if word == "-h" { return ("help", nil) }
    let bare = word.drop { $0 == "-" }
    guard let equals = bare.firstIndex(of: "=") else { return (String(bare), nil) }
    return (String(bare[..<equals]), String(bare[bare.index(after: equals)...]))
  }

  func wholeNumber(_ option: Option, _ range: ClosedRange<Int>) throws(UsageError) -> Int? {
    guard let text = value(option) else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw UsageError(
        "`--\(option.name)` takes a whole number from \(range.lowerBound) to \(range.upperBound), found `\(text)`"
      )
    }
    return number
  }
}

/// The words of a command line, one after another.
struct WordReader {
  private let words: [String]
  private var index = 0

  init(_ words: [String]) { self.words = words }

  var peek: String? { index < words.count ? words[index] : nil }

  /// The next word where it can be a value; one that begins with `--` is an option, and as a value is
  /// written behind a `=`.
  mutating func nextValue() -> String? {
    guard let peek, !peek.hasPrefix("--") || peek == "--" else { return nil }
    return next()
  }

  mutating func next() -> String? {
    guard index < words.count else { return nil }
    defer { index += 1 }
    return words[index]
  }
}
