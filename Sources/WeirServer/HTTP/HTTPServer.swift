import Dispatch
import Synchronization

/// A server of 127.0.0.1 around a service, on a thread of its own.
///
/// May be started once. It is stopped by `stop` or when nobody has it any more, and then drops what
/// it has not answered.
final class HTTPServer: Sendable {
  private let state = Mutex(State.new)
  private let thread = DispatchGroup()

  private enum State {
    case new
    /// The end of the pipe that stops the loop.
    case running(Int32)
    case stopped
  }

  deinit { stop() }

  /// Begins to serve, and says on which port. The service is made on the thread that it will stay on.
  func start<Service: HTTPService>(
    _ service: @escaping @Sendable () -> Service, port: Int, limits: HTTPLimits,
    log: @escaping @Sendable (String) -> Void
  ) throws(ServerError) -> Int {
    try state.withLock { state throws(ServerError) in
      guard case .new = state else { throw ServerError(message: "a server starts only once") }
      Socket.allowManyConnections()
      let listener = try Socket.listen(on: port)
      let pipe: (read: Int32, write: Int32)
      do throws(ServerError) {
        pipe = try Socket.makePipe()
      } catch {
        Socket.discard(listener.descriptor)
        throw error
      }
      state = .running(pipe.write)
      DispatchQueue(label: "weir.server").async(group: thread) {
        EventLoop(
          listener: listener.descriptor, pipe: pipe.read, service: service(), limits: limits, log: log
        ).run()
      }
      return listener.port
    }
  }

  /// Ends every connection, and comes back when that is done. Not to be called from `log`.
  func stop() {
    let pipe = state.withLock { state -> Int32? in
      guard case .running(let pipe) = state else { return nil }
      state = .stopped
      return pipe
    }
    guard let pipe else { return }
    Socket.wake(pipe)
    thread.wait()
    Socket.discard(pipe)
  }
}
