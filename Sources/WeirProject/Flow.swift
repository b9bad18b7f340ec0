package import WeirDiagnostics
package import WeirProgram

/// A flow that was read and checked, with all that it uses.
package struct Flow: Sendable {
  package let source: SourceFile
  /// Its own file and those that it uses.
  package let sources: SourceMap
  /// Whole only where no diagnostic is an error.
  package let program: Program
  /// All that is wrong or doubtful in it, and all that is wrong in what it uses, in the order of the source.
  package let diagnostics: [Diagnostic]
  /// Where its file lies; nil for a text that lies nowhere.
  let place: String?

  /// The folder of its file, for the files that it names.
  package var directory: String? { place.flatMap(FilePaths.parent) }

  init(
    _ source: SourceFile, sources: SourceMap, program: Program, diagnostics: [Diagnostic], place: String?
  ) {
    self.source = source
    self.sources = sources
    self.program = program
    self.diagnostics = diagnostics
    self.place = place
  }

  /// A flow by itself: it can use only what comes with Weir.
  package init(_ source: SourceFile) {
    var loader = FlowLoader(ProjectFiles(directory: "/"))
    self = loader.load(source, from: nil)
  }

  /// A file with neither step nor output holds names for other flows; it is not run.
  package var isModule: Bool { program.outputs.isEmpty }
}
