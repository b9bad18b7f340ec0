/// Writes random flows that the grammar allows, with names that are mostly declared.
///
/// Most are wrong in some type or setting, which is where a checker has the most to do.
package struct FlowWriter {
  package var random: Random
  private var text = ""
  private var values: [String] = []
  private var types = ["string", "int", "number", "bool", "image", "json"]
  private var locals: [String] = []

  package init(_ random: Random) { self.random = random }

  package mutating func flow() -> String {
    if random.chance(1, in: 4) { line("about \(plain())") }
    if random.chance(1, in: 3) { line("models { fast: \"a\", slow: [\"b\", \"c\"] }") }
    for _ in 0..<random.below(2) { use() }
    for _ in 0..<random.below(4) { input() }
    for _ in 0..<random.below(4) { typeEntry() }
    if random.chance(1, in: 2) { line("defaults \(settings(few: true))") }
    for _ in 0..<1 + random.below(6) { work() }
    for _ in 0..<random.below(3) {
      line("output \(random.chance(1, in: 2) ? "\(name()) = " : "")\(expression(4))")
    }
    return text
  }

  // MARK: Entries

  private mutating func line(_ line: String) {
    text +=
      line + (random.chance(1, in: 9) ? "  # \(words())" : "") + random.pick(["\n", "\n", "\n\n", "\r\n"])
  }

  private mutating func declare(_ prefix: String) -> String {
    let name = "\(prefix)\(values.count)"
    values.append(name)
    return name
  }

  private mutating func input() {
    let value = random.chance(1, in: 2) ? " = \(expression(2))" : ""
    let type = type(3)
    line("input \(declare("input")): \(type)\(value)\(condition())\(documentation())")
  }

  private mutating func typeEntry() {
    let name = "Type\(types.count)"
    // Named before it is written, so that it may hold itself.
    types.append(name)
    line(
      "type \(name)\(random.chance(1, in: 2) ? " \(fields(3))" : " = \(type(3))\(condition())")\(documentation())"
    )
  }

  private mutating func work() {
    switch random.below(8) {
    case 0: line("provider \(name()) { kind: \"openai\", url: \"http://localhost/v1\", key: env(\"K\") }")
    case 2: tool()
    case 1: line("limits { concurrency: \(expression(1)) }")
    default: line(bodyEntry(3))
    }
  }

  private mutating func use() {
    let isNamed = random.chance(1, in: 2)
    line("use \"\(random.pick(["std/title", "./a-b.flow"]))\"\(isNamed ? " as \(declare("flow"))" : "")")
  }

  private mutating func tool() {
    let gap = random.pick(["", "\n", " # \(words())\n"])
    var parameters: [String] = []
    for _ in 0..<random.below(4) {
      let value = random.chance(1, in: 3) ? " = \(expression(1))" : ""
      parameters.append("\(declare("p")): \(type(2))\(value)\(condition())\(documentation())")
    }
    let end = parameters.isEmpty ? "" : random.pick(["", ",", "\n"])
    line(
      "tool \(declare("tool"))(\(gap)\(parameters.joined(separator: ",\(gap)"))\(end)) -> \(type(2))"
        + "\(documentation()) { run: [\"a\", \(expression(2))], timeout: \(expression(1)) }")
  }

  /// What may stand in a body and at the top level.
  private mutating func bodyEntry(_ depth: Int) -> String {
    switch random.below(depth > 0 ? 10 : 6) {
    case 0, 1:
      let type = random.chance(1, in: 3) ? ": \(type(2))" : ""
      let value = expression(4)
      return "let \(declare("let"))\(type) = \(value)"
    case 2: return "step \(declare("step")) = \(random.pick(["run", "flow", "tone"]))(\(arguments()))"
    case 3, 4, 5:
      let type = random.chance(1, in: 2) ? " -> \(type(3))" : ""
      let settings = settings(few: false)
      return "step \(declare("step"))\(type) \(settings)"
    case 6: return loop(depth - 1)
    case 7: return branches(depth - 1)
    case 8: return circle(depth - 1)
    default: return "# \(words())\n\(bodyEntry(depth - 1))"
    }
  }

  private mutating func body(_ depth: Int, ending: [String] = []) -> String {
    let entries = (0..<random.below(3)).map { _ in bodyEntry(depth) } + ending
    let mark = random.pick(["\n", "\n  ", "\n\n", "  # \(words())\n"])
    return "{\(mark)\(entries.joined(separator: mark))\(mark.hasPrefix(" ") ? "\n" : mark)}"
  }

  private mutating func loop(_ depth: Int) -> String {
    let list = operation(2)
    return "for \(local())\(random.chance(1, in: 3) ? ", i" : "") in \(list) \(body(depth))"
  }

  private mutating func branches(_ depth: Int) -> String {
    var text = "if \(operation(2)) \(body(depth))"
    let blank = random.pick([" ", "\n"])
    if random.chance(1, in: 3) { text += "\(blank)else if \(operation(1)) \(body(depth))" }
    return random.chance(1, in: 2) ? text + "\(blank)else \(body(depth))" : text
  }

  private mutating func circle(_ depth: Int) -> String {
    let start = operation(2)
    return "repeat \(declare("value")) = \(start), up to \(operation(1)) "
      + body(depth, ending: ["until \(operation(2))", "next \(expression(2))"])
  }

  private mutating func local() -> String {
    let local = "x\(locals.count)"
    locals.append(local)
    return local
  }

  private mutating func arguments() -> String {
    (0..<random.below(4)).map { index in
      (random.chance(1, in: 2) ? "a\(index): " : "") + expression(2)
    }.joined(separator: random.pick([", ", ",\n", ", # \(words())\n  "]))
  }

  private mutating func settings(few: Bool) -> String {
    let names = [
      "model", "temperature", "top_p", "max_tokens", "seed", "stop", "reasoning", "timeout", "retries",
      "options",
      "system", "cache", "unknown", "tools", "rounds", "via", "detail",
    ]
    var settings = few ? [] : ["prompt: \(string(3))"]
    for _ in 0..<random.below(4) { settings.append("\(random.pick(names)): \(expression(2))") }
    if random.chance(1, in: 6) { settings.append("ensure it.count > 0 \"why\"") }
    let mark = random.pick([", ", "\n  "])
    return "{\(mark == ", " ? " " : "\n  ")\(settings.joined(separator: mark))\n}"
  }

  // MARK: Types

  private mutating func type(_ depth: Int) -> String {
    guard depth > 0 else { return random.pick(types) }
    switch random.below(9) {
    case 0: return "[\(type(depth - 1))\(condition())]"
    case 1: return "[string: \(type(depth - 1))\(condition())]"
    case 2: return fields(depth - 1)
    case 3: return "\(type(depth - 1))?"
    case 4:
      let mark = random.pick([" | ", " |\n    ", "\n  | "])
      return "\(random.chance(1, in: 9) ? "| " : "")\"a\"\(mark)\"b\"\(mark)\(type(depth - 1))"
    case 5: return random.pick(["-3", "0.5", "null", "1 | 2 | 3", "\"\""])
    default: return random.pick(types)
    }
  }

  private mutating func fields(_ depth: Int) -> String {
    let mark = random.pick([", ", "\n  "])
    let fields = (0..<random.below(4)).map { "f\($0): \(type(depth))\(condition())\(documentation())" }
    return "{\(fields.joined(separator: mark))}"
  }

  private mutating func condition() -> String {
    random.chance(1, in: 6) ? " where \(operation(2))" : ""
  }

  private mutating func documentation() -> String { random.chance(1, in: 4) ? " \(plain())" : "" }

  // MARK: Expressions

  mutating func expression(_ depth: Int) -> String {
    random.chance(1, in: 8) && depth > 0
      ? "if \(operation(depth - 1)) then \(expression(depth - 1)) else \(expression(depth - 1))"
      : operation(depth)
  }

  private mutating func operation(_ depth: Int) -> String {
    guard depth > 0 else { return atom() }
    switch random.below(14) {
    case 0, 1, 2:
      let sign = random.pick([
        "or", "and", "==", "!=", "<", "<=", ">", ">=", "in", "...", "??", "+", "-", "*", "/", "%",
      ])
      let blank = random.pick([" ", " ", "\n  "])
      return "(\(operation(depth - 1)))\(blank)\(sign) (\(operation(depth - 1)))"
    case 3: return "\(path()) != null \(random.pick(["and", "or"])) \(operation(depth - 1))"
    case 4: return random.pick(["not ", "-"]) + "(\(operation(depth - 1)))"
    case 5:
      let mark = random.pick([", ", ", ", ",\n  ", ",  # \(words())\n  "])
      return
        "[\(mark.dropFirst())\((0..<random.below(4)).map { _ in expression(depth - 1) }.joined(separator: mark))]"
    case 6: return comprehension(depth)
    case 7:
      return "{\((0..<random.below(3)).map { "f\($0): \(expression(depth - 1))" }.joined(separator: ", "))}"
    case 8: return string(depth - 1)
    case 9: return "(\(operation(depth - 1)))\(call(depth))"
    case 10: return "(\(operation(depth - 1)))[\(expression(depth - 1))]"
    case 11: return "\(path())\(call(depth))"
    default: return atom()
    }
  }

  private mutating func comprehension(_ depth: Int) -> String {
    let list = operation(depth - 1)
    let local = "x\(locals.count)"
    locals.append(local)
    defer { locals.removeLast() }
    let condition = random.chance(1, in: 2) ? " if \(operation(depth - 1))" : ""
    return
      "[\(expression(depth - 1)) for \(local)\(random.chance(1, in: 3) ? ", i" : "") in \(list)\(condition)]"
  }

  private mutating func call(_ depth: Int) -> String {
    let names = [
      "count", "trim", "upper", "lines", "split", "replace", "contains", "matches", "truncate", "indent",
      "tokens",
      "parse_json", "chunk", "first", "last", "join", "sort", "unique", "flatten", "sum", "min", "max",
      "reverse",
      "any", "all", "round", "abs", "to_json", "entries", "none",
    ]
    let arguments = (0..<random.below(3)).map { _ in random.chance(1, in: 3) ? "it" : expression(depth - 1) }
    return random.pick([".", "?."]) + random.pick(names) + "(\(arguments.joined(separator: ", ")))"
  }

  private mutating func path() -> String {
    var path = random.chance(1, in: 5) ? "it" : name()
    for _ in 0..<random.below(3) { path += "\(random.pick([".", "?."]))f\(random.below(4))" }
    return path
  }

  private mutating func atom() -> String {
    switch random.below(8) {
    case 0:
      random.pick(["0", "1", "3", "0.5", "1_000", "30s", "500ms", "$0.50", "99999999999999999999", "1.0"])
    case 1: random.pick(["true", "false", "null", "it"])
    case 2: plain()
    case 3: "\"{{\(name())}}\""
    default: path()
    }
  }

  private mutating func name() -> String {
    if random.chance(1, in: 30) { return "nothing" }
    let known = values + locals
    return known.isEmpty ? "fast" : random.pick(known)
  }

  // MARK: Strings

  private mutating func words() -> String {
    (0..<random.below(5)).map { _ in
      random.pick(["calm", "a", "#", "日本", "é", "{", "}", "why", "1", "'", ":", "let x"])
    }.joined(separator: " ")
  }

  private mutating func plain() -> String { "\"\(words())\"" }

  mutating func string(_ depth: Int) -> String {
    let isBlock = random.chance(1, in: 2)
    let inside = content(depth, isBlock ? "\n    " : " ")
    return isBlock ? "\"\"\"\n    \(inside)\n    \"\"\"" : "\"\(inside)\""
  }

  private mutating func content(_ depth: Int, _ mark: String) -> String {
    (0..<1 + random.below(4)).map { _ in piece(depth, mark) }.joined(separator: mark)
  }

  private mutating func piece(_ depth: Int, _ mark: String) -> String {
    guard depth > 0 else { return words() }
    switch random.below(7) {
    case 0: return "{{ \(tag(depth - 1)) }}"
    case 1: return "{{ if \(tag(depth - 1)) }}\(mark)\(content(depth - 1, mark))\(mark){{ end }}"
    case 2:
      return
        "{{ if \(path()) != null }}\(content(depth - 1, mark)){{ else if \(tag(0)) }}b{{ else }}\(mark)c{{ end }}"
    case 3: return "{{ for x in \(tag(depth - 1)) }}\(mark){{x}}\(content(depth - 1, mark))\(mark){{ end }}"
    case 4: return random.pick(["\\{{", "{{# why }}", "{{{\(name())}}}", "\\\"", "\\n", "\\u{41}"])
    default: return words()
    }
  }

  /// An expression on one line, without text blocks.
  private mutating func tag(_ depth: Int) -> String {
    let expression = expression(depth)
    return expression.contains("\n") ? name() : expression
  }
}
