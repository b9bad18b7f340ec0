import WeirDiagnostics
import WeirProject
import WeirSyntax

extension Command {
  static let fmt = Command(
    name: "fmt", summary: "Lay flows out in the one style", operands: "[FILE or FOLDER … | -] [options]",
    options: FormatOption.all,
    details: """
      Of a FOLDER all flows below it are formatted, and without any FILE those of the current folder. `-` reads
      standard input and writes standard output. Only layout changes; prompts and comments stay as they are.

      A flow that cannot be read is told of and left as it is. Exit code 0 when all is well, 2 when a flow
      could not be read, 4 when `--check` found one to format.
      """
  ) { words, environment in
    let arguments = try Arguments(words, FormatOption.all + Option.everywhere)
    let formatting = Formatting(arguments, environment)
    if !arguments.operands.contains("-") { return await formatting.run() }
    if arguments.operands.count > 1 {
      throw UsageError("`-` stands for standard input, and alone", help: "call `weir fmt` twice")
    }
    return formatting.runOnInput()
  }
}

private enum FormatOption {
  static let check = Option.flag("check", "Write nothing, name the flows that are not formatted")
  static let diff = Option.flag("diff", "Write nothing, show what would change as a unified diff")

  static let all = [check, diff]
}

/// One call of `weir fmt`.
private struct Formatting {
  private let environment: CommandEnvironment
  private let files: ProjectFiles
  private let operands: [String]
  private let checks: Bool
  private let showsDiff: Bool

  init(_ arguments: Arguments, _ environment: CommandEnvironment) {
    self.environment = environment
    files = ProjectFiles(directory: environment.directory)
    operands = arguments.operands
    checks = arguments.has(FormatOption.check)
    showsDiff = arguments.has(FormatOption.diff)
  }

  private var console: Console { environment.console }
  private var writes: Bool { !checks && !showsDiff }

  // MARK: Files

  func run() async -> ExitCode {
    let formatted = await FlowOperand.all(operands, in: files).inLanes { lane in lane.map(format) }
    show(formatted)
    note(formatted)
    return exitCode(formatted)
  }

  private func format(_ operand: FlowOperand) -> FormattedFile {
    switch operand {
    case .none(let path, let failure): return FormattedFile(path: path, outcome: .absent(failure))
    case .flow(let path):
      do {
        let file = FormattedFile(try files.loadFlow(path))
        if writes, case .changed(_, let text) = file.outcome { try files.replace(path, with: text) }
        return file
      } catch {
        return FormattedFile(path: path, outcome: .unread(error))
      }
    }
  }

  /// The differences and names on standard output, what is wrong on standard error.
  private func show(_ formatted: [FormattedFile]) {
    var hasTold = false
    for file in formatted {
      if file.isWrong, hasTold { console.note("") }
      hasTold = hasTold || file.isWrong
      switch file.outcome {
      case .unchanged: break
      case .changed(let old, let new):
        if showsDiff {
          console.write(unifiedDiff(from: old, to: new, path: file.path))
        } else if checks {
          console.print(file.path)
        }
      case .wrong(let source, let diagnostics): console.show(diagnostics, in: SourceMap([source]))
      case .unread(let failure), .absent(let failure): console.fail(failure.message, help: failure.advice)
      }
    }
  }

  /// `formatted 2 of 12 flows, 1 could not be read`
  private func note(_ formatted: [FormattedFile]) {
    let flows = formatted.filter(\.isFlow)
    if flows.isEmpty { return }
    let changed = flows.count(where: \.isChanged)
    let wrong = flows.count(where: \.isWrong)
    let count = "\(flows.count) flow\(flows.count == 1 ? "" : "s")"
    let done = writes ? "formatted \(changed) of \(count)" : "\(changed) of \(count) would be formatted"
    let untouched = wrong == 0 ? "" : ", \(wrong) could not be read"
    console.note((formatted.contains(where: \.isWrong) ? "\n" : "") + done + untouched)
  }

  private func exitCode(_ formatted: [FormattedFile]) -> ExitCode {
    if formatted.contains(where: \.isWrong) { return .invalid }
    return checks && formatted.contains(where: \.isChanged) ? .unmet : .done
  }

  // MARK: Standard input

  func runOnInput() -> ExitCode {
    let source = SourceFile(path: "standard input", bytes: Array(environment.readInput()))
    let file = FormattedFile(source)
    if writes, !file.isWrong {
      console.write(String(decoding: file.text ?? source.bytes, as: UTF8.self))
    } else {
      show([file])
    }
    return exitCode([file])
  }
}

/// A flow that `weir fmt` was given, and what became of it.
private struct FormattedFile: Sendable {
  enum Outcome: Sendable {
    case unchanged
    case changed([UInt8], to: [UInt8])
    case wrong(SourceFile, [Diagnostic])
    case unread(LoadFailure)
    /// A folder without flows, or one that cannot be read.
    case absent(LoadFailure)
  }

  let path: String
  let outcome: Outcome

  init(path: String, outcome: Outcome) {
    self.path = path
    self.outcome = outcome
  }

  init(_ source: SourceFile) {
    path = source.path
    let (file, told) = parse(source)
    if told.isEmpty {
      let text = format(file)
      outcome = text == source.bytes ? .unchanged : .changed(source.bytes, to: text)
    } else {
      outcome = .wrong(source, told.inSourceOrder())
    }
  }

  /// The new text where it is another one.
  var text: [UInt8]? {
    if case .changed(_, let text) = outcome { text } else { nil }
  }

  var isChanged: Bool { text != nil }

  var isWrong: Bool {
    switch outcome {
    case .unchanged, .changed: false
    case .wrong, .unread, .absent: true
    }
  }

  var isFlow: Bool {
    if case .absent = outcome { false } else { true }
  }
}
