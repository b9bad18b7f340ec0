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
    let checked = check(Self.units(for: file))
    program = checked.program
    told = (syntax + checked.diagnostics).inSourceOrder()
  }

  /// The file after those of the flows below that it uses.
  private static func units(for file: FileSyntax) -> [FlowUnit] {
    var units: [FlowUnit] = []
    var uses: [String: Int] = [:]
    for case .use(let entry) in file.entries {
      guard let path = entry.path?.plainText, let text = flows[path], uses[path] == nil else { continue }
      uses[path] = units.count
      let source = SourceFile(
        id: FileID(UInt32(units.count + 1)), path: path, bytes: Array(text.utf8))
      units.append(FlowUnit(parse(source).0, name: UseSyntax.name(of: path)))
    }
    return units + [FlowUnit(file, uses: uses)]
  }

  /// Flows that the programs of these tests may use.
  private static let flows = [
    "std/title": "input text: string\nstep title { model: \"m\", prompt: text }\n",
    "std/summarize": "input text: string\nstep summary { model: \"m\", prompt: text }\n",
    "std/translate": """
    input text: string
    input language: string
    step translation { model: "m", prompt: "{{text}} {{language}}" }

    """,
    "./tone.flow": "type Mood = \"calm\" | \"tense\"\nlet greeting = \"Hello\"\n",
    "./loud.flow": "type Mood = \"loud\" | \"shrill\"\n",
    "./greet.flow": """
    about "Greets somebody."
    input name: string
    input photo: image? "Is left to whoever calls it"
    input key: secret = env("KEY")
    step greeting { model: "m", prompt: "{{name}} {{ if photo != null }}{{photo}}{{ end }}" }
    step logged = run(["log"], env: {KEY: key})
    output greeting

    """,
    "./see.flow": """
    about "Describes a picture."
    input photo: image
    step seen { model: "m", prompt: "{{photo}}" }

    """,
    "./kit.flow": """
    input city: string
    let usual = "Lisbon"
    tool weather(city_name: string = usual) -> json "The weather now" { run: ["weather", "--", city_name] }
    tool here() -> string "The weather here" { run: ["weather", "--", city] }

    """,
    "./search.flow": """
    about "Finds files."
    input pattern: string
    input depth: int = 3
    step found = run(["find", "-maxdepth", "{{depth}}", "-name", pattern])

    """,
    "./search-trusted.flow": """
    about "Finds files."
    input pattern: string
    step found = run(["find", "-name", trusted(pattern)])

    """,
    "./early-about.flow": """
    about "Asks a model of your choice."
    input name: string
    step answer { model: name, prompt: "Hello" }

    """,
    "./shell.flow": """
    input text: string
    let line = "{{text}}!"
    step said = run(["echo", line])

    """,
    "./early.flow": """
    input name: string
    input text: string
    let chosen = "{{name}}-mini"
    step answer { model: chosen, prompt: text }

    """,
  ]

  /// What was told as a person sees it.
  var picture: String {
    var renderer = DiagnosticRenderer(SourceMap([source]))
    return renderer.render(told)
  }
}
