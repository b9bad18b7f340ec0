import WeirCheck
import WeirDiagnostics
import WeirStdlib
import WeirSyntax
import WeirValues

/// Reads flows with all that they use, and checks them.
///
/// What several flows share, such as a used flow or a `weir.flow`, is read once, however many flows one
/// loader is asked for.
package struct FlowLoader {
  let files: ProjectFiles
  /// Files that flows use, and every `weir.flow`, by their place on disk.
  private var read: [String: Parsed] = [:]
  /// The `weir.flow` that holds for a folder, if there is one.
  private var configurations: [String: String?] = [:]
  private var nextFile: UInt32 = 1

  struct Parsed {
    let file: FileSyntax
    let diagnostics: [Diagnostic]
  }

  package init(_ files: ProjectFiles) { self.files = files }

  /// The flow at a path, with what is wrong in it and in all that it uses.
  package mutating func load(_ path: String) throws(LoadFailure) -> Flow {
    if isStandard(path), !files.exists(path), let file = Stdlib.file(named: String(path.dropFirst(4))) {
      return load(SourceFile(path: path + ".flow", bytes: file.bytes), from: nil)
    }
    return load(try files.loadFlow(path), from: FilePaths.real(files.resolve(path)))
  }

  /// `place` is where the file lies; nil for a text that lies nowhere, which uses only `std/…`.
  mutating func load(_ source: SourceFile, from place: String?) -> Flow {
    load(source, from: place, reading: nil).flow
  }

  /// The flow, and the type of an expression that is read in its scope.
  mutating func load(
    _ source: SourceFile, from place: String?, reading expression: TypeExpressionSyntax?
  ) -> (flow: Flow, type: ValueType?) {
    let (file, told) = parse(source)
    var gathering = Gathering(diagnostics: told)
    let folder = place.flatMap(FilePaths.parent)
    if let place { gathering.open = [.init(place: place, shown: source.path)] }
    let uses = gather(file, in: folder, &gathering)
    let configuration = folder.flatMap { self.configuration(for: $0, &gathering) }
    gathering.units.append(FlowUnit(file, uses: uses, configuration: configuration))
    let checked = check(gathering.units, reading: expression)
    let own = checked.diagnostics.filter {
      $0.span.file == source.id || $0.span.file == expression?.file.source.id || $0.severity == .error
    }
    let sources = [source, expression?.file.source].compactMap(\.self) + gathering.sources
    let flow = Flow(
      source, sources: SourceMap(sources), program: checked.program,
      diagnostics: (gathering.diagnostics + own).inSourceOrder(), place: place)
    return (flow, checked.type)
  }

  /// What one flow has been found to stand on so far.
  private struct Gathering {
    var units: [FlowUnit] = []
    var sources: [SourceFile] = []
    /// By where it lies, the place among the units.
    var places: [String: Int] = [:]
    var diagnostics: [Diagnostic]
    /// The files whose `use` entries are being followed, from the flow itself.
    var open: [OpenFile] = []
    var told: Set<String> = []
  }

  private struct OpenFile {
    let place: String
    let shown: String
  }

  // MARK: use

  /// Reads what a file uses, and what that uses; gives the place of each among the units.
  private mutating func gather(
    _ file: FileSyntax, in folder: String?, _ gathering: inout Gathering
  ) -> [String: Int] {
    var uses: [String: Int] = [:]
    for case .use(let entry) in file.entries {
      guard let string = entry.path, let path = string.plainText, uses[path] == nil else { continue }
      do {
        uses[path] = try unit(for: path, in: folder, at: string.span, &gathering)
      } catch {
        gathering.diagnostics.append(error.diagnostic)
      }
    }
    return uses
  }

  private struct UseFailure: Error {
    let diagnostic: Diagnostic
  }

  private mutating func unit(
    for path: String, in folder: String?, at span: Span, _ gathering: inout Gathering
  ) throws(UseFailure) -> Int {
    let place = try place(of: path, in: folder, at: span)
    if let first = gathering.open.firstIndex(where: { $0.place == place }) {
      let way = gathering.open[first...].map(\.shown) + [gathering.open[first].shown]
      throw UseFailure(diagnostic: .useCycle(way, at: span))
    }
    if let known = gathering.places[place] { return known }
    let parsed = try parsed(place, shown: path, at: span)
    if gathering.told.insert(place).inserted {
      gathering.sources.append(parsed.file.source)
      gathering.diagnostics += parsed.diagnostics
    }
    gathering.open.append(.init(place: place, shown: parsed.file.source.path))
    let below = isStandard(place) ? nil : FilePaths.parent(place)
    let uses = gather(parsed.file, in: below, &gathering)
    let configuration = below.flatMap { self.configuration(for: $0, &gathering) }
    gathering.open.removeLast()
    gathering.units.append(
      FlowUnit(parsed.file, name: UseSyntax.name(of: path), uses: uses, configuration: configuration))
    gathering.places[place] = gathering.units.count - 1
    return gathering.units.count - 1
  }

  private func isStandard(_ place: String) -> Bool { place.hasPrefix("std/") }

  /// Where a used flow lies: `std/NAME`, or its path on disk.
  private func place(of path: String, in folder: String?, at span: Span) throws(UseFailure) -> String {
    if isStandard(path) {
      guard Stdlib.file(named: String(path.dropFirst(4))) != nil else {
        throw UseFailure(diagnostic: .noStandardFlow(path, Stdlib.files.map(\.name), at: span))
      }
      return path
    }
    guard path.hasPrefix("./") || path.hasPrefix("../"), let folder else {
      throw UseFailure(diagnostic: .badUsePath(path, Stdlib.files.map(\.name), at: span))
    }
    let whole = FilePaths.joined(folder, path)
    guard let place = FilePaths.real(whole) else {
      let isWithoutEnding = FilePaths.real(whole + ".flow") != nil
      let nearest = isWithoutEnding ? "\(path).flow" : files.nearest(to: path, in: folder)
      throw UseFailure(diagnostic: .noFlow(path, nearest: nearest, at: span))
    }
    return place
  }

  private mutating func parsed(_ place: String, shown path: String, at span: Span) throws(UseFailure)
    -> Parsed
  {
    if let known = read[place] { return known }
    let source: SourceFile
    if isStandard(place) {
      let bytes = Stdlib.file(named: String(place.dropFirst(4)))?.bytes ?? []
      source = SourceFile(id: newFile(), path: place + ".flow", bytes: bytes)
    } else {
      do {
        let loaded = try files.loadFlow(place)
        source = SourceFile(id: newFile(), path: files.shown(place), bytes: loaded.bytes)
      } catch {
        throw UseFailure(diagnostic: .unreadableFlow(path, error, at: span))
      }
    }
    let (file, told) = parse(source)
    let parsed = Parsed(file: file, diagnostics: told)
    read[place] = parsed
    return parsed
  }

  mutating func newFile() -> FileID {
    defer { nextFile += 1 }
    return FileID(nextFile)
  }

  // MARK: weir.flow

  /// The nearest `weir.flow` from a folder up to the root of the project.
  private mutating func configuration(for folder: String, _ gathering: inout Gathering) -> FileSyntax? {
    guard let place = configurationPlace(for: folder) else { return nil }
    // It is checked as such, not as the flow that it might be.
    if gathering.open.contains(where: { $0.place == place }) { return nil }
    let nowhere = Span(0..<0, in: FileID(0))
    guard let parsed = try? parsed(place, shown: "weir.flow", at: nowhere) else { return nil }
    if gathering.told.insert(place).inserted {
      gathering.sources.append(parsed.file.source)
      gathering.diagnostics += parsed.diagnostics
    }
    return parsed.file
  }

  private mutating func configurationPlace(for folder: String) -> String? {
    if let known = configurations[folder] { return known }
    let root = ProjectFolder(ofFlowIn: folder).root
    var found: String?
    var place = folder
    while true {
      let candidate = FilePaths.joined(place, "weir.flow")
      if FilePaths.kind(candidate) == .file {
        found = candidate
        break
      }
      guard place != root, let parent = FilePaths.parent(place) else { break }
      place = parent
    }
    configurations[folder] = .some(found)
    return found
  }
}

extension ProjectFiles {
  /// A path as a person would say it from here.
  func shown(_ place: String) -> String {
    guard let here = FilePaths.real(directory), place.hasPrefix(here + "/") else { return place }
    return String(place.dropFirst(here.count + 1))
  }

  /// A file of a similar name beside the one that is not there, as a flow in `folder` would say it.
  fileprivate func nearest(to path: String, in folder: String) -> String? {
    guard let beside = FilePaths.parent(path) else { return nil }
    let names = (try? names(in: FilePaths.joined(folder, beside))) ?? []
    return names.filter { $0.hasSuffix(".flow") }.nearestFile(to: FilePaths.name(path)).map {
      "\(beside)/\($0)"
    }
  }
}
