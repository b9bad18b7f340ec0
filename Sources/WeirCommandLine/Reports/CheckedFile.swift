import WeirDiagnostics
import WeirProject

/// A file that `weir check` was given: what is told about it, or why it could not be read.
struct CheckedFile: Sendable {
  enum Content: Sendable {
    case read(SourceMap, [Diagnostic])
    case unread(LoadFailure)
  }

  /// What `--fix` makes of it.
  struct Mend: Sendable {
    let old: [UInt8]
    let new: [UInt8]
    let count: Int
  }

  let path: String
  let content: Content
  var mend: Mend?

  init(_ path: String, _ content: Content) {
    self.path = path
    self.content = content
  }

  init(_ path: String, unread failure: LoadFailure) { self.init(path, .unread(failure)) }

  /// `tellMore` is asked what else there is to tell about a flow.
  init(_ path: String, _ loader: inout FlowLoader, _ tellMore: (Flow) -> [Diagnostic]) {
    do {
      self.init(path, try loader.load(path), tellMore)
    } catch {
      self.init(path, unread: error)
    }
  }

  /// Of a file that nothing is told about, its text is not kept.
  private init(_ path: String, _ flow: Flow, _ tellMore: (Flow) -> [Diagnostic]) {
    let diagnostics = (flow.diagnostics + tellMore(flow)).inSourceOrder()
    self.init(path, .read(diagnostics.isEmpty ? SourceMap() : flow.sources, diagnostics))
  }

  /// The file with its mends made and, unless it is only to be `shown`, written.
  init(
    mending path: String, _ loader: inout FlowLoader, in files: ProjectFiles, onlyShown: Bool,
    _ tellMore: (Flow) -> [Diagnostic]
  ) {
    do {
      let flow = try loader.load(path)
      let (mended, count) = loader.mend(flow)
      if count > 0, !onlyShown { try files.replace(path, with: mended.source.bytes) }
      self.init(path, onlyShown ? flow : mended, tellMore)
      if count > 0 { mend = Mend(old: flow.source.bytes, new: mended.source.bytes, count: count) }
    } catch {
      self.init(path, unread: error)
    }
  }

  var diagnostics: [Diagnostic] {
    if case .read(_, let diagnostics) = content { diagnostics } else { [] }
  }

  var isUnread: Bool {
    if case .unread = content { true } else { false }
  }

  /// Whether there is anything to tell.
  var hasWords: Bool { isUnread || !diagnostics.isEmpty }
}

extension [CheckedFile] {
  func isWrong(denyingWarnings: Bool) -> Bool {
    contains { file in
      file.isUnread || file.diagnostics.hasErrors || denyingWarnings && file.diagnostics.hasWarnings
    }
  }
}
