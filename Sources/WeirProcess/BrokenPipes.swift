#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Keeps SIGPIPE from this thread, whatever the process does with that signal.
///
/// Writing to a program that reads no more is no accident here: it is told by the write itself.
struct BrokenPipes {
  private var before = sigset_t()
  private var signal = sigset_t()

  init() {
    sigemptyset(&signal)
    sigaddset(&signal, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &signal, &before)
  }

  /// Takes the signal that a write has left waiting.
  mutating func forget() {
    var waiting = sigset_t()
    var taken: Int32 = 0
    guard sigpending(&waiting) == 0, sigismember(&waiting, SIGPIPE) == 1 else { return }
    sigwait(&signal, &taken)
  }

  /// The thread goes back to where it came from as it was.
  mutating func restore() {
    forget()
    pthread_sigmask(SIG_SETMASK, &before, nil)
  }
}
