import WeirEndpoint

/// The error codes of libcurl (curl/curl.h) that are told apart here.
enum CurlCode {
  static let unsupportedProtocol: Int32 = 1
  static let malformedAddress: Int32 = 3
  static let proxyNotResolved: Int32 = 5
  static let hostNotResolved: Int32 = 6
  static let notConnected: Int32 = 7
  static let weirdReply: Int32 = 8
  static let brokenHTTP2: Int32 = 16
  static let partialFile: Int32 = 18
  static let writeError: Int32 = 23
  static let outOfMemory: Int32 = 27
  static let timedOut: Int32 = 28
  static let noEncryption: Int32 = 35
  static let gotNothing: Int32 = 52
  static let sendError: Int32 = 55
  static let receiveError: Int32 = 56
  static let badCertificate: Int32 = 60
  static let badEncoding: Int32 = 61
  static let badCertificateFile: Int32 = 77
  static let wrongIssuer: Int32 = 83
  static let badCertificateStatus: Int32 = 91
  static let brokenStream: Int32 = 92
}

/// How far a request had come when it failed.
struct CurlProgress {
  var site: String
  var host = ""
  var elapsed: Duration = .zero
  var isConnected = false
  var wasRefused = false
  var hasBegun = false
  /// Bytes of the answer's body, and how many were announced.
  var received = 0
  var expected: Int?
  /// The greatest length, where the answer is longer.
  var tooLong: Int?
  /// How long nothing has come in the middle of the answer, where that was too long.
  var silence: Duration?
}

extension EndpointFailure {
  static var cancelledRequest: EndpointFailure { EndpointFailure(.cancelled, "cancelled") }

  static func noLibcurl(_ reason: String) -> EndpointFailure {
    EndpointFailure(
      .unsupported, "libcurl, which carries all requests, cannot be used: \(reason)",
      advice:
        "install it: `libcurl4` on Debian and Ubuntu (`libcurl4t64` on newer ones), `libcurl` on Fedora and Alpine"
    )
  }

  /// A failed request in words that someone can act on. `words` are libcurl's own, fit to be shown.
  init(curlCode code: Int32, words: String, _ progress: CurlProgress) {
    let site = progress.site
    switch code {
    case CurlCode.timedOut: self = .timedOut(progress)
    case CurlCode.hostNotResolved:
      self = EndpointFailure(.unreachable, "the name of \(site) was not found")
        .advising("check the `url` and the network", builtIn: "check the network")
    case CurlCode.proxyNotResolved:
      self.init(
        .unreachable, "the proxy for \(site) was not found: \(words)",
        advice: "check the variables `https_proxy`, `http_proxy` and `all_proxy`")
    case CurlCode.notConnected: self = .notConnected(words, progress)
    case CurlCode.noEncryption:
      self.init(
        .unreachable, "no encrypted connection to \(site): \(words)",
        advice: "check that the server speaks https at this port")
    case CurlCode.badCertificate, CurlCode.wrongIssuer, CurlCode.badCertificateStatus:
      self.init(
        .unsupported, "the certificate of \(site) is not trusted: \(words)",
        advice: "if it should be, name a file with its authority's certificate in `SSL_CERT_FILE`")
    case CurlCode.badCertificateFile:
      self.init(
        .unsupported, "the file of trusted certificates cannot be read: \(words)",
        advice: "check `SSL_CERT_FILE`, or install the package `ca-certificates`")
    case CurlCode.gotNothing:
      self.init(.unreachable, "\(site) closed the connection without an answer")
    case CurlCode.partialFile, CurlCode.receiveError, CurlCode.sendError, CurlCode.brokenHTTP2,
      CurlCode.brokenStream:
      self = .brokenOff(words, progress)
    case CurlCode.writeError where progress.tooLong != nil:
      self.init(.badReply, "\(site) sent more than \((progress.tooLong ?? 0).bytesInWords), which is refused")
    case CurlCode.badEncoding:
      self.init(.badReply, "the answer of \(site) cannot be decompressed: \(words)")
    case CurlCode.weirdReply, CurlCode.unsupportedProtocol:
      self = EndpointFailure(.badReply, "\(site) did not answer in HTTP: \(words)")
        .advising("check the `url`: scheme, host and port")
    case CurlCode.malformedAddress:
      self = EndpointFailure(.invalidRequest, "the address of \(site) is not valid: \(words)")
        .advising("check the `url`")
    case CurlCode.outOfMemory:
      self.init(.unsupported, "there is not enough memory for the request to \(site)")
    default:
      self.init(.unreachable, "the request to \(site) failed: \(words) (libcurl error \(code))")
    }
    neverArrived = !progress.isConnected
  }

  /// libcurl's words name the machine that it tried, which with a proxy is another one.
  private static func notConnected(_ words: String, _ progress: CurlProgress) -> EndpointFailure {
    let reason = progress.wasRefused ? "connection refused" : words
    guard progress.wasRefused, !words.contains(progress.host) else {
      return EndpointFailure(
        .unreachable, "no connection to \(progress.site): \(reason)",
        advice: "check that the server runs there")
    }
    return EndpointFailure(
      .unreachable, "no connection to \(progress.site) through a proxy: \(words)",
      advice: "check the variables `https_proxy`, `http_proxy` and `all_proxy`")
  }

  private static func timedOut(_ progress: CurlProgress) -> EndpointFailure {
    let site = progress.site
    let after = progress.elapsed.words
    let advice = "raise `timeout`, or choose a faster model"
    if !progress.isConnected {
      return EndpointFailure(.timedOut, "no connection to \(site) after \(after)")
        .advising("check the network and the `url`", builtIn: "check the network")
    }
    if !progress.hasBegun {
      return EndpointFailure(.timedOut, "\(site) had not begun to answer after \(after)", advice: advice)
    }
    if let silence = progress.silence {
      return EndpointFailure(
        .timedOut, "\(site) was silent for \(silence.words), \(progress.receivedInWords)",
        advice: "choose another model or provider if it happens again")
    }
    return EndpointFailure(
      .timedOut, "\(site) was still answering after \(after), \(progress.receivedInWords)", advice: advice)
  }

  private static func brokenOff(_ words: String, _ progress: CurlProgress) -> EndpointFailure {
    guard progress.hasBegun else {
      return EndpointFailure(
        .unreachable, "\(progress.site) broke the connection off before it answered: \(words)")
    }
    return EndpointFailure(
      .unreachable,
      "\(progress.site) broke the connection off in the middle of the answer, \(progress.receivedInWords)")
  }
}

extension CurlProgress {
  fileprivate var receivedInWords: String {
    guard let expected, expected >= received else { return "after \(received.bytesInWords)" }
    return "after \(received) of \(expected.bytesInWords)"
  }
}

extension Int {
  fileprivate var bytesInWords: String {
    if self >= 1 << 20, self % (1 << 20) == 0 { return "\(self >> 20) MB" }
    return self == 1 ? "1 byte" : "\(self) bytes"
  }
}

extension Duration {
  /// For libcurl, to which 0 means no limit at all; rounded up, at least 1.
  var wholeMilliseconds: Int {
    let milliseconds = (self / .milliseconds(1)).rounded(.up)
    return Int(Swift.min(Swift.max(milliseconds, 1), Double(Int32.max)))
  }
}
