/// The header fields of a request, as they came. Names are the same in upper and lower case.
///
/// Keeps the bytes and says where each field lies in them: of the ten that a client sends, two or
/// three are ever looked at, and only those become strings.
struct HTTPRequestFields: Sendable {
  private let bytes: [UInt8]
  private var places: [Place] = []

  private struct Place {
    let name: Range<Int>
    let value: Range<Int>
  }

  /// Fields at places in `bytes`, none as yet.
  init(in bytes: [UInt8]) {
    self.bytes = bytes
    places.reserveCapacity(16)
  }

  mutating func append(name: Range<Int>, value: Range<Int>) {
    places.append(Place(name: name, value: value))
  }

  /// The first value under the name, which is given in lower case.
  subscript(name: String) -> String? {
    for place in places where isName(place, name) { return text(place.value) }
    return nil
  }

  func count(_ name: String) -> Int { places.count { isName($0, name) } }

  func values(_ name: String) -> [String] { places.filter { isName($0, name) }.map { text($0.value) } }

  /// Whether a field that is a list of tokens holds this one, which is given in lower case.
  func has(_ token: String, in name: String) -> Bool {
    places.contains { place in
      isName(place, name)
        && bytes[place.value].split(separator: UInt8(ascii: ",")).contains { part in
          isSame(part.trimmingBlanks, token)
        }
    }
  }

  private func isName(_ place: Place, _ name: String) -> Bool {
    place.name.count == name.utf8.count && isSame(bytes[place.name], name)
  }

  private func isSame(_ slice: ArraySlice<UInt8>, _ lowerCase: String) -> Bool {
    slice.count == lowerCase.utf8.count && zip(slice, lowerCase.utf8).allSatisfy { $0.lowerCase == $1 }
  }

  private func text(_ place: Range<Int>) -> String { String(decoding: bytes[place], as: UTF8.self) }
}

extension ArraySlice<UInt8> {
  var trimmingBlanks: ArraySlice<UInt8> {
    var slice = drop(while: \.isBlank)
    while slice.last?.isBlank ?? false { slice.removeLast() }
    return slice
  }
}

extension UInt8 {
  var isBlank: Bool { self == 0x20 || self == 0x09 }
  var isLetter: Bool { (0x61...0x7A).contains(self | 0x20) }
  var isDigit: Bool { (0x30...0x39).contains(self) }
  var lowerCase: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }
}
