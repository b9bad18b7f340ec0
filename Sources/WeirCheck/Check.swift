package import WeirDiagnostics
package import WeirProgram
package import WeirSyntax
package import WeirValues

/// What a check found: the program, whole only where no diagnostic is an error.
package struct CheckResult: Sendable {
  package let program: Program
  package let diagnostics: [Diagnostic]
  /// How the flow looks to others: what `use` gives them.
  package let interface: FlowInterface
  /// The type that was to be read in the flow's scope; nil where none was.
  package let type: ValueType?
}

/// A file to check, and which of the files before it its `use` entries mean.
package struct FlowUnit: Sendable {
  package let file: FileSyntax
  /// How it is called where `use` gives no name: that of the file.
  package let name: String
  /// By the text of the `use`, the place of the unit; a `use` that is not here was told to lead nowhere.
  package let uses: [String: Int]
  /// The `weir.flow` that holds for it.
  package let configuration: FileSyntax?

  package init(
    _ file: FileSyntax, name: String = "", uses: [String: Int] = [:], configuration: FileSyntax? = nil
  ) {
    self.file = file
    self.name = name
    self.uses = uses
    self.configuration = configuration
  }
}

/// Binds every name and types every expression of a parsed file that uses no other.
package func check(_ file: FileSyntax) -> CheckResult { check([FlowUnit(file)]) }

/// Binds every name and types every expression of files, each of which stands after those that it uses.
/// The last one is the flow that is run.
///
/// All that is wrong is reported at once, in the order of the source; a part that is wrong gets the
/// type `.error`, which fits everywhere, so that one cause has one message. `expression` is read as if it
/// stood at the end of the last file.
package func check(_ units: [FlowUnit], reading expression: TypeExpressionSyntax? = nil) -> CheckResult {
  var program = Program()
  var interfaces: [FlowInterface] = []
  var diagnostics: [Diagnostic] = []
  var type: ValueType?
  for (place, unit) in units.enumerated() {
    let isMain = place == units.count - 1
    var checker = Checker(unit, used: interfaces, program: program)
    checker.checkFile()
    if isMain, let expression {
      let told = checker.diagnostics
      checker.diagnostics = []
      type = checker.checkTypeExpression(expression)
      diagnostics += checker.diagnostics
      checker.diagnostics = told
    }
    program = checker.program
    // In a file that could not be read as a whole, what follows from that is not to be mended unread.
    let told =
      unit.file.isWhole
      ? unit.file.mendingSuperfluous(checker.diagnostics) : checker.diagnostics.map(\.withoutEdits)
    diagnostics += unit.file.withoutAllowed(told)
    interfaces.append(checker.interface(isMain: isMain, program: &program))
  }
  guard let interface = interfaces.last else { preconditionFailure("there is a file to check") }
  return CheckResult(
    program: program, diagnostics: diagnostics.inSourceOrder(), interface: interface, type: type)
}
