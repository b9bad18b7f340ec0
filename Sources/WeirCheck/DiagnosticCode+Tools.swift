import WeirDiagnostics

extension DiagnosticCode {
  /// What the checker reports of tools.
  static let toolCodes: [DiagnosticCode] = [
    .noTools, .undescribedTool, .unknownTool, .unusableTool, .unusedRounds, .unusedTool,
  ]

  static let noTools = DiagnosticCode(
    "no-tools",
    """
    The step offers tools, and the protocol of the provider that it asks has no place for them: fal's router \
    and its `any-llm` take a prompt and nothing else. OpenRouter, servers of kind `openai`, and fal by kind \
    `fal-openai` have tools.
    """,
    wrong: #"""
      tool now() -> string "The date and the time" { run: ["date"] }

      step answer {
        model: "fal:openai/gpt-4o-mini"
        tools: [now]
        prompt: "Which day is it?"
      }

      """#,
    right: #"""
      tool now() -> string "The date and the time" { run: ["date"] }

      step answer {
        model: "openrouter:openai/gpt-4o-mini"
        tools: [now]
        prompt: "Which day is it?"
      }

      """#)

  static let undescribedTool = DiagnosticCode(
    "undescribed-tool",
    """
    A model chooses among the tools that it is offered by their names and by what each says of itself. A tool \
    without a description is called at the wrong time or never.
    """,
    wrong: #"""
      tool weather(city: string) -> string { run: ["weather-cli", "--", city] }

      step answer {
        model: "openai/gpt-4o-mini"
        tools: [weather]
        prompt: "Do I need an umbrella in Lisbon?"
      }

      """#,
    right: #"""
      tool weather(city: string) -> string "The weather now" { run: ["weather-cli", "--", city] }

      step answer {
        model: "openai/gpt-4o-mini"
        tools: [weather]
        prompt: "Do I need an umbrella in Lisbon?"
      }

      """#)

  static let unknownTool = DiagnosticCode(
    "unknown-tool",
    """
    `tools` lists what the model may call: tools that are declared above, flows that are used, and tools of \
    used flows as `name.tool`, where those need neither an input nor a step of their own file.
    """,
    wrong: #"""
      tool weather(city: string "Name of the city") -> string "The weather now" {
        run: ["weather-cli", "--", city]
      }

      step answer {
        model: "openai/gpt-4o-mini"
        tools: [wether]
        prompt: "Do I need an umbrella in Lisbon?"
      }

      """#,
    right: #"""
      tool weather(city: string "Name of the city") -> string "The weather now" {
        run: ["weather-cli", "--", city]
      }

      step answer {
        model: "openai/gpt-4o-mini"
        tools: [weather]
        prompt: "Do I need an umbrella in Lisbon?"
      }

      """#)

  static let unusableTool = DiagnosticCode(
    "unusable-tool",
    """
    A model can call what says what it does and takes only what a model can write. A flow needs an `about`; \
    an input that is a picture, a file or a secret, that settings hang on, or that a program is given, needs a \
    default, and the model is not asked for it. The program that a tool runs is the author's to choose.
    """,
    wrong: #"""
      tool call(program: string, argument: string) -> string "Runs something" {
        run: [program, "--", argument]
      }

      step answer {
        model: "openai/gpt-4o-mini"
        tools: [call]
        prompt: "Which files are here?"
      }

      """#,
    right: #"""
      tool files(folder: string) -> string "The files in a folder" {
        run: ["ls", "--", folder]
      }

      step answer {
        model: "openai/gpt-4o-mini"
        tools: [files]
        prompt: "Which files are here?"
      }

      """#)

  static let unusedRounds = DiagnosticCode(
    "unused-rounds",
    """
    `rounds` bounds how often a model may call tools before it has to answer. In a step without `tools` it is \
    without effect.
    """,
    wrong: #"""
      step answer {
        model: "openai/gpt-4o-mini"
        rounds: 3
        prompt: "Say hello."
      }

      """#,
    right: #"""
      step answer {
        model: "openai/gpt-4o-mini"
        prompt: "Say hello."
      }

      """#)

  static let unusedTool = DiagnosticCode(
    "unused-tool",
    """
    A tool is there for the steps that list it in `tools`. No step does, so no model can call it.
    """,
    wrong: #"""
      tool weather(city: string) -> string "The weather now" {
        run: ["weather-cli", "--", city]
      }

      step answer {
        model: "openai/gpt-4o-mini"
        prompt: "Do I need an umbrella in Lisbon?"
      }

      """#,
    right: #"""
      tool weather(city: string) -> string "The weather now" {
        run: ["weather-cli", "--", city]
      }

      step answer {
        model: "openai/gpt-4o-mini"
        tools: [weather]
        prompt: "Do I need an umbrella in Lisbon?"
      }

      """#)
}
