import Synchronization
import WeirRun

/// Passes on what policies around endpoints have to tell, to whoever shows the run's progress.
///
/// The endpoints are made before the run begins, the listener when it does; until then nobody has
/// anything to tell.
final class EventRelay: Sendable {
  private let listener = Mutex<(@Sendable (RunEvent) -> Void)?>(nil)

  func pass(to listener: @escaping @Sendable (RunEvent) -> Void) {
    self.listener.withLock { $0 = listener }
  }

  func tell(_ event: RunEvent) {
    listener.withLock { $0 }?(event)
  }
}
