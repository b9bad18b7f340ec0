import WeirCheck
package import WeirDiagnostics
package import WeirProgram
import WeirSyntax

/// A flow that was read and checked: the one call that everybody makes.
package struct Flow: Sendable {
  package let source: SourceFile
  /// Whole only where no diagnostic is an error.
  package let program: Program
  /// All that is wrong or doubtful, in the order of the source.
  package let diagnostics: [Diagnostic]

  package init(_ source: SourceFile) {
    let (file, told) = parse(source)
    let checked = check(file)
    self.source = source
    program = checked.program
    diagnostics = (told + checked.diagnostics).inSourceOrder()
  }

  package var sources: SourceMap { SourceMap([source]) }

  /// A file with neither step nor output holds names for other flows; it is not run.
  package var isModule: Bool { program.outputs.isEmpty }
}
