#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A thread for what blocks. Not Dispatch's: its pool has an end, and shares it with the tasks of
/// the tests.
enum TestThread {
  static func start(_ run: @escaping @Sendable () -> Void) {
    let body = Unmanaged.passRetained(ThreadBody(run)).toOpaque()
    #if canImport(Darwin)
      var thread: pthread_t?
      let code = pthread_create(&thread, nil, runBody, body)
      if code == 0, let thread { pthread_detach(thread) }
    #else
      var thread = pthread_t()
      let code = pthread_create(&thread, nil, runBody, body)
      if code == 0 { pthread_detach(thread) }
    #endif
    precondition(code == 0, "no thread for a test: error \(code)")
  }
}

private final class ThreadBody: Sendable {
  let run: @Sendable () -> Void
  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

#if canImport(Darwin)
  private typealias Context = UnsafeMutableRawPointer
#else
  private typealias Context = UnsafeMutableRawPointer?
#endif

private func runBody(_ context: Context) -> UnsafeMutableRawPointer? {
  let pointer: UnsafeMutableRawPointer? = context
  if let pointer { Unmanaged<ThreadBody>.fromOpaque(pointer).takeRetainedValue().run() }
  return nil
}
