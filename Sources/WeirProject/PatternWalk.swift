import WeirValues

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Looks for the files that fit a pattern, folder by folder, each of which is looked into once.
///
/// A symbolic link counts for what it leads to, if that lies in the project; `**` does not go through
/// one, so that there are no circles.
struct PatternWalk {
  private let pattern: PathPattern
  private let project: ProjectFolder
  private var found: [String] = []
  private var entries = 0

  static let mostEntries = 200_000

  init(_ pattern: PathPattern, in project: ProjectFolder) {
    self.pattern = pattern
    self.project = project
  }

  /// Sorted by their bytes, relative to the flow's folder.
  mutating func run() throws(FileFailure.Reason) -> [String] {
    let climb = [String](repeating: "..", count: pattern.climbs)
    guard project.staysInside(climb) else { throw .outside }
    let start = climb.reduce(project.directory) { folder, _ in FilePaths.parent(folder) ?? folder }
    // Folders that wait, not calls: a tree may be deeper than the stack.
    var waiting = [Folder(path: start, shown: climb.joined(separator: "/"), places: pattern.start)]
    while let folder = waiting.popLast() { waiting += try visit(folder) }
    return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private struct Folder {
    let path: String
    /// As the flow sees it; empty for its own folder.
    let shown: String
    let places: PathPattern.Places
  }

  /// Takes the files of a folder that fit, and gives the folders in which more may.
  private mutating func visit(_ folder: Folder) throws(FileFailure.Reason) -> [Folder] {
    let names =
      pattern.onlyNames(folder.places)
      ?? (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    entries += names.count
    if entries > Self.mostEntries { throw .tooManyEntries(limit: Self.mostEntries) }
    var inner: [Folder] = []
    for name in names {
      guard !pattern.places(after: name, from: folder.places).isEmpty else { continue }
      let path = FilePaths.joined(folder.path, name)
      guard let (kind, isLink) = kind(path) else { continue }
      let shown = folder.shown.isEmpty ? name : "\(folder.shown)/\(name)"
      switch kind {
      case .file:
        if pattern.isEnd(pattern.places(after: name, from: folder.places)) { found.append(shown) }
      case .folder:
        let places = pattern.places(after: name, from: folder.places, isReal: !isLink)
        if !places.isEmpty { inner.append(Folder(path: path, shown: shown, places: places)) }
      case .link, .other: break
      }
    }
    return inner
  }

  /// What lies there, links followed within the project; nil where there is nothing for the flow.
  private func kind(_ path: String) -> (FilePaths.Kind, isLink: Bool)? {
    guard let kind = FilePaths.kind(path) else { return nil }
    guard kind == .link else { return (kind, false) }
    guard let real = FilePaths.real(path), FilePaths.steps(from: project.root, to: real) != nil,
      let behind = FilePaths.kind(real)
    else { return nil }
    return (behind, true)
  }
}
