import Synchronization
import Testing
import WeirDiagnostics
import WeirEndpoint
import WeirGraph
import WeirProgram
import WeirProject
import WeirRun
import WeirTestSupport
import WeirValues

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The language as data, for this implementation and any other: `Tests/Golden/language/README.md` says what
/// the files of a case mean.
struct LanguageTests {
  private static let cases = Golden.names(in: "language").filter { $0 != "README.md" }

  private let folder = Golden.folder.appending(path: "language").path

  @Test(arguments: cases)
  func eachFlowIsCheckedDrawnAskedAndAnsweredAsItSays(_ name: String) async throws {
    var loader = FlowLoader(ProjectFiles(directory: "\(folder)/\(name)"))
    let flow = try loader.load("main.flow")
    var renderer = DiagnosticRenderer(flow.sources)
    Golden.expect(renderer.render(flow.diagnostics), matches: "language/\(name)/check.txt")
    guard !flow.diagnostics.hasErrors else { return }
    Golden.expect(
      Graph(flow.program).json().json(indent: 2) + "\n", matches: "language/\(name)/graph.json")
    try await run(flow, name)
  }

  private func run(_ flow: Flow, _ name: String) async throws {
    var options = RunOptions(
      inputs: try inputs(of: flow, name), providers: ["openrouter"], defaultProvider: "openrouter")
    options.files = { [folder] _ in ProjectFolder(ofFlowIn: "\(folder)/\(name)") }
    let (prepared, told) = prepare(flow.program, options)
    let run = try #require(prepared, "\(told.map(\.message))")
    let endpoint = ScriptedEndpoint(try record("language/\(name)/replies.json"))
    // One at a time, so that the requests have an order.
    let report = await Runner(run, endpoints: ["openrouter": endpoint], concurrency: 1).run()
    Golden.expect(
      Value.list(endpoint.requests.map(\.json)).json(indent: 2) + "\n",
      matches: "language/\(name)/requests.json")
    let output = try #require(report.output, "\(report.diagnostics.map(\.message))")
    Golden.expect(output.json(indent: 2) + "\n", matches: "language/\(name)/output.json")
    #expect(endpoint.isSpent, "replies are left over")
  }

  private func inputs(of flow: Flow, _ name: String) throws -> [String: Value] {
    let given = try record("language/\(name)/inputs.json")
    var inputs: [String: Value] = [:]
    for field in given.fields {
      let input = try #require(flow.program.inputs.first { $0.name == field.name })
      let isPicture = flow.program.types.resolved(input.type) == .image
      inputs[field.name] =
        isPicture ? .image(try Picture(dataURI: try #require(field.value.string))) : field.value
    }
    return inputs
  }

  private func record(_ path: String) throws -> Record {
    guard
      Golden.names(in: String(path[..<path.lastIndex(of: "/")!])).contains(where: { path.hasSuffix("/\($0)") }
      )
    else { return [:] }
    return try #require(try Value(json: Golden.text(path)).record)
  }
}

/// Answers each step with its replies, in their order, and keeps what it was asked.
private final class ScriptedEndpoint: Endpoint {
  private struct State {
    var replies: [String: [Value]] = [:]
    var requests: [EndpointRequest] = []
  }

  private let state: Mutex<State>

  init(_ replies: Record) {
    var state = State()
    for field in replies.fields { state.replies[field.name] = field.value.list ?? [] }
    self.state = Mutex(state)
  }

  var requests: [EndpointRequest] { state.withLock { $0.requests } }
  var isSpent: Bool { state.withLock { $0.replies.values.allSatisfy(\.isEmpty) } }

  func send(_ request: EndpointRequest) async throws(EndpointFailure) -> EndpointReply {
    let reply = state.withLock { state -> String? in
      state.requests.append(request)
      guard state.replies[request.step]?.isEmpty == false else { return nil }
      return state.replies[request.step]?.removeFirst().string
    }
    guard let reply else { throw EndpointFailure(.invalidRequest, "no reply is left for `\(request.step)`") }
    return EndpointReply(text: reply)
  }
}

extension EndpointRequest {
  /// What is asked, in no vendor's words. What the flow does not say is left out.
  fileprivate var json: Value {
    var record: Record = ["step": .string(step)]
    if !pass.isEmpty { record["pass"] = .list(pass.map { .int($0) }) }
    record["model"] = .string(model)
    record["system"] = system.map { .string($0) }
    if !turns.isEmpty {
      record["turns"] = .list(
        turns.map { .record(["ask": .string($0.ask.text), "answer": .string($0.answer)]) })
    }
    record["prompt"] = .string(prompt.text)
    if let answer {
      record["schema"] = answer.schema
      record["strict"] = .bool(answer.isStrict)
    }
    record["temperature"] = temperature.map { .number($0) }
    record["top_p"] = topP.map { .number($0) }
    record["max_tokens"] = maxTokens.map { .int($0) }
    record["seed"] = seed.map { .int($0) }
    if !stop.isEmpty { record["stop"] = .list(stop.map { .string($0) }) }
    switch reasoning {
    case .enabled(let isEnabled): record["reasoning"] = .bool(isEnabled)
    case .effort(let effort): record["reasoning"] = .string(effort)
    case .tokens(let count): record["reasoning"] = .int(count)
    case nil: break
    }
    if !routing.fields.isEmpty { record["routing"] = .record(routing) }
    if !options.fields.isEmpty { record["options"] = .record(options) }
    return .record(record)
  }
}
