#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Paths as texts, and what they really are on disk.
enum FilePaths {
  /// The path without symbolic links, `.` and `..`; nil where there is nothing.
  static func real(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(validatingCString: resolved)
  }

  static func joined(_ folder: String, _ name: String) -> String {
    folder.utf8.last == UInt8(ascii: "/") ? folder + name : "\(folder)/\(name)"
  }

  /// What stands before the last `/`, and `/` for what lies there; nil where there is none.
  static func parent(_ path: String) -> String? {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return nil }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  static func name(_ path: String) -> String {
    path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[path.utf8.index(after: $0)...]) } ?? path
  }

  /// The names from `folder` down to `path`; nil where it does not lie there. Both are real.
  static func steps(from folder: String, to path: String) -> [String]? {
    let start = folder == "/" ? folder : folder + "/"
    if path == folder { return [] }
    guard path.utf8.starts(with: start.utf8) else { return nil }
    return path.utf8.dropFirst(start.utf8.count).split(separator: UInt8(ascii: "/"))
      .map { String(Substring($0)) }
  }

  enum Kind { case file, folder, link, other }

  /// What lies at a path, a symbolic link being one; nil where there is nothing.
  static func kind(_ path: String) -> Kind? {
    var status = stat()
    guard lstat(path, &status) == 0 else { return nil }
    return switch status.st_mode & S_IFMT {
    case S_IFREG: .file
    case S_IFDIR: .folder
    case S_IFLNK: .link
    default: .other
    }
  }
}
