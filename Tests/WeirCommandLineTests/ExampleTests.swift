import Testing
import WeirCommandLine
import WeirDiagnostics
import WeirEndpoint
import WeirProviders
import WeirValues

/// The wrong example of every code is told that code, and the right one is told nothing.
///
/// Most are told by `weir check`. The others are told when the flow is run, which is done here with a
/// transport that answers as the example supposes.
struct ExampleTests {
  /// Codes that only a run reports, with the words behind the file of the flow.
  private static let run: [String: [String]] = [
    "answer-cut-off": [], "answer-mismatch": [], "bad-input": ["--when", "tomorrow"],
    "evaluation-failed": [], "input-mismatch": [], "missing-input": [], "no-model": [],
    "missing-program": ["--allow-run=ls,lss"], "missing-secret": ["--allow-run=printenv,ls"],
    "not-allowed": [], "nothing-to-run": [],
    "program-failed": ["--allow-run=ls"], "setting-out-of-range": [], "step-failed": [], "step-skipped": [],
    "unsupported-setting": [],
  ]

  /// Codes that only a catalogue gives reason for.
  private static let catalogue: Set = ["unknown-model", "model-cannot", "context-too-small"]

  @Test(arguments: DiagnosticCode.all.map(\.name)) func wrongIsToldAndRightIsNot(_ name: String) async throws
  {
    let code = try #require(DiagnosticCode.all.first { $0.name == name })
    if let words = Self.run[name] {
      let (wrongCode, wrong) = try await run(code.wrong, words, of: name)
      #expect(wrong.contains(name), "\(wrong)")
      #expect((wrongCode == .done) == (name == "answer-cut-off"))
      let (rightCode, right) = try await run(code.right, words, of: name)
      #expect(rightCode == .done && right.isEmpty, "\(right)")
    } else {
      let wrong = try await check(bytes(of: code.wrong), of: name)
      #expect(wrong.contains(name), "\(wrong)")
    }
    #expect(try await check(Array(code.right.utf8), of: name).isEmpty)
  }

  @Test func theCodesOfARunAreCodes() {
    #expect(Set(Self.run.keys).isSubset(of: DiagnosticCode.all.map(\.name)))
  }

  /// U+FFFD stands for a byte that is not UTF-8, which a Swift string cannot hold.
  private func bytes(of flow: String) -> [UInt8] {
    Array(flow.unicodeScalars.map { $0 == "\u{FFFD}" ? [0xE9] : Array(String($0).utf8) }.joined())
  }

  private func check(_ flow: [UInt8], of name: String) async throws -> [String] {
    let invocation = try Invocation()
    if Self.catalogue.contains(name) { try invocation.keepCatalogue() }
    try invocation.folder.write(flow, to: "a.flow")
    let outcome = await invocation.run(["check", "--json", "a.flow"])
    let files = try #require(try outcome.json()["files"]?.list)
    let diagnostics = try #require(files.first?.record?["diagnostics"]?.list)
    return diagnostics.compactMap { $0.record?["code"]?.string }
  }

  private func run(_ flow: String, _ words: [String], of name: String) async throws -> (ExitCode, [String]) {
    var invocation = try Invocation(["a.flow": flow])
    // Both, for an example that names its provider.
    invocation.variables = ["OPENROUTER_API_KEY": "sk-or-of-the-test", "PATH": "/usr/bin:/bin"]
    if flow.contains("\"fal:") { invocation.variables["FAL_KEY"] = "fal-of-the-test" }
    invocation.transport = FakeTransport { request in
      Self.answer(String(decoding: request.body.bytes, as: UTF8.self), of: name)
    }
    let outcome = await invocation.run(["run", "--json", "a.flow"] + words)
    return (outcome.code, try outcome.codes())
  }

  /// As the explanations of the codes suppose: one model that is unknown, one that is out of order where
  /// a second one is there to be named, an essay that is long.
  private static func answer(_ request: String, of name: String) -> HTTPResponse {
    if request.contains("no/such-model") { return HTTPResponse(status: 404) }
    if name == "step-failed", request.contains("openai/gpt-4o-mini") {
      return HTTPResponse(status: 400)
    }
    if request.contains("in percent") {
      return HTTPResponse(status: 200, body: completion(#"{"value": 95}"#))
    }
    if request.contains("from 1 to 10") {
      return HTTPResponse(status: 200, body: completion(#"{"value": 9}"#))
    }
    let isShort = request.contains(#""max_tokens":20,"#) || request.contains(#""max_tokens":20}"#)
    return HTTPResponse(status: 200, body: completion("An answer.", finish: isShort ? "length" : "stop"))
  }
}
