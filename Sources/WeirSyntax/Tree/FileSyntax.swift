import Synchronization
package import WeirDiagnostics

/// A file as it was written: its entries, and every token and comment with its place.
///
/// The tree holds whatever could be read. What was wrong is in the diagnostics that came with it.
package struct FileSyntax: Sendable {
  package let source: SourceFile
  package let entries: [EntrySyntax]
  package let comments: [Span]
  /// Whether all of it could be read.
  package let isWhole: Bool
  /// The names that stand in a `meta(…)`.
  package let metaNames: Set<String>
  private let cut: CutTokens

  init(
    source: SourceFile, entries: [EntrySyntax], comments: [Span], isWhole: Bool, metaNames: Set<String>
  ) {
    self.source = source
    self.entries = entries
    self.comments = comments
    self.isWhole = isWhole
    self.metaNames = metaNames
    cut = CutTokens(source)
  }

  /// The formatter and a few mends look at them. They are cut again when they are first asked for: kept from
  /// the parser on, they would be a sixth of the memory in which a large file is checked.
  package var tokens: [Token] { cut.tokens }
}

private final class CutTokens: Sendable {
  private let source: SourceFile
  private let known = Mutex<[Token]?>(nil)

  init(_ source: SourceFile) { self.source = source }

  var tokens: [Token] {
    known.withLock { known in
      let tokens = known ?? lex(source).tokens
      known = tokens
      return tokens
    }
  }
}

/// An entry of a file, or of the body of a `for`, an `if` or a `repeat`.
package indirect enum EntrySyntax: Sendable {
  case about(AboutSyntax)
  case use(UseSyntax)
  case input(InputSyntax)
  case type(TypeEntrySyntax)
  case settings(SettingsBlockSyntax)
  case provider(ProviderSyntax)
  case tool(ToolSyntax)
  case step(StepSyntax)
  case `let`(LetSyntax)
  case output(OutputSyntax)
  case call(CallStepSyntax)
  case `for`(ForSyntax)
  case `if`(IfSyntax)
  case `repeat`(RepeatSyntax)
  /// Only in a body.
  case until(UntilSyntax)
  /// Only in a body.
  case next(NextSyntax)
  /// An entry of a later version, or one that could not be read.
  case unread(Span)
}

/// A name where it stands. An empty text means that it is missing, which was told.
package struct NameSyntax: Sendable {
  package let text: String
  package let span: Span

  package init(text: String, span: Span) {
    self.text = text
    self.span = span
  }
}

/// `about "…"`
package struct AboutSyntax: Sendable {
  package let text: StringSyntax?
  package let span: Span
}

/// `use "std/summarize"` or `use "./tone.flow" as tone`
package struct UseSyntax: Sendable {
  package let path: StringSyntax?
  package let alias: NameSyntax?
  package let span: Span
}

/// `input name: T = default where … "…"`, or the same without its word, as a parameter of a tool.
package struct InputSyntax: Sendable {
  package let name: NameSyntax
  package let type: TypeSyntax
  package let defaultValue: ExpressionSyntax?
  package let condition: ExpressionSyntax?
  package let documentation: StringSyntax?
  package let span: Span
}

/// `type Name { … }` or `type Name = T where …`
package struct TypeEntrySyntax: Sendable {
  package let name: NameSyntax
  package let type: TypeSyntax
  package let condition: ExpressionSyntax?
  package let documentation: StringSyntax?
  package let span: Span
}

/// `defaults { … }`, `limits { … }` or `models { … }`
package struct SettingsBlockSyntax: Sendable {
  package enum Kind: String, Sendable { case defaults, limits, models }

  package let kind: Kind
  package let settings: [SettingSyntax]
  package let span: Span
}

/// `provider name { … }`
package struct ProviderSyntax: Sendable {
  package let name: NameSyntax
  package let settings: [SettingSyntax]
  package let span: Span
}

/// `step name -> T { … }`
package struct StepSyntax: Sendable {
  package let name: NameSyntax
  package let type: TypeSyntax?
  package let settings: [SettingSyntax]
  /// Whether all settings could be read.
  package let isWhole: Bool
  package let span: Span
}

/// `name: expression` in the braces of an entry, or `ensure condition "reason"`.
package struct SettingSyntax: Sendable {
  package enum Form: Sendable {
    case named
    indirect case ensure(reason: StringSyntax?)
  }

  package let name: NameSyntax
  package let value: ExpressionSyntax
  package let form: Form
  package let span: Span
}

/// `let name: T = expression`
package struct LetSyntax: Sendable {
  package let name: NameSyntax
  package let type: TypeSyntax?
  package let value: ExpressionSyntax
  package let span: Span
}

/// `output expression` or `output name = expression`
package struct OutputSyntax: Sendable {
  package let name: NameSyntax?
  package let value: ExpressionSyntax
  package let span: Span
}
