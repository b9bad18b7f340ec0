import Synchronization
import Testing
import WeirEndpoint
import WeirProviders
import WeirValues

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// fal over the real transport: what the play of the other tests cannot show.
@Suite(.timeLimit(.minutes(1)))
struct FalLoopbackTests {
  private final class Heard: Sendable {
    private let requests = Mutex<[String]>([])
    var all: [String] { requests.withLock { $0 } }
    func add(_ request: String) { requests.withLock { $0.append(request) } }
    func has(_ start: String) -> Bool { all.contains { $0.hasPrefix(start) } }
  }

  private static var queued: EndpointRequest {
    var request = EndpointRequest(step: "s", model: "a/b", prompt: [.text("Hello")])
    request.delivery = .queue
    return request
  }

  /// `answer` says whether the connection is kept.
  private func server(
    _ heard: Heard, _ answer: @escaping @Sendable (String, Connection) -> Bool
  ) throws -> (LoopbackServer, FalEndpoint) {
    let server = try LoopbackServer { connection in
      while let request = connection.request() {
        heard.add(request)
        guard answer(request, connection) else { return }
      }
    }
    let endpoint = FalEndpoint(
      at: try WebAddress("http://127.0.0.1:\(server.port)"), key: Secret("id:secret"),
      over: CurlTransport(.init(userAgent: "weir/test")), timing: FalTiming(sleep: { _ in }))
    return (server, endpoint)
  }

  @Test func fileIsUploadedByteByByte() async throws {
    let heard = Heard()
    let (server, endpoint) = try server(heard) { request, connection in
      let host = request.split(separator: "\r\n").first { $0.hasPrefix("Host: ") }?.dropFirst(6) ?? ""
      switch request.split(separator: " ").dropFirst().first?.prefix(10) {
      case "/storage/a": connection.answer(500, body: "{\"detail\":\"down\"}")
      case "/storage/u":
        connection.answer(
          body: "{\"upload_url\":\"http://\(host)/up\",\"file_url\":\"https://example.com/f\"}")
      default: connection.answer(body: "{\"output\":\"Hi\"}")
      }
      return true
    }
    var request = EndpointRequest(
      step: "s", model: "a/b",
      prompt: [.picture(.bytes(Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + "body".utf8), .png))])
    request.uploadOver = 0
    #expect(try await endpoint.send(request).text == "Hi")
    let put = try #require(heard.all.first { $0.hasPrefix("PUT /up HTTP/1.1") })
    #expect(put.hasSuffix("\u{1A}\nbody") && put.contains("Content-Length: 12"))
    #expect(!put.lowercased().contains("authorization"))
    withExtendedLifetime(server) {}
  }

  @Test func jobIsTakenBackWhenTheOneWhoAsksIsCancelled() async throws {
    let heard = Heard()
    let waiting = AsyncStream<Void>.makeStream()
    let (server, endpoint) = try server(heard) { request, connection in
      if request.hasPrefix("PUT") {
        connection.answer(body: "{\"status\":\"OK\"}")
      } else if request.hasPrefix("POST") {
        connection.answer(body: "{\"request_id\":\"r-1\",\"queue_position\":2}")
      } else {
        // The stream of statuses: one, and then silence.
        connection.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n")
        connection.send("data: {\"status\":\"IN_QUEUE\",\"queue_position\":1}\n\n")
        connection.waitForEnd()
      }
      return true
    }
    var request = Self.queued
    request.observe = { if $0 == .position(1) { waiting.continuation.finish() } }
    let asking = Task { [request] in try await endpoint.send(request) }
    for await _ in waiting.stream {}
    asking.cancel()
    let failure = await #expect(throws: EndpointFailure.self) { try await asking.value }
    #expect(failure?.message == "cancelled; the request r-1 was taken out of the queue")
    #expect(heard.has("PUT /queue/openrouter/router/requests/r-1/cancel"))
    withExtendedLifetime(server) {}
  }

  @Test func lostReplyToASubmitIsToldApartFromNoConnection() async throws {
    let heard = Heard()
    let (server, endpoint) = try server(heard) { _, connection in
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{")
      return false
    }
    let request = Self.queued
    let lost = await #expect(throws: EndpointFailure.self) { try await endpoint.send(request) }
    #expect(
      lost?.isRetryable == false && lost?.message.hasSuffix("may have been queued all the same") == true)
    #expect(heard.all.count == 1)
    withExtendedLifetime(server) {}

    let nobody = FalEndpoint(
      at: try WebAddress("http://127.0.0.1:1"), key: nil, over: CurlTransport(.init(userAgent: "weir/test")))
    let refused = await #expect(throws: EndpointFailure.self) { try await nobody.send(request) }
    #expect(refused?.kind == .unreachable && refused?.isRetryable == true)
  }

  @Test func streamIsReadWhileItComes() async throws {
    let heard = Heard()
    let gate = Gate()
    let (server, endpoint) = try server(heard) { _, connection in
      connection.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n")
      connection.send("data: {\"output\":\"Unit\",\"partial\":true}\n\n")
      gate.wait()
      let last = Array(
        "data: {\"output\":\"Unit 世\",\"partial\":false,\"usage\":{\"cost\":0.5}}\r\n\r\n".utf8)
      for start in stride(from: 0, to: last.count, by: 7) {
        connection.send(Array(last[start..<min(start + 7, last.count)]))
      }
      return false
    }
    var request = EndpointRequest(step: "s", model: "a/b", prompt: [.text("Hello")])
    request.isWatched = true
    let told = Mutex<[AnswerEvent]>([])
    request.observe = { event in
      told.withLock { $0.append(event) }
      // The rest is sent only now.
      if event == .text("Unit") { gate.open() }
    }
    let reply = try await endpoint.send(request)
    #expect(reply.text == "Unit 世" && reply.usage.cost == Number(0.5))
    #expect(told.withLock { $0 } == [.text("Unit"), .text(" 世")])
    #expect(heard.has("POST /openrouter/router/stream"))
    withExtendedLifetime(server) {}
  }
}
