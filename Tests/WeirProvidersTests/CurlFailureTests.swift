import Testing
import WeirEndpoint

@testable import WeirProviders

/// libcurl's error codes as a person is told of them.
struct CurlFailureTests {
  @Test(arguments: [
    (Int32(6), EndpointFailure.Kind.unreachable, true, "the name of fal.run was not found"),
    (5, .unreachable, true, "the proxy for fal.run was not found: words"),
    (7, .unreachable, true, "no connection to fal.run: words"),
    (35, .unreachable, true, "no encrypted connection to fal.run: words"),
    (60, .unsupported, false, "the certificate of fal.run is not trusted: words"),
    (77, .unsupported, false, "the file of trusted certificates cannot be read: words"),
    (52, .unreachable, true, "fal.run closed the connection without an answer"),
    (56, .unreachable, true, "fal.run broke the connection off before it answered: words"),
    (92, .unreachable, true, "fal.run broke the connection off before it answered: words"),
    (8, .badReply, false, "fal.run did not answer in HTTP: words"),
    (61, .badReply, false, "the answer of fal.run cannot be decompressed: words"),
    (3, .invalidRequest, false, "the address of fal.run is not valid: words"),
    (27, .unsupported, false, "there is not enough memory for the request to fal.run"),
    (99, .unreachable, true, "the request to fal.run failed: words (libcurl error 99)"),
  ])
  func namesTheCause(code: Int32, kind: EndpointFailure.Kind, isRetryable: Bool, message: String) {
    let failure = EndpointFailure(curlCode: code, words: "words", CurlProgress(site: "fal.run"))
    #expect(failure.kind == kind)
    #expect(failure.isRetryable == isRetryable)
    #expect(failure.message == message)
  }

  @Test(arguments: [
    ("Failed to connect to fal.run port 443", "no connection to fal.run: connection refused"),
    (
      "Failed to connect to 10.0.0.1 port 8080",
      "no connection to fal.run through a proxy: Failed to connect to 10.0.0.1 port 8080"
    ),
  ])
  func refusalsSayWhoRefused(words: String, message: String) {
    let progress = CurlProgress(site: "fal.run", host: "fal.run", wasRefused: true)
    #expect(EndpointFailure(curlCode: CurlCode.notConnected, words: words, progress).message == message)
  }

  @Test func certificateAdviceNamesTheVariable() {
    let failure = EndpointFailure(curlCode: 60, words: "", CurlProgress(site: "fal.run"))
    #expect(failure.advice?.contains("SSL_CERT_FILE") == true)
  }

  @Test(arguments: [
    (false, false, "no connection to fal.run after 15 s"),
    (true, false, "fal.run had not begun to answer after 15 s"),
    (true, true, "fal.run was still answering after 15 s, after 10 of 90 bytes"),
  ])
  func timeOutsSayThePhase(isConnected: Bool, hasBegun: Bool, message: String) {
    var progress = CurlProgress(
      site: "fal.run", elapsed: .seconds(15), isConnected: isConnected, hasBegun: hasBegun)
    progress.received = 10
    progress.expected = 90
    let failure = EndpointFailure(curlCode: CurlCode.timedOut, words: "", progress)
    #expect(failure.kind == .timedOut && failure.message == message)
  }

  @Test func missingLibraryNamesThePackages() {
    let failure = EndpointFailure.noLibcurl("libcurl.so.4: cannot open shared object file")
    #expect(failure.kind == .unsupported && !failure.isRetryable)
    #expect(failure.message.contains("libcurl.so.4: cannot open"))
    #expect(failure.advice?.contains("`libcurl4` on Debian and Ubuntu") == true)
  }

  @Test(arguments: [
    (Duration.zero, 1), (.microseconds(1), 1), (.microseconds(1500), 2), (.seconds(120), 120_000),
    (.seconds(-5), 1), (.seconds(Int64.max / 2), Int(Int32.max)),
  ])
  func timesAreWholeMillisecondsAndNeverNone(time: Duration, milliseconds: Int) {
    #expect(time.wholeMilliseconds == milliseconds)
  }
}
