import WeirDiagnostics
import WeirEndpoint
import WeirProgram
import WeirProject
import WeirValues

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What was given for the inputs of a flow, read and told to be of their types: from options, a file
/// of inputs, and standard input. Everything that is wrong is told at once.
struct GivenInputs {
  private(set) var values: [String: Value] = [:]
  /// The secrets among them; their values are not for anybody's eyes.
  private var secrets: [String: Secret] = [:]
  private(set) var diagnostics: [Diagnostic] = []

  private let program: Program
  private let files: ProjectFiles
  private let environment: CommandEnvironment
  private var hasReadInput = false

  init(for program: Program, _ files: ProjectFiles, _ environment: CommandEnvironment) {
    self.program = program
    self.files = files
    self.environment = environment
  }

  /// `texts` is what stood after `--name`, by the name of the input; `inputsFile` a JSON object.
  mutating func read(_ texts: [String: [String]], inputsFile: String?) throws(UsageError) {
    if let inputsFile { try readFile(inputsFile, except: Set(texts.keys)) }
    for input in program.inputs {
      guard let given = texts[input.name] else { continue }
      do {
        if isSecret(input) {
          secrets[input.name] = try secret(given)
          continue
        }
        values[input.name] = try value(of: input, given)
      } catch {
        diagnostics.append(.badInput(input, program.types, error.message, help: error.advice))
      }
    }
    readEnvironment()
    readPipedText()
    for input in program.inputs where isMissing(input) {
      diagnostics.append(.missingInput(input, program.types))
    }
  }

  private func isMissing(_ input: Input) -> Bool {
    values[input.name] == nil && secrets[input.name] == nil && input.defaultValue == nil
      && !program.types.isOptional(input.type)
      && !diagnostics.contains { $0.span == input.span }
  }

  // MARK: Secrets

  /// Where a run finds the text of a secret: an input that was given, or a variable of the environment.
  var lookUpSecret: @Sendable (SecretSource) -> Secret? {
    let variables = environment.variables
    return { [secrets] source in
      switch source {
      case .input(let name): return secrets[name]
      case .environment(let name): return variables[name].flatMap { $0.isEmpty ? nil : Secret($0) }
      }
    }
  }

  private func isSecret(_ input: Input) -> Bool {
    program.types.resolved(program.types.withoutNull(input.type)) == .secret
  }

  private mutating func secret(_ given: [String]) throws(LoadFailure) -> Secret {
    guard given.count == 1 else {
      throw LoadFailure("it was given \(given.count) times", advice: "give it once")
    }
    return Secret(try text(of: given[0]))
  }

  /// A secret that was not given is looked for under its name in capitals.
  private mutating func readEnvironment() {
    for input in program.inputs where isSecret(input) && secrets[input.name] == nil {
      guard let text = environment.variables[input.name.uppercased()], !text.isEmpty else { continue }
      secrets[input.name] = Secret(text)
    }
  }

  // MARK: Standard input

  /// With exactly one required text missing and something piped in, that is the text. Nothing is no text: what a
  /// job of CI starts has an empty pipe.
  private mutating func readPipedText() {
    let missing = program.inputs.filter(isMissing)
    guard environment.hasPipedInput, !hasReadInput, missing.count == 1,
      program.types.resolved(missing[0].type) == .string
    else { return }
    do {
      let text = try readInputText()
      if !text.isEmpty { values[missing[0].name] = .string(text) }
    } catch {
      diagnostics.append(.badInput(missing[0], program.types, error.message, help: error.advice))
    }
  }

  private mutating func readInput() throws(LoadFailure) -> Data {
    if hasReadInput { throw LoadFailure("standard input can be read only once") }
    hasReadInput = true
    return environment.readInput()
  }

  private mutating func readInputText() throws(LoadFailure) -> String {
    let data = try readInput()
    return try Self.text(data, from: "standard input")
  }

  private static func text(_ data: Data, from name: String) throws(LoadFailure) -> String {
    guard let text = String(validating: data, as: UTF8.self) else {
      throw LoadFailure("\(name) is not UTF-8 text")
    }
    return text.hasSuffix("\n") ? String(text.dropLast()) : text
  }

  // MARK: Options

  private mutating func value(of input: Input, _ given: [String]) throws(LoadFailure) -> Value {
    let bare = program.types.withoutNull(input.type)
    try refuseBrokenList(given, bare)
    if case .list(let element, _) = program.types.resolved(bare), !isWholeList(given, element) {
      var elements: [Value] = []
      for text in given { elements.append(try value(text, element)) }
      return .list(elements)
    }
    guard given.count == 1 else {
      throw LoadFailure("it was given \(given.count) times", advice: "give it once")
    }
    return try value(given[0], input.type)
  }

