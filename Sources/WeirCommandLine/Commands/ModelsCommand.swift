import WeirDiagnostics
import WeirEndpoint
import WeirProviders
import WeirStore
import WeirValues

extension Command {
  static let models = Command(
    name: "models", summary: "List the models of a provider", operands: "[options] [TEXT]",
    options: ModelsOption.all,
    details: """
      Prices are US dollars for a million tokens. TEXT is looked for in the names; of several words each must be
      there. The catalogue is kept in the user's folder for caches; `weir check` and `weir run` hold the models
      of a flow to it. It is fetched where there is none, and with `--refresh`.

      Exit codes: 0 done, 1 the command line is wrong, 3 the provider could not be asked, 130 interrupted.
      """
  ) { words, environment in
    try await ModelsList(Arguments(words, ModelsOption.all + Option.everywhere), environment).run()
  }
}

private enum ModelsOption {
  static let provider = Option.value(
    "provider", "NAME", "openrouter (if not given), fal, openai, or the address of another server")
  static let refresh = Option.flag("refresh", "Fetch the catalogue, whatever is kept of it")
  static let vision = Option.flag("vision", "Only models that take pictures")
  static let schema = Option.flag("schema", "Only models with structured output")
  static let tools = Option.flag("tools", "Only models that call tools")
  static let maxPrice = Option.value("max-price", "$N", "Only models that cost no more for a million tokens")
  static let json = Option.flag("json", "Print all that is known of them as JSON")

  static let all = [provider, refresh, vision, schema, tools, maxPrice, json]
}

/// One call of `weir models`.
private struct ModelsList {
  private let arguments: Arguments
  private let environment: CommandEnvironment
  private let filter: ModelFilter

  init(_ arguments: Arguments, _ environment: CommandEnvironment) throws(UsageError) {
    self.arguments = arguments
    self.environment = environment
    filter = ModelFilter(
      words: arguments.operands.flatMap { $0.lowercased().split(separator: " ").map(String.init) },
      takesPictures: arguments.has(ModelsOption.vision), hasSchemas: arguments.has(ModelsOption.schema),
      callsTools: arguments.has(ModelsOption.tools), mostForAMillion: try Self.price(arguments))
  }

  private static func price(_ arguments: Arguments) throws(UsageError) -> Double? {
    guard let text = arguments.value(ModelsOption.maxPrice) else { return nil }
    guard let price = Double(text.hasPrefix("$") ? String(text.dropFirst()) : text), price >= 0 else {
      throw UsageError(
        "`--max-price` takes US dollars for a million tokens, found `\(text)`",
        help: "write `--max-price 0.5`, or `--max-price '$0.5'`")
    }
    return price
  }

  private var console: Console { environment.console }

  func run() async throws(UsageError) -> ExitCode {
    let source = try CatalogueAddress(arguments.value(ModelsOption.provider), environment)
    let catalogues = Catalogues(environment)
    let kept = arguments.has(ModelsOption.refresh) ? nil : catalogues.catalogue(of: source.address)
    let catalogue: Catalogue
    if let kept {
      catalogue = kept
    } else {
      do throws(EndpointFailure) {
        catalogue = try await source.fetch(environment)
      } catch {
        return tell(error, catalogues.catalogue(of: source.address))
      }
      do {
        try catalogues.keep(catalogue, of: source.address)
      } catch {
        console.note("note: the catalogue could not be kept in \(environment.cacheFolder)")
      }
    }
    print(catalogue, source)
    return .done
  }

  /// What is kept is named, so that whoever is offline can look at it.
  private func tell(_ failure: EndpointFailure, _ kept: Catalogue?) -> ExitCode {
    console.fail("the catalogue could not be fetched: \(failure.message)", help: failure.ofBuiltIn.advice)
    if failure.kind == .cancelled { return .interrupted }
    if let kept { console.note("the one of \(age(of: kept)) is kept; leave `--refresh` out to see it") }
    return .failed
  }

  private func age(of catalogue: Catalogue) -> String {
    let days = (Catalogues.now - catalogue.time) / 86_400
    return days < 1 ? "today" : days == 1 ? "yesterday" : "\(days) days ago"
  }

