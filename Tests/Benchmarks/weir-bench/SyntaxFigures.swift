import WeirCheck
import WeirDiagnostics
import WeirProject
import WeirSyntax

/// How fast a flow is read: tokens alone, the tree as well, the checked program as well.
enum SyntaxFigures {
  private static let rounds = 7

  static func measure(_ path: String) {
    let source: SourceFile
    do {
      source = try ProjectFiles(directory: ".").loadFlow(path)
    } catch {
      return print(error.message)
    }
    if let wrong = Flow(source).diagnostics.first { return print("the flow is wrong: \(wrong.message)") }
    let size = source.bytes.count
    var found = 0
    let lexing = Stopwatch.median(of: rounds) { found = lex(source).tokens.count }
    print("tokens", found)
    print("lex", lexing.megabytesPerSecond(size))
    let parsing = Stopwatch.median(of: rounds) { found = parse(source).1.count }
    print("parse", parsing.megabytesPerSecond(size))
    let checking = Stopwatch.median(of: rounds) { found += check(parse(source).0).diagnostics.count }
    print("check", checking.megabytesPerSecond(size))
  }
}
