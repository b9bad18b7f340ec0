#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Where a program lies.
///
/// The search is done here and not by the system, some of whose forms give a file that is no program
/// to a shell. Folders of `PATH` that are not absolute are passed over: what is run must not depend on
/// where one stands.
struct ProgramSearch {
  let path: String
  let directory: String?

  func find(_ program: String) throws(ProgramFailure) -> String {
    if program.utf8.contains(UInt8(ascii: "/")) { return try named(program) }
    var refused: ProgramFailure?
    for folder in path.split(separator: ":") where folder.hasPrefix("/") {
      let candidate = "\(folder)/\(program)"
      guard Self.isFile(candidate) else { continue }
      if access(candidate, X_OK) == 0 { return candidate }
      refused = refused ?? .notStarted(program: program, reason: "you may not execute `\(candidate)`")
    }
    throw refused ?? .notFound(program: program)
  }

  private func named(_ program: String) throws(ProgramFailure) -> String {
    let file =
      if let directory, !program.hasPrefix("/") { "\(directory)/\(program)" } else { program }
    guard Self.exists(file) else { throw .notFound(program: program) }
    guard Self.isFile(file) else { throw .notStarted(program: program, reason: "it is not a file") }
    guard access(file, X_OK) == 0 else {
      throw .notStarted(program: program, reason: "you may not execute it")
    }
    return file
  }

  private static func exists(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0
  }

  private static func isFile(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