  private func print(_ catalogue: Catalogue, _ source: CatalogueAddress) {
    let models = catalogue.models.filter(filter.takes).sorted { $0.id < $1.id }
    if arguments.has(ModelsOption.json) {
      return console.print(Value.list(models.map(\.json)).json(indent: 2))
    }
    if catalogue.models.isEmpty { return console.note("the server lists no model") }
    if models.isEmpty {
      console.note("none of the \(catalogue.models.count) models is like that")
    } else {
      console.write(ModelTable(models).text)
    }
    let note = source.note.map { "; \($0)" } ?? ""
    console.note(
      console.style.paint(
        "\(models.count) of \(catalogue.models.count) models, by the catalogue of \(age(of: catalogue))\(note)",
        .faint))
  }
}

/// Which models are meant.
private struct ModelFilter {
  let words: [String]
  let takesPictures: Bool
  let hasSchemas: Bool
  let callsTools: Bool
  /// US dollars; the dearer of prompt and answer counts.
  let mostForAMillion: Double?

  /// What is not known of a model, it cannot.
  func takes(_ model: CatalogueModel) -> Bool {
    let text = "\(model.id) \(model.name ?? "")".lowercased()
    if !words.allSatisfy(text.contains) { return false }
    if takesPictures, model.inputs?.contains("image") != true { return false }
    if hasSchemas, model.parameters?.contains("structured_outputs") != true { return false }
    if callsTools, model.parameters?.contains("tools") != true { return false }
    guard let mostForAMillion else { return true }
    guard let prompt = model.prices.prompt?.double, let completion = model.prices.completion?.double else {
      return false
    }
    return max(prompt, completion) * 1e6 <= mostForAMillion
  }
}

/// Where a catalogue is.
private struct CatalogueAddress {
  let kind: ProviderKind
  let address: String
  /// What is to be known about it.
  let note: String?

  init(_ name: String?, _ environment: CommandEnvironment) throws(UsageError) {
    switch name ?? "openrouter" {
    case "openrouter", "fal", "fal-openai":
      kind = .openrouter
      address = environment.replacedAddress(of: .openrouter) ?? ProviderKind.openrouter.usualAddress
      note = name == nil || name == "openrouter" ? nil : "fal passes on to OpenRouter, whose models these are"
    case "openai":
      kind = .openai
      address = ProviderKind.openai.usualAddress
      note = nil
    case let other where other.beginsLikeWebAddress:
      kind = .openai
      address = other
      note = nil
    case let other:
      throw UsageError(
        "there is no provider `\(other)` that has a catalogue",
        help: "it is `openrouter`, `fal`, `openai`, or an address like http://localhost:11434/v1")
    }
  }

  func fetch(_ environment: CommandEnvironment) async throws(EndpointFailure) -> Catalogue {
    let key = environment.variables[kind.usualKeyName].flatMap { $0.isEmpty ? nil : Secret($0) }
    // The key of a vendor goes to the vendor alone.
    let isVendor = address == kind.usualAddress || kind == .openrouter
    let endpoint = try kind.endpoint(
      at: address, key: isVendor ? key : nil, over: environment.makeTransport())
    guard let source = endpoint as? any CatalogueSource else {
      throw EndpointFailure(.unsupported, "\(address) has no catalogue")
    }
    return Catalogue(models: try await source.models(), time: Catalogues.now)
  }
}

/// Models as lines for a person.
private struct ModelTable {
  private let rows: [[String]]

  init(_ models: [CatalogueModel]) {
    rows = [["MODEL", "CONTEXT", "PROMPT", "ANSWER", "CAN"]] + models.map(Self.row)
  }

  private static func row(_ model: CatalogueModel) -> [String] {
    let can = [
      model.inputs?.contains("image") == true ? "vision" : nil,
      model.parameters?.contains("tools") == true ? "tools" : nil,
      model.parameters?.contains("structured_outputs") == true ? "schema" : nil,
      model.outputs?.contains("image") == true ? "paints" : nil,
    ].compactMap { $0 }
    return [
      model.id, model.contextLength.map(\.grouped) ?? "?", price(model.prices.prompt),
      price(model.prices.completion), can.joined(separator: " "),
    ]
  }

  /// For a million tokens.
  private static func price(_ price: Number?) -> String {
    guard let price else { return "?" }
    return price.double == 0 ? "free" : Number((price.double * 1e12).rounded() / 1e6).money
  }

  var text: String {
    let widths = (0..<5).map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = row.enumerated().map { column, cell in
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        // Numbers end at the same place.
        return (1...3).contains(column) ? padding + cell : cell + padding
      }
      let line = cells.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed()) + "\n"
    }.joined()
  }
}
