import Testing
import WeirDiagnostics
import WeirProgram
import WeirRun
import WeirValues

private let post = Value.record(["title": .string("Tiger"), "subtitle": .null, "tags": .list([.string("a")])])

/// Where `post` is a record and `words` a list of strings.
private func evaluate(_ expression: Expression, locals: [Value] = []) throws(EvaluationFailure) -> Value {
  let (program, values) = scope
  return try Evaluator(program, values: values).evaluate(expression, locals: locals)
}

private let scope: (Program, Bindings) = {
  var program = Program()
  program.values = ["post", "words"].map { NamedValue(name: $0, type: .json, span: place(0)) }
  return (program, [ValueID(0): post, ValueID(1): .list([.string("b"), .string("a")])])
}()

private let postValue = expression(.value(ValueID(0)))
private let words = expression(.value(ValueID(1)), .list(.string))

private let sort = Builtins.all.first { $0.name == "sort" }!

struct Case: Sendable, CustomTestStringConvertible {
  let name: String
  let expression: Expression
  let json: String
  var testDescription: String { name }

  init(_ name: String, _ expression: Expression, _ json: String) {
    (self.name, self.expression, self.json) = (name, expression, json)
  }
}

@Suite struct EvaluatorTests {
  static let values: [Case] = [
    Case("add", binary(2, .add, 3, .int), "5"),
    Case("exact up to 2^53", binary(9_007_199_254_740_991, .add, 1, .int), "9007199254740992"),
    Case("subtract", binary(2, .subtract, 3, .int), "-1"),
    Case("multiply", binary(0.5, .multiply, 4, .number), "2"),
    Case("divide gives a number", binary(7, .divide, 2, .number), "3.5"),
    Case("divide evenly", binary(6, .divide, 2, .number), "3"),
    Case("remainder", binary(7, .remainder, 3, .int), "1"),
    Case("remainder has the sign of the left", binary(-7, .remainder, 3, .int), "-1"),
    Case("remainder of numbers", binary(5.5, .remainder, 2, .number), "1.5"),
    Case("large numbers as doubles", binary(1e200, .multiply, 1e100, .number), "1e+300"),
    Case("join lists", binary([1], .add, [2, 3]), "[1,2,3]"),
    Case("negate", expression(.negate(3)), "-3"),
    Case("negate zero", expression(.negate(0)), "0"),
    Case("not", expression(.not(true)), "false"),
    Case("less", binary(1, .less, 1.5), "true"),
    Case("less or equal", binary(2, .lessOrEqual, 2), "true"),
    Case("greater", binary(2, .greater, 2), "false"),
    Case("greater or equal", binary(1, .greaterOrEqual, 2), "false"),
    Case("strings by code point", binary("Z", .less, "a"), "true"),
    Case("equal across int and number", binary(1, .equal, 1.0), "true"),
    Case(
      "records are equal in any order",
      binary(
        constant(.record(["a": .int(1), "b": .null])), .equal, constant(.record(["b": .null, "a": .int(1)]))),
      "true"),
    Case("not equal", binary("a", .notEqual, "b"), "true"),
    Case("in a list", binary("a", .in, words), "true"),
    Case("not in a list", binary("c", .in, words), "false"),
    Case("in a string", binary("ige", .in, "tiger"), "true"),
    Case("not in a string", binary("x", .in, "tiger"), "false"),
    Case("in a range of numbers", binary(0.5, .in, binary(0, .range, 1)), "true"),
    Case("outside a range", binary(2, .in, binary(0, .range, 1)), "false"),
    Case("key of a dictionary", binary("title", .in, postValue), "true"),
    Case("no key of a dictionary", binary("body", .in, postValue), "false"),
    Case("range", binary(-1, .range, 2), "[-1,0,1,2]"),
    Case("empty range", binary(2, .range, 1), "[]"),
    Case("fallback of null", binary(null, .fallback, "x"), "\"x\""),
    Case("fallback of a value", binary("y", .fallback, "x"), "\"y\""),
    Case("fallback of a field", binary(postValue.field("subtitle"), .fallback, "x"), "\"x\""),
    Case("or stops early", binary(true, .or, binary(1, .less, "x")), "true"),
    Case("and stops early", binary(false, .and, binary(1, .less, "x")), "false"),
    Case("and", binary(true, .and, false), "false"),
    Case("or", binary(false, .or, true), "true"),
    Case("field", postValue.field("title"), "\"Tiger\""),
    Case("a field that was left out", postValue.field("body"), "null"),
    Case("field of a field that json lacks", postValue.field("subtitle").field("x"), "null"),
    Case("optional field of null", null.field("x", isOptional: true), "null"),
    Case("optional field of a list", words.field("x", isOptional: true), "null"),
    Case("element", words.element(1), "\"a\""),
    Case("element of a dictionary", postValue.element("title"), "\"Tiger\""),
    Case("missing element of a dictionary", postValue.element("x"), "null"),
    Case("conditional", expression(.conditional(false, then: 1, otherwise: 2)), "2"),
    Case("list", [1, "a", null], "[1,\"a\",null]"),
    Case(
      "record", expression(.record([.init(name: "a", value: 1), .init(name: "b", value: words)])),
      "{\"a\":1,\"b\":[\"b\",\"a\"]}"),
    Case(
      "comprehension with index and condition",
      expression(
        .comprehension(
          .init(
            list: [10, 20, 30], depth: 0, condition: binary(local(1), .greater, 0),
            element: binary(local(0), .add, local(1))))),
      "[21,32]"),
    Case(
      "comprehension in a comprehension",
      expression(
        .comprehension(
          .init(
            list: [1, 2], depth: 0, condition: nil,
            element: expression(
              .comprehension(
                .init(
                  list: [10, 20], depth: 2, condition: nil, element: [local(0), local(1), local(2), local(3)])
              )
            )))),
      "[[[1,0,10,0],[1,0,20,1]],[[2,1,10,0],[2,1,20,1]]]"),
    Case("call", call("join", ["a", "b"], "-"), "\"a-b\""),
    Case(
      "call with an argument for each element",
      expression(
        .call(
          .init(
            builtin: sort,
            arguments: [.value([1, 3, 2]), .forEachElement(expression(.negate(local(0))), depth: 0)]))),
      "[3,2,1]"),
    Case(
      "template",
      template(
        .text("a "), .value("b"), .text(" "), .value(3), .value(0.5), .value(true), .text("{{x}}")),
      "\"a b 30.5true{{x}}\""),
    Case("template with a list", template(.value([1])), #""[\n  1\n]""#),
    Case("template with an empty list", template(.value([])), #""[]""#),
    Case("template is not read twice", template(.value("{{post}}")), #""{{post}}""#),
    Case(
      "template with a choice",
      template(
        .choice(
          [
            .init(condition: false, body: Template([.text("a")])),
            .init(condition: true, body: Template([.text("b")])),
          ],
          otherwise: nil)), "\"b\""),
    Case(
      "template with no branch",
      template(
        .text("-"), .choice([.init(condition: false, body: Template([.text("a")]))], otherwise: nil)), "\"-\""
    ),
    Case(
      "template with a last branch",
      template(
        .choice([.init(condition: false, body: Template([.text("a")]))], otherwise: Template([.text("c")]))),
      "\"c\""),
    Case(
      "template with a loop",
      template(
        .loop(words, depth: 0, Template([.value(local(1)), .value(local(0)), .text(";")]))), "\"0b;1a;\""),
  ]

  @Test(arguments: values) func computes(_ sample: Case) throws {
    #expect(try evaluate(sample.expression).json() == sample.json)
  }

  static let failures: [Case] = [
    Case("division by zero", binary(1, .divide, 0), "`1 / 0` divides by zero"),
    Case("remainder by zero", binary(1, .remainder, 0.0), "`1 % 0` divides by zero"),
    Case(
      "more than exact", binary(9_007_199_254_740_992, .add, 1, .int),
      "`9007199254740992 + 1` is more than a number can hold exactly"),
    Case(
      "overflow", binary(9_000_000_000_000_000_000, .multiply, 9_000, .int),
      "`9000000000000000000 * 9000` is more than a number can hold exactly"),
    Case(
      "infinite", binary(1e300, .multiply, 1e300, .number),
      "`1e+300 * 1e+300` is more than a number can hold exactly"),
    Case("index past the end", words.element(2), "index 2 is outside `words`, which has 2 elements"),
    Case("negative index", words.element(-1), "index -1 is outside `words`, which has 2 elements"),
    Case(
      "index of an unnamed list", expression(.list([1])).element(1),
      "index 1 is outside the list, which has 1 element"),
    Case("index of nothing", null.element(0), "null has no element at the number 0"),
    Case("index with a fraction", words.element(0.5), "index 0.5 is outside `words`, which has 2 elements"),
    Case(
      "range too long", binary(1, .range, 10_000_001),
      "1...10000001 is a list of more than 10000000 numbers"),
    Case("range of fractions", binary(0, .range, 1.5), "0...1.5 does not run over whole numbers"),
    Case("order of unlike values", binary(1, .less, "a"), "the number 1 and a string have no order"),
    Case(
      "failing built-in", call("parse_json", "{"),
      "the text is not JSON: expected a name in double quotes (at byte 2)"),
    Case(
      "null in a template", template(.value(postValue.field("subtitle"))),
      "`post.subtitle` is null, which a text cannot hold"),
    Case(
      "unnamed null in a template", template(.value(null)),
      "this value is null, which a text cannot hold"),
    Case(
      "picture outside a prompt", template(.value(constant(.image(.address("https://a/b"))))),
      "a picture or file can stand only in a prompt"),
    Case(
      "picture inside a record", template(.value(constant(.record(["p": .image(.address("https://a/b"))])))),
      "a picture or file inside a record has no place in a text"),
  ]

  @Test(arguments: failures) func fails(_ sample: Case) {
    #expect { try evaluate(sample.expression) } throws: { ($0 as? EvaluationFailure)?.message == sample.json }
  }

  @Test func aFailureStandsOnItsOwnExpression() {
    let inner = expression(.binary(.divide, 1, 0), at: 7)
    #expect { try evaluate(binary(2, .add, inner, at: 3)) } throws: {
      ($0 as? EvaluationFailure)?.span == place(7)
    }
  }

  @Test func localsOfTheSurroundingsStayInReach() throws {
    let sum = expression(
      .comprehension(
        .init(list: [1, 2], depth: 1, condition: nil, element: binary(local(0), .add, local(1)))))
    #expect(try evaluate(sum, locals: [.int(100)]) == .list([.int(101), .int(102)]))
  }
}
