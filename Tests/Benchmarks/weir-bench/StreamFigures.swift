import Synchronization
import WeirEndpoint
import WeirProviders

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How long the pieces of streams take from the server to who watches, in microseconds: every piece of
/// `streamserver.py` says when it was sent.
enum StreamFigures {
  static func measure(_ address: String, streams: Int, rounds: Int) async {
    let transport = CurlTransport(.init(userAgent: "weir-bench"))
    guard let endpoint = try? ProviderKind.openai.endpoint(at: address, key: nil, over: transport) else {
      return print("\(address) is no address")
    }
    let times = Times()
    // The first round makes the connections.
    for round in 0...rounds {
      if round == 1 { times.forget() }
      let start = ContinuousClock.now
      // As a run does it.
      await withTaskExecutorPreference(transport.executor) {
        await withTaskGroup(of: Void.self) { group in
          for _ in 0..<streams { group.addTask { await read(endpoint, times) } }
        }
      }
      print("wall-\(round) \((ContinuousClock.now - start) / .milliseconds(1))")
    }
    times.print()
  }

  private static func read(_ endpoint: any Endpoint, _ times: Times) async {
    var request = EndpointRequest(step: "s", model: "m", prompt: [.text("Hello")])
    request.delivery = .stream
    let stream = times.stream()
    request.observe = { if case .text(let text) = $0 { stream.hear(text) } }
    do {
      _ = try await endpoint.send(request)
      times.end(stream)
    } catch {
      Swift.print("failed \(error.message)")
    }
  }
}

/// What was heard, and when.
private final class Times: Sendable {
  private struct Heard {
    var first: [Int] = []
    var all: [Int] = []
  }

  private let heard = Mutex(Heard())

  final class Stream: Sendable {
    let delays = Mutex<[Int]>([])

    func hear(_ text: String) {
      let now = Times.now
      guard let sent = Int(text.dropLast()) else { return }
      delays.withLock { $0.append(now - sent) }
    }
  }

  func stream() -> Stream { Stream() }
  func forget() { heard.withLock { $0 = Heard() } }

  func end(_ stream: Stream) {
    let delays = stream.delays.withLock { $0 }
    heard.withLock { heard in
      heard.first += delays.prefix(1)
      heard.all += delays
    }
  }

  func print() {
    for (name, values) in heard.withLock({ [("first", $0.first.sorted()), ("all", $0.all.sorted())] }) {
      guard !values.isEmpty else { continue }
      Swift.print("\(name)-p50 \(Double(values[values.count / 2]) / 1e3)")
      Swift.print("\(name)-p99 \(Double(values[values.count * 99 / 100]) / 1e3)")
    }
  }

  /// The clock of the server, in nanoseconds.
  static var now: Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
  }
}