  /// What looks like a list as JSON and is none would silently become a list of one odd text.
  private func refuseBrokenList(_ given: [String], _ type: ValueType) throws(LoadFailure) {
    guard case .list = program.types.resolved(type), given.count == 1, given[0].hasPrefix("["),
      given[0].hasSuffix("]")
    else { return }
    do {
      _ = try Value(json: given[0])
    } catch {
      throw LoadFailure(
        "it looks like a list as JSON, but \(error.message), at byte \(error.offset + 1)",
        advice: "mend the JSON, or give the elements one by one, repeating the option")
    }
  }

  /// A list given once as JSON, as in `--tags '["a", "b"]'`; `--tag a --tag b` is the usual way.
  private func isWholeList(_ given: [String], _ element: ValueType) -> Bool {
    given.count == 1 && given[0].hasPrefix("[") && !program.types.carriesMedia(element)
      && (try? Value(json: given[0]))?.list != nil
  }

  /// The value in a word of the command line. `@path` is the content of a file, `-` is standard input,
  /// and `@@` begins a text that itself begins with `@`.
  private mutating func value(_ word: String, _ type: ValueType) throws(LoadFailure) -> Value {
    if program.types.resolved(program.types.withoutNull(type)) == .image {
      if word == "-" { return .image(try files.picture(try readInput(), named: "on standard input")) }
      return .image(try files.loadPicture(word.hasPrefix("@") ? String(word.dropFirst()) : word))
    }
    if case .file = program.types.resolved(program.types.withoutNull(type)) { return try file(word) }
    let text = try text(of: word)
    do {
      return try program.types.read(text, as: type)
    } catch {
      throw LoadFailure(error.message)
    }
  }

  /// What a word stands for: the content of `@path`, standard input for `-`, or itself.
  private mutating func text(of word: String) throws(LoadFailure) -> String {
    if word == "-" { return try readInputText() }
    if word.hasPrefix("@@") { return String(word.dropFirst()) }
    guard word.hasPrefix("@") else { return word }
    let path = String(word.dropFirst())
    return try Self.text(
      try files.read(path, atMost: ProjectFiles.greatestFlow, as: "file"), from: "the file `\(path)`")
  }

  /// A file that is no picture, or one that is; `-` is standard input.
  private mutating func file(_ word: String) throws(LoadFailure) -> Value {
    if word == "-" {
      let data = try readInput()
      if let picture = try? files.picture(data, named: "on standard input") { return .image(picture) }
      guard let document = Document(name: "input", bytes: data) else {
        throw LoadFailure("what is on standard input is no file that models take")
      }
      return .file(document)
    }
    return try files.loadFile(word.hasPrefix("@") ? String(word.dropFirst()) : word)
  }

  // MARK: A file of inputs

  private mutating func readFile(_ path: String, except given: Set<String>) throws(UsageError) {
    let record: Record
    do {
      let data = try files.read(path, atMost: ProjectFiles.greatestFlow, as: "file of inputs")
      guard case .record(let found) = try Value(json: Array(data)) else {
        throw UsageError("the inputs in `\(path)` are not a JSON object", exitCode: .invalid)
      }
      record = found
    } catch let error as LoadFailure {
      throw UsageError(error.message, help: error.advice, exitCode: .invalid)
    } catch let error as JSONError {
      throw UsageError(
        "the file of inputs `\(path)` is not JSON: \(error.message), at byte \(error.offset + 1)",
        exitCode: .invalid)
    } catch let error as UsageError {
      throw error
    } catch {
      throw UsageError("the file of inputs `\(path)` cannot be read")
    }
    for field in record.fields where !given.contains(field.name) {
      guard let input = program.inputs.first(where: { $0.name == field.name }) else {
        throw UsageError(
          "the flow has no input `\(field.name)`, which `\(path)` gives",
          help: program.inputs.map(\.name).nearest(to: field.name).map { "did you mean `\($0)`?" })
      }
      if isSecret(input), field.value != .null {
        // What else it may be is not shown: a number is a secret too.
        if let text = field.value.string {
          secrets[input.name] = Secret(text)
        } else {
          diagnostics.append(
            .badInput(input, program.types, "a secret is a string, and it is none", help: nil))
        }
        continue
      }
      do {
        values[input.name] = try withPictures(field.value, input.type)
      } catch {
        diagnostics.append(.badInput(input, program.types, error.message, help: error.advice))
      }
    }
  }

  /// In JSON a picture is a string: a path, an address or a `data:` URI.
  private func withPictures(_ value: Value, _ type: ValueType) throws(LoadFailure) -> Value {
    let bare = program.types.resolved(program.types.withoutNull(type))
    switch (bare, value) {
    case (.image, .string(let text)): return .image(try files.loadPicture(text))
    case (.file, .string(let text)): return try files.loadFile(text)
    case (.list(let element, _), .list(let elements)):
      guard program.types.carriesMedia(element) else { return value }
      var loaded: [Value] = []
      for part in elements {
        guard case .string(let text) = part else { return value }
        loaded.append(try withPictures(.string(text), element))
      }
      return .list(loaded)
    default: return value
    }
  }
}
