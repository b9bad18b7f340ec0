/// Where fal's services are: hosts of their own, or paths of the one server that stands in for all.
struct FalSites: Sendable, Hashable {
  /// For answers on the connection on which they were asked for, whole or in pieces.
  let run: WebAddress
  let queue: WebAddress
  /// For storage, and the tokens that open it.
  let rest: WebAddress
  /// For uploads, where the token for them does not say.
  let files: WebAddress
  private let isVendor: Bool

  /// fal: model-endpoints/queue. `falrun.com` is fal's own second name.
  init(at base: WebAddress) {
    run = base
    isVendor = base.isEncrypted && base.port == 443 && ["fal.run", "falrun.com"].contains(base.host)
    guard isVendor else {
      (queue, rest, files) = (base.appending("/queue"), base, base)
      return
    }
    queue = Self.known("https://queue.\(base.host)")
    rest = Self.known("https://rest.fal.ai")
    files = Self.known("https://v3.fal.media")
  }

  private static func known(_ text: String) -> WebAddress {
    guard let address = WebAddress(strict: text) else { preconditionFailure("fal's own address is one") }
    return address
  }

  /// Whether the key may be sent there: to the vendor's own sites, or to the one server.
  func mayHearKey(_ address: WebAddress) -> Bool {
    guard !address.hasPassword else { return false }
    guard isVendor else {
      // The same machine has two names.
      let isSame = address.isLoopback && run.isLoopback && address.port == run.port
      return address.hasSameOrigin(as: run) || (isSame && address.isEncrypted == run.isEncrypted)
    }
    let isOurs = ["fal.run", "fal.ai", "falrun.com"].contains {
      address.host == $0 || address.host.hasSuffix(".\($0)")
    }
    return isOurs && address.isEncrypted && address.port == 443
  }

  /// Whether a file may be sent there, by a token or an address made for it alone.
  func mayHearFile(_ address: WebAddress) -> Bool {
    !address.hasPassword && (address.isEncrypted || (address.isLoopback && run.isLoopback))
  }
}

extension WebAddress {
  /// With `name=value` in its query, which is encoded here.
  func asking(_ name: String, _ value: String) -> WebAddress {
    let joint = text.utf8.contains(UInt8(ascii: "?")) ? "&" : "?"
    guard let address = WebAddress(strict: text + joint + name + "=" + value.percentEncoded) else {
      preconditionFailure("an address stays one with a query of plain signs")
    }
    return address
  }
}

extension String {
  /// Everything but RFC 3986's unreserved signs as `%XX`.
  var percentEncoded: String {
    let digits = Array("0123456789ABCDEF".utf8)
    var result: [UInt8] = []
    for byte in utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        result.append(byte)
      default: result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 0x0F)]]
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
