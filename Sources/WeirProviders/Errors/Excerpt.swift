import WeirEndpoint

/// What a message quotes from a reply or an address, made fit to be shown. The one place where keys
/// are taken out of text.
enum Excerpt {
  private static let longest = 300
  /// More of a page than this is not looked at.
  private static let longestSource = 1 << 16

  /// The text on one line, without control signs (a terminal obeys them), with `<key>` for every key
  /// and for the name and password of every address, at most 300 bytes long.
  static func of(_ text: String, hiding secrets: [Secret] = []) -> String {
    var bytes = Array(text.utf8.prefix(longestSource))
    for word in forbiddenWords(secrets) { bytes = replace(word, in: bytes) }
    return shorten(onOneLine(hideUserInfo(bytes)))
  }

  /// The keys, longest first, and of `id:secret` the part that is the secret.
  private static func forbiddenWords(_ secrets: [Secret]) -> [[UInt8]] {
    secrets.flatMap { secret in
      let parts = secret.revealed.split(separator: ":", maxSplits: 1)
      let half = parts.count == 2 && parts[1].utf8.count >= 8 ? [Array(parts[1].utf8)] : []
      return [Array(secret.revealed.utf8)] + half
    }
    .filter { !$0.isEmpty }.sorted { $0.count > $1.count }
  }

  private static let placeholder = Array("<key>".utf8)

  private static func replace(_ word: [UInt8], in bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var at = 0
    while at < bytes.count {
      if bytes[at] == word[0], bytes[at...].starts(with: word) {
        result += placeholder
        at += word.count
      } else {
        result.append(bytes[at])
        at += 1
      }
    }
    return result
  }

  /// `https://name:password@host` becomes `https://<key>@host`.
  private static func hideUserInfo(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var at = 0
    let mark = Array("://".utf8)
    while at < bytes.count {
      guard bytes[at] == mark[0], bytes[at...].starts(with: mark) else {
        result.append(bytes[at])
        at += 1
        continue
      }
      result += mark
      at += mark.count
      let authority = bytes[at...].prefix { !endsAuthority($0) }
      guard let sign = authority.lastIndex(of: UInt8(ascii: "@")) else { continue }
      result += placeholder
      at = sign
    }
    return result
  }

  private static func endsAuthority(_ byte: UInt8) -> Bool {
    byte <= 0x20 || "/?#\"'<>`".utf8.contains(byte)
  }

  private static func onOneLine(_ bytes: [UInt8]) -> String {
    var line = String.UnicodeScalarView()
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .spaceSeparator, .lineSeparator, .paragraphSeparator:
        if let last = line.last, last != " " { line.append(" ") }
      case .format, .surrogate, .privateUse, .unassigned: break
      default: line.append(scalar)
      }
    }
    if line.last == " " { line.removeLast() }
    return String(line)
  }

  private static func shorten(_ line: String) -> String {
    guard line.utf8.count > longest else { return line }
    var end = line.utf8.index(line.utf8.startIndex, offsetBy: longest)
    while end.samePosition(in: line.unicodeScalars) == nil { line.utf8.formIndex(before: &end) }
    return line[..<end] + "…"
  }
}
