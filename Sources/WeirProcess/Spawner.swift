#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Starts processes: what they inherit is what is named here, and nothing else.
struct Spawner {
  /// What every program inherits.
  let environment: [String: String]

  /// A process that runs, and our ends of the pipes to and from it, none of which blocks.
  struct Started {
    let child: Child
    let input: Int32
    let output: Int32
    let errors: Int32
  }

  func start(_ command: ProgramCommand) throws(ProgramFailure) -> Started {
    let variables = environment.merging(command.environment) { $1 }
    try check(command, variables)
    let search = ProgramSearch(path: variables.searchPath, directory: command.directory)
    let file = try search.find(command.program)
    var pipes: [(read: Int32, write: Int32)] = []
    do throws(SystemError) {
      for _ in 0..<3 { pipes.append(try Descriptor.makePipe()) }
      let child = try spawn(
        file, command, variables, streams: [pipes[0].read, pipes[1].write, pipes[2].write])
      for end in [pipes[0].read, pipes[1].write, pipes[2].write] { Descriptor.close(end) }
      for end in [pipes[0].write, pipes[1].read, pipes[2].read] { Descriptor.makeNonBlocking(end) }
      return Started(child: child, input: pipes[0].write, output: pipes[1].read, errors: pipes[2].read)
    } catch {
      for pipe in pipes {
        Descriptor.close(pipe.read)
        Descriptor.close(pipe.write)
      }
      throw .notStarted(program: command.program, reason: Self.reason(error))
    }
  }

  /// What the system would cut short, or could not take.
  private func check(_ command: ProgramCommand, _ variables: [String: String]) throws(ProgramFailure) {
    func refusal(_ reason: String) -> ProgramFailure {
      .notStarted(program: command.program.utf8.contains(0) ? "" : command.program, reason: reason)
    }
    if command.program.isEmpty { throw refusal("no program is named") }
    for (index, argument) in command.arguments.enumerated() where argument.utf8.contains(0) {
      throw refusal(
        index == 0
          ? "its name holds a NUL character, which no program can be given"
          : "argument \(index) holds a NUL character, which no program can be given")
    }
    for (name, value) in variables {
      if name.isEmpty || name.utf8.contains(UInt8(ascii: "=")) || name.utf8.contains(0) {
        throw refusal("an environment variable cannot be called `\(name)`")
      }
      if value.utf8.contains(0) {
        throw refusal("the environment variable `\(name)` holds a NUL character")
      }
    }
    if let directory = command.directory, directory.utf8.contains(0) || !ProgramSearch.isFolder(directory) {
      throw refusal("the folder `\(directory)` does not exist")
    }
  }

  private static func reason(_ error: SystemError) -> String {
    switch error.code {
    case E2BIG: "its arguments and environment are longer than the system takes"
    case ENOEXEC: "it is not a program that this system can run, and has no `#!` line"
    case ENOENT, ENOTDIR: "the interpreter that it names does not exist"
    default: error.message
    }
  }

  // MARK: posix_spawn

  private func spawn(
    _ file: String, _ command: ProgramCommand, _ variables: [String: String], streams: [Int32]
  ) throws(SystemError) -> Child {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #else
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    for (number, descriptor) in streams.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(number))
    }
    if let directory = command.directory {
      posix_spawn_file_actions_addchdir_np(&actions, directory)
    }
    Self.setSignals(&attributes)
    var id: pid_t = 0
    let code = Self.withCStrings(command.arguments) { arguments in
      Self.withCStrings(variables.map { "\($0)=\($1)" }) { environment in
        var code: Int32
        var tries = 0
        repeat {
          code = posix_spawn(&id, file, &actions, &attributes, arguments, environment)
          tries += 1
          // A file that was written a moment ago may still be open for writing in another child, between
          // its fork and its exec.
        } while code == ETXTBSY && tries < 20 && usleep(2_000) == 0
        return code
      }
    }
    guard code == 0 else { throw SystemError(code: code) }
    return Child(id)
  }

  /// A session of its own, every signal as it is by nature, and none held back.
  private static func setSignals(_ attributes: inout SpawnAttributes) {
    var signals = sigset_t()
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    var flags = Int32(POSIX_SPAWN_SETSIGDEF) | Int32(POSIX_SPAWN_SETSIGMASK) | Int32(POSIX_SPAWN_SETSID)
    #if canImport(Darwin)
      flags |= Int32(POSIX_SPAWN_CLOEXEC_DEFAULT)
    #endif
    posix_spawnattr_setflags(&attributes, Int16(flags))
  }

  #if canImport(Darwin)
    private typealias SpawnAttributes = posix_spawnattr_t?
  #else
    private typealias SpawnAttributes = posix_spawnattr_t
  #endif

  /// The texts as C has them, with a null pointer behind the last.
  private static func withCStrings<Result>(
    _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
  ) -> Result {
    let pointers = texts.map { strdup($0) }
    defer { for pointer in pointers { free(pointer) } }
    return body(pointers + [nil])
  }
}
