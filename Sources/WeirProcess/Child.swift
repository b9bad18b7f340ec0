#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A process that was started here and is not reaped yet, and so also its process group, whose number
/// is its own.
struct Child {
  private let id: pid_t

  init(_ id: pid_t) { self.id = id }

  /// A signal for the process and all of its group that are left.
  func signal(_ number: Int32) { _ = kill(-id, number) }

  /// Whether it has ended. It is not reaped by this, so that its number stays its own.
  var hasExited: Bool {
    var info = siginfo_t()
    // An error means that somebody else has reaped it.
    return waitid(P_PID, id_t(id), &info, WEXITED | WNOWAIT | WNOHANG) != 0 || info.si_signo != 0
  }

  enum Ending {
    case status(Int32)
    case signal(Int32)
    /// Somebody else in this process took it.
    case unknown
  }

  /// Takes what is left of it, once it has exited.
  func reap() -> Ending {
    var status: Int32 = 0
    while waitpid(id, &status, 0) < 0 {
      if errno != EINTR { return .unknown }
    }
    let signal = status & 0x7F
    return signal == 0 ? .status((status >> 8) & 0xFF) : .signal(signal)
  }

  /// Where this process ignores the ends of its children, as it may have been told by who started it,
  /// the system would reap them at once and nobody could learn how they ended.
  static func keepEndings() {
    var action = sigaction()
    guard sigaction(SIGCHLD, nil, &action) == 0 else { return }
    #if canImport(Darwin)
      let handler = action.__sigaction_u.__sa_handler
    #elseif canImport(Musl)
      let handler = action.__sa_handler.sa_handler
    #else
      let handler = action.__sigaction_handler.sa_handler
    #endif
    // Functions cannot be compared, but the number that stands for "ignore" can.
    let isIgnored = unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    guard isIgnored || action.sa_flags & SA_NOCLDWAIT != 0 else { return }
    // All zeros is what a process does by nature.
    var natural = sigaction()
    _ = sigaction(SIGCHLD, &natural, nil)
  }
}
