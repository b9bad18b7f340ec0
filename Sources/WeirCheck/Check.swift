package import WeirDiagnostics
package import WeirProgram
package import WeirSyntax

/// What a check found: the program, whole only where no diagnostic is an error.
package struct CheckResult: Sendable {
  package let program: Program
  package let diagnostics: [Diagnostic]
}

/// Binds every name and types every expression of a parsed file.
///
/// All that is wrong is reported at once, in the order of the source; a part that is wrong gets the
/// type `.error`, which fits everywhere, so that one cause has one message.
package func check(_ file: FileSyntax) -> CheckResult {
  var checker = Checker(file)
  checker.checkFile()
  let told = file.withoutAllowed(file.mendingSuperfluous(checker.diagnostics))
  return CheckResult(program: checker.program, diagnostics: told.inSourceOrder())
}
