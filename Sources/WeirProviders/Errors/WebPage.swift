/// What a proxy or an ingress answers where JSON was expected.
enum WebPage {
  /// `a web page titled "502 Bad Gateway"`; nil for what is no HTML.
  static func title(of body: [UInt8]) -> String? {
    let start = body.prefix(1 << 14)
    let lowered = start.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
    let text = lowered.drop { $0 <= 0x20 }
    guard ["<!doctype html", "<html", "<head"].contains(where: { text.starts(with: $0.utf8) }) else {
      return nil
    }
    guard let open = find("<title>", in: lowered, from: 0),
      let close = find("</title>", in: lowered, from: open.end)
    else { return "a web page" }
    return "a web page titled \"\(String(decoding: start[open.end..<close.start], as: UTF8.self))\""
  }

  private static func find(_ word: String, in bytes: [UInt8], from start: Int) -> (start: Int, end: Int)? {
    let word = Array(word.utf8)
    guard let place = bytes.indices.dropFirst(start).first(where: { bytes[$0...].starts(with: word) }) else {
      return nil
    }
    return (place, place + word.count)
  }
}
