import WeirDiagnostics
import WeirProject

extension Flow {
  /// Where the file of a flow lies, or of one that it uses.
  func folder(of file: FileID, _ files: ProjectFiles) -> String {
    if file == source.id, let directory { return directory }
    let path = files.resolve(sources[file]?.path ?? source.path)
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return files.directory }
    return String(path[..<slash])
  }
}
