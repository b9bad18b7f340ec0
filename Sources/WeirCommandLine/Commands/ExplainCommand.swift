import WeirCheck
package import WeirDiagnostics
import WeirProgram
import WeirProject
import WeirRun
import WeirSyntax

extension DiagnosticCode {
  /// Every code that Weir reports, by name.
  package static let all: [DiagnosticCode] =
    (syntaxCodes + programCodes + checkCodes + projectCodes + runCodes + inputCodes).sorted {
      $0.name < $1.name
    }

  /// The page about a code, in Markdown: what `weir explain` prints and `docs/errors` holds.
  package var page: String {
    """
    # \(name)

    \(explanation)

    Wrong:

    ```text
    \(wrong.trimmedOfLastLineBreak)
    ```

    Right:

    ```flow
    \(right.trimmedOfLastLineBreak)
    ```

    """
  }
}

extension String {
  fileprivate var trimmedOfLastLineBreak: String { hasSuffix("\n") ? String(dropLast()) : self }
}

extension Command {
  static let explain = Command(
    name: "explain", summary: "Explain a diagnostic, with a wrong and a right example", operands: "[CODE]",
    options: [],
    details: "Without a CODE it lists them. CODE is the word in brackets of a message: error[unknown-name]."
  ) { words, environment in
    let arguments = try Arguments(words, Option.everywhere)
    guard let name = arguments.operands.first else {
      environment.console.print(DiagnosticCode.all.map(\.name).joined(separator: "\n"))
      return .done
    }
    guard let code = DiagnosticCode.all.first(where: { $0.name == name }) else {
      throw UsageError(
        "there is no diagnostic `\(name)`",
        help: DiagnosticCode.all.map(\.name).nearest(to: name).map { "did you mean `\($0)`?" }
          ?? "`weir explain` lists them")
    }
    environment.console.print(String(code.page.dropLast()))
    return .done
  }
}
