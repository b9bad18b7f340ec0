import WeirCheck
import WeirDiagnostics
import WeirProgram
import WeirSyntax

/// A text that was parsed and checked, with all that was told in the order of the source.
struct Checked {
  let source: SourceFile
  let program: Program
  let told: [Diagnostic]

  init(_ text: String) { self.init(Array(text.utf8)) }

  init(_ bytes: [UInt8], path: String = "test.flow") {
    source = SourceFile(path: path, bytes: bytes)
    let (file, syntax) = parse(source)
    let checked = check(file)
    program = checked.program
    told = (syntax + checked.diagnostics).inSourceOrder()
  }

  /// What was told as a person sees it.
  var picture: String {
    var renderer = DiagnosticRenderer(SourceMap([source]))
    return renderer.render(told)
  }
}
