import WeirDiagnostics
import WeirProgram
import WeirProject
import WeirStdlib

extension Command {
  static let std = Command(
    name: "std", summary: "List the flows that come with Weir, or show one", operands: "[show NAME]",
    options: [],
    details:
      "A flow takes one in with `use \"std/NAME\"`. To change one, keep a copy: weir std show NAME > NAME.flow"
  ) { words, environment in
    let operands = try Arguments(words, Option.everywhere).operands
    switch operands.first {
    case nil:
      environment.console.print(StandardFlows.list.withoutLastLineBreak)
    case "show" where operands.count == 2:
      environment.console.print(try StandardFlows.text(of: operands[1]).withoutLastLineBreak)
    case "show":
      throw UsageError("`weir std show` takes one name", help: "`weir std` lists them")
    case let word?:
      throw UsageError(
        "`weir std` does not know `\(word)`",
        help: Stdlib.file(named: word) == nil
          ? "`weir std` lists the flows, `weir std show NAME` shows one"
          : "to see it, write `weir std show \(word)`")
    }
    return .done
  }
}

/// The standard library as a person reads it.
private enum StandardFlows {
  /// A line for each, its name and what it is about; never broken, so that it can be searched.
  static var list: String {
    let width = Stdlib.files.map(\.name.utf8.count).max() ?? 0
    return Stdlib.files.map { file in
      let about = Flow(SourceFile(path: "std/\(file.name).flow", bytes: file.bytes)).program.about ?? ""
      let gap = String(repeating: " ", count: width - file.name.utf8.count + 2)
      return "\(file.name)\(gap)\(about)\n"
    }.joined()
  }

  /// `std/title` and `title.flow` are understood as well as `title`.
  static func text(of name: String) throws(UsageError) -> String {
    var bare = Substring(name)
    if bare.hasPrefix("std/") { bare.removeFirst(4) }
    if bare.hasSuffix(".flow") { bare.removeLast(5) }
    guard let file = Stdlib.file(named: String(bare)) else {
      throw UsageError(
        "no flow called `\(bare)` comes with Weir",
        help: Stdlib.files.map(\.name).nearest(to: String(bare)).map { "did you mean `\($0)`?" }
          ?? "`weir std` lists them")
    }
    return String(decoding: file.bytes, as: UTF8.self)
  }
}
