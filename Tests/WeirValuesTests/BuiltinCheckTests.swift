import Testing
import WeirValues

/// Which types built-ins take and give, and what is said of others.
struct BuiltinCheckTests {
  private static let rows = ValueType.list(.record([RecordField("score", .int)]))
  private static let mood = ValueType.union([.text("calm"), .text("tense")])

  private func check(_ name: String, _ types: [ValueType], in table: TypeTable = TypeTable()) -> String {
    guard let builtin = Builtins.named(name) else { return "no such built-in" }
    switch builtin.check(types, table) {
    case .type(let type): return table.describe(type)
    case .wrong(let argument, let message, let help):
      return "\(argument.map(String.init) ?? "-"): \(message)" + (help.map { " / \($0)" } ?? "")
    }
  }

  @Test(
    arguments: [
      ("trim", [.string], "string"), ("upper", [mood], "string"), ("lines", [.text("a")], "[string]"),
      ("words", [.string], "[string]"), ("split", [.string, .string], "[string]"),
      ("replace", [.string, .string, mood], "string"), ("contains", [.string, .string], "bool"),
      ("starts_with", [.string, .string], "bool"), ("matches", [.string, .string], "bool"),
      ("truncate", [.string, .int], "string"), ("indent", [.string, .constant(Number(2))], "string"),
      ("tokens", [.string], "int"), ("parse_json", [.string], "json"), ("count", [.string], "int"),
      ("count", [.list(.image)], "int"), ("count", [.dictionary(.int)], "int"),
      ("count", [.union([.string, .list(.int)])], "int"),
      ("entries", [.dictionary(.bool)], "[{key: string, value: bool}]"),
      ("first", [.list(.string)], "string?"), ("first", [.list(.string.optional)], "string?"),
      ("last", [.list(.int), .int], "[int]"),
      ("first", [.union([.list(.int), .list(.string)])], "int | string | null"),
      ("join", [.list(.string)], "string"), ("join", [.list(.union([.int, .string])), .string], "string"),
      ("join", [.list(mood), .string], "string"),
      ("sort", [.list(.number)], "[number]"), ("sort", [.list(mood)], #"["calm" | "tense"]"#),
      ("sort", [.list(.bool)], "[bool]"), ("sort", [rows, .number], "[{score: int}]"),
      ("min", [.list(.int)], "int?"), ("max", [rows, .string], "{score: int}?"),
      ("unique", [rows], "[{score: int}]"), ("reverse", [.list(.int)], "[int]"),
      ("flatten", [.list(.list(.string))], "[string]"), ("sum", [.list(.int)], "int"),
      ("sum", [.list(.number)], "number"), ("sum", [rows, .int], "int"),
      ("sum", [.list(.constant(Number(2)))], "int"),
      ("any", [.list(.bool)], "bool"), ("all", [rows, .bool], "bool"),
      ("chunk", [.string, .int], "[string]"),
      ("chunk", [.list(.int), .int], "[[int]]"), ("round", [.number], "int"),
      ("round", [.number, .int], "number"),
      ("round", [.int, .int], "int"), ("abs", [.number], "number"), ("abs", [.int], "int"),
      ("to_json", [.json], "string"), ("to_json", [.int.optional], "string"), ("to_json", [rows], "string"),
    ] as [(String, [ValueType], String)])
  func results(_ name: String, _ types: [ValueType], _ result: String) {
    #expect(check(name, types) == result)
  }

  @Test(
    arguments: [
      ("trim", [.int], "0: `trim` works on strings, found `int`"),
      (
        "trim", [.string.optional],
        "0: `trim` works on strings, found `string?` / it may be null: say what to take then with `??`, or ask with `if` whether it is there"
      ),
      (
        "count", [.list(.int).optional],
        "0: `count` works on strings, lists and dictionaries, found `[int]?` / it may be null: say what to take then with `??`, or ask with `if` whether it is there"
      ),
      ("count", [.record([])], "0: `count` works on strings, lists and dictionaries, found `{}`"),
      (
        "count", [.json],
        "0: `count` works on strings, lists and dictionaries, found `json` / read it into a type first: `let name: T = …`"
      ),
      (
        "sort", [.list(.json)],
        "0: `sort` needs numbers, strings or bools to go by, one kind of them, found `[json]` / read it into a type first: `let name: T = …`"
      ),
      (
        "sort", [.list(.list(.string))],
        "0: `sort` needs numbers, strings or bools to go by, one kind of them, found `[[string]]`"
      ),
      (
        "sort", [.list(.union([.int, .string]))],
        "0: `sort` needs numbers, strings or bools to go by, one kind of them, found `[int | string]`"
      ),
      (
        "sort", [rows],
        "0: `sort` needs numbers, strings or bools to go by, one kind of them, found `[{score: int}]` / say what to go by: `sort(it.name)`"
      ),
      (
        "sort", [rows, .list(.int)],
        "1: `sort` needs numbers, strings or bools to go by, one kind of them, found `[int]`"
      ),
      (
        "min", [.list(.int.optional)],
        "0: `min` needs numbers, strings or bools to go by, one kind of them, found `[int?]` / it may be null: say what to take then with `??`, or ask with `if` whether it is there"
      ),
      (
        "contains", [.list(.string), .string],
        "0: `contains` works on strings, found `[string]` / `x in xs` asks whether a list has an element"
      ),
      ("split", [.string, .int], "1: the separator of `split` must be a string, found `int`"),
      (
        "split", [.string, .string.optional],
        "1: the separator of `split` must be a string, found `string?` / it may be null: say what to take then with `??`, or ask with `if` whether it is there"
      ),
      ("truncate", [.string, .number], "1: the count of `truncate` must be an int, found `number`"),
      ("split", [.string], "-: `split` takes one argument, found 0 / it is written `text.split(separator)`"),
      ("trim", [.string, .string], "-: `trim` takes no arguments, found 1 / it is written `text.trim`"),
      (
        "replace", [.string, .string],
        "-: `replace` takes 2 arguments, found 1 / it is written `text.replace(old, new)`"
      ),
      (
        "join", [.list(.int), .string, .string],
        "-: `join` takes at most one argument, found 2 / it is written `xs.join(separator)`"
      ),
      (
        "join", [.list(.bool)],
        "0: `join` joins strings or numbers, found `[bool]` / make a string of each first: `[\"{{x}}\" for x in xs]`"
      ),
      ("flatten", [.list(.int)], "0: `flatten` works on lists of lists, found `[int]`"),
      ("sum", [.list(.string)], "0: `sum` needs numbers to add, found `[string]`"),
      (
        "any", [.list(.string)],
        "0: `any` needs a condition for elements that are no bools, found `[string]` / write one about `it`: `any(it != \"\")`"
      ),
      ("all", [.list(.string), .int], "1: `all` needs a condition, a bool, found `int`"),
      (
        "first", [.string],
        "0: `first` works on lists, found `string` / `truncate(count)` takes the beginning of a text"
      ),
      ("entries", [.record([])], "0: `entries` works on dictionaries, found `{}`"),
      ("to_json", [.list(.image)], "0: `to_json` works on what JSON can say, found `[image]`"),
      ("to_json", [.secret], "0: `to_json` works on what JSON can say, found `secret`"),
      ("round", [.string], "0: `round` works on numbers, found `string`"),
    ] as [(String, [ValueType], String)])
  func refusals(_ name: String, _ types: [ValueType], _ told: String) {
    #expect(check(name, types) == told)
  }

  @Test func namesAreSeenThroughAndNamed() {
    var table = TypeTable()
    let mood = ValueType.named(table.add(.init(name: "Mood", type: Self.mood)))
    let tags = ValueType.named(table.add(.init(name: "Tags", type: .list(mood))))
    #expect(check("upper", [mood], in: table) == "string")
    #expect(check("first", [tags], in: table) == "Mood?")
    #expect(check("sort", [tags], in: table) == "[Mood]")
    #expect(check("trim", [tags], in: table) == "0: `trim` works on strings, found `Tags`")
  }

  @Test func whatIsKnownToBeWrongIsNotToldAgain() {
    for builtin in Builtins.all {
      for count in 1...3 {
        let outcome = builtin.check(Array(repeating: .error, count: count), TypeTable())
        guard case .wrong(let argument, _, _) = outcome else { continue }
        #expect(argument == nil, "\(builtin.name) complains of a type that is unknown")
      }
    }
  }

  @Test func onlyKeysAndConditionsAreWorkedOutForEachElement() {
    let names = Builtins.all.filter { $0.isPerElement(1) }.map(\.name)
    #expect(names.sorted() == ["all", "any", "max", "min", "sort", "sum"])
    #expect(!Builtins.all.contains { $0.isPerElement(0) || $0.isPerElement(2) })
  }

  @Test func everyFunctionIsNamedOnceAndDocumented() {
    #expect(Set(Builtins.all.map(\.name)).count == Builtins.all.count)
    for builtin in Builtins.all {
      #expect(builtin.usage.contains(".\(builtin.name)"))
      #expect(builtin.documentation.hasSuffix(".") && builtin.documentation.count > 15)
      #expect(Builtins.named(builtin.name)?.name == builtin.name)
    }
    #expect(Builtins.named("length") == nil)
  }
}
