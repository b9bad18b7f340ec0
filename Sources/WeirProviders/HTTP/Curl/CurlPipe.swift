import Synchronization
import WeirEndpoint

/// The way of an answer's pieces from the thread of the requests to the task that reads them.
///
/// What comes while nobody reads is put together, so that a reader is woken once for all of it and not
/// once for each piece. A reader that does not come back makes the server wait: above a megabyte the
/// connection is not read until the pipe is empty again.
final class CurlPipe: HTTPStreamSource {
  struct Head {
    let status: Int
    let headers: [(name: String, value: String)]
  }

  private struct State {
    var head: Head?
    var bytes: [UInt8] = []
    var end: Result<Void, EndpointFailure>?
    /// A piece was not taken, and the thread waits to be told that there is room.
    var isFull = false
    var isLetGo = false
    var reader: CheckedContinuation<Void, Never>?

    mutating func takeReader() -> CheckedContinuation<Void, Never>? {
      defer { reader = nil }
      return reader
    }
  }

  private static let mostWaiting = 1 << 20

  private let state = Mutex(State())
  private let ticket: CurlTicket
  /// Kept, so that a stream outlives its endpoint.
  private let transport: CurlTransport

  init(_ ticket: CurlTicket, of transport: CurlTransport) {
    self.ticket = ticket
    self.transport = transport
  }

  // MARK: The thread of the requests

  func begin(_ head: Head) {
    state.withLock { $0.head = head }
    wakeReader()
  }

  enum Appended {
    case asFirst, behindOthers
    /// The piece is to come again after `CurlMailbox.goOn`.
    case notAtAll
  }

  /// Who appends what is first wakes the reader, sooner or later.
  func append(_ piece: UnsafeRawBufferPointer) -> Appended {
    state.withLock { state in
      guard !state.bytes.isEmpty else {
        state.bytes.append(contentsOf: piece)
        return .asFirst
      }
      guard state.bytes.count + piece.count <= Self.mostWaiting else {
        state.isFull = true
        return .notAtAll
      }
      state.bytes.append(contentsOf: piece)
      return .behindOthers
    }
  }

  func wakeReader() { state.withLock { $0.takeReader() }?.resume() }

  func end(_ result: Result<Void, EndpointFailure>) {
    state.withLock { $0.end = result }
    wakeReader()
  }

  // MARK: The task that reads

  func head() async throws(EndpointFailure) -> Head {
    while true {
      let (head, end) = state.withLock { ($0.head, $0.end) }
      if let head { return head }
      if case .failure(let failure)? = end { throw failure }
      await wait { $0.head != nil || $0.end != nil }
    }
  }

  func next() async throws(EndpointFailure) -> [UInt8]? {
    while true {
      if Task.isCancelled {
        close()
        throw .cancelledRequest
      }
      switch take() {
      case .bytes(let bytes, let wasFull):
        if wasFull { transport.mailbox.goOn(ticket) }
        return bytes
      case .end(let result):
        try result.get()
        return nil
      case .nothing: await wait { !$0.bytes.isEmpty || $0.end != nil }
      }
    }
  }

  func close() {
    let mayEnd = state.withLock { $0.isLetGo || $0.end != nil }
    if !mayEnd { transport.mailbox.cancel(ticket) }
  }

  func letGo() {
    let isUnderWay = state.withLock { state in
      state.isLetGo = true
      return state.end == nil
    }
    if isUnderWay { transport.mailbox.letGo(ticket) }
  }

  private enum Taken {
    case bytes([UInt8], wasFull: Bool)
    case end(Result<Void, EndpointFailure>)
    case nothing
  }

  private func take() -> Taken {
    state.withLock { state in
      if !state.bytes.isEmpty {
        defer { (state.bytes, state.isFull) = ([], false) }
        return .bytes(state.bytes, wasFull: state.isFull)
      }
      return state.end.map { .end($0) } ?? .nothing
    }
  }

  /// A request that is cancelled ends, and its end wakes the reader.
  private func wait(until isThere: @escaping @Sendable (borrowing State) -> Bool) async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isOver = state.withLock { state in
          if !isThere(state) { state.reader = continuation }
          return state.reader == nil
        }
        if isOver { continuation.resume() }
      }
    } onCancel: {
      transport.mailbox.cancel(ticket)
    }
  }
}
