import Testing
import WeirSyntax

struct ExpressionTests {
  @Test(arguments: [
    ("a or b and c", "(or a (and b c))"), ("a and b or c", "(or (and a b) c)"),
    ("a or b or c", "(or (or a b) c)"), ("a and b and c", "(and (and a b) c)"),
    ("not a and b", "(and (not a) b)"), ("not a == b", "(not (== a b))"), ("not not a", "(not (not a))"),
    ("a and not b or c", "(or (and a (not b)) c)"), ("a or not b", "(or a (not b))"),
    ("not a in b", "(not (in a b))"),
    ("a == b ?? c", "(== a (?? b c))"), ("a in b...c", "(in a (... b c))"),
    ("a...b ?? c", "(... a (?? b c))"),
    ("a ?? b ?? c", "(?? a (?? b c))"), ("a ?? b + c", "(?? a (+ b c))"),
    ("a ?? b + c ?? d", "(?? a (?? (+ b c) d))"),
    ("a + b - c", "(- (+ a b) c)"), ("a + b * c", "(+ a (* b c))"), ("a * b + c", "(+ (* a b) c)"),
    ("a * b / c % d", "(% (/ (* a b) c) d)"), ("a - b - c", "(- (- a b) c)"),
    ("-a * b", "(* (- a) b)"), ("a - -b", "(- a (- b))"), ("--a", "(- (- a))"), ("-a.b", "(- (. a b))"),
    ("-1 ?? 2", "(?? (- 1) 2)"), ("(a + b) * c", "(* (+ a b) c)"),
    ("a < b + 1 and c", "(and (< a (+ b 1)) c)"), ("a <= b", "(<= a b)"),
    ("a >= b or c > d", "(or (>= a b) (> c d))"),
    ("a != null and a.b", "(and (!= a null) (. a b))"),
    ("if a then b else c", "(if a b c)"), ("if a then b else if c then d else e", "(if a b (if c d e))"),
    ("if a or b then c + 1 else d + 1", "(if (or a b) (+ c 1) (+ d 1))"),
    ("if a then if b then c else d else e", "(if a (if b c d) e)"),
    ("(if a then b else c) + 1", "(+ (if a b c) 1)"),
  ])
  func operatorsBindFromLooseToTight(_ text: String, _ expected: String) {
    #expect(expression(text) == expected)
  }

  @Test(arguments: [
    ("a.b.c", "(. (. a b) c)"), ("a?.b.c", "(. (?. a b) c)"), ("a.b(1).c", "(. (.() a b 1) c)"),
    ("a?.b(c: 1)", "(?.() a b c: 1)"), ("a[0][1].b", "(. ([] ([] a 0) 1) b)"),
    ("f(a)[0]", "([] (call f a) 0)"),
    ("f()", "(call f)"), ("f(a, b: c, d)", "(call f a b: c d)"), ("f(\n  a,\n  b,\n)", "(call f a b)"),
    ("[]", "(list)"), ("[1, 2,]", "(list 1 2)"), ("[[1], [2]]", "(list (list 1) (list 2))"),
    ("[x for x in xs]", "(for x xs x)"),
    ("[x.a + i for x, i in xs.b if x and i]", "(for x,i (. xs b) (if (and x i)) (+ (. x a) i))"),
    ("[if a then b else c for x in xs]", "(for x xs (if a b c))"),
    ("{}", "(record)"), ("{a: 1, b: {c: 2},}", "(record a: 1 b: (record c: 2))"),
    ("{\n  a: 1\n  \"b c\": 2\n\n  d: 3,\n  e: 4\n}", "(record a: 1 b c: 2 d: 3 e: 4)"),
    ("{\"\": 1}", "(record : 1)"),
    ("it.count", "(. it count)"), ("true and false or null", "(or (and true false) null)"),
    ("\"a\".count", "(. 'a' count)"), ("3.round", "(. 3 round)"), ("{a: 1}.a", "(. (record a: 1) a)"),
    ("[1][0]", "([] (list 1) 0)"), ("(a).b", "(. a b)"), ("a .b", "(. a b)"), ("a (b)", "(call a b)"),
  ])
  func whatValuesAreMadeOf(_ text: String, _ expected: String) { #expect(expression(text) == expected) }

  @Test(arguments: [
    "1 <= n <= 5", "a == b == c", "a < b > c", "a in b in c", "a != b == c < d", "not a == b == c",
    "1...2...3",
  ])
  func comparisonsDoNotChain(_ text: String) {
    #expect(expression(text) == "chained-comparison: comparisons do not chain")
  }

  @Test(arguments: [
    ("", "expected a value, found the end of the file"),
    ("a +", "expected a value, found the end of the file"),
    ("a + * b", "expected a value, found `*`"), ("a b", "expected a new line after the entry, found `b`"),
    ("1 + not a", "expected a value, found `not`"),
    ("1 + if a then b else c", "expected a value, found `if`"),
    ("if a then b", "expected `else` and a value, found the end of the file"),
    ("if a else b", "expected `then` and a value, found `else`"),
    ("a.", "expected a field or a function after `.`, found the end of the file"),
    ("a.1", "expected a field or a function after `.`, found the number `1`"),
    ("a?.[0]", "expected a field or a function after `?.`, found `[`"),
    ("[x for in xs]", "expected a name for the element, found `in`"),
    ("[x for x xs]", "expected `in` and a list, found `xs`"),
    ("{a 1}", "expected `:` and a value, found the number `1`"),
    ("{1: 2}", "expected a field or `}`, found the number `1`"),
    ("{a: 1 b: 2}", "expected `,`, a new line or `}`, found `b`"),
    ("{a: 1,, b: 2}", "expected a field or `}`, found `,`"),
    ("{\"a{{b}}\": 1}", "expected a plain string as the field's name, found a string with tags"),
    ("a = 1 = 2", "expected a new line after the entry, found `=`"),
    ("x ? y : z", "expected a new line after the entry, found `?`"),
    ("a && b", "unexpected-character"), ("a || b", "unexpected-character"),
  ])
  func whatIsNoExpressionIsToldOnce(_ text: String, _ expected: String) {
    let told = entries("output \(text)\n").told
    #expect(told.count == 1, "\(told)")
    #expect(told.first?.contains(expected) == true, "\(told)")
  }

  @Test(arguments: [
    ("string", "string"), ("Post", "Post"), ("[string]", "(list string)"), ("[[int]]", "(list (list int))"),
    ("[string where it != \"\"]", "(list string (where (!= it '')))"),
    ("[string: int]", "(dictionary int)"),
    ("[ string : [int where it > 0] ]", "(dictionary (list int (where (> it 0))))"),
    ("string?", "(? string)"), ("[int]?", "(? (list int))"), ("\"a\" | \"b\" | null", "(| 'a' 'b' null)"),
    ("| \"a\"\n  | \"b\"", "(| 'a' 'b')"), ("1 | -2 | 0.5", "(| 1 -2 0.5)"), ("null", "null"),
    ("{}", "(record)"), ("{a: int, b: string?}", "(record a: int b: (? string))"),
    (
      "{\n  a: int where it > 0 \"why\"\n  b: [string]  \"what\"\n}",
      "(record a: int (where (> it 0)) 'why' b: (list string) 'what')"
    ),
    ("{a: {b: \"c\"}} | string", "(| (record a: (record b: 'c')) string)"),
    ("{where: int, in: int}", "(record where: int in: int)"),
  ])
  func types(_ text: String, _ expected: String) { #expect(type(text) == expected) }

  @Test(arguments: [
    ("", "expected a type, found the end of the file"),
    ("string |", "expected a type, found the end of the file"),
    ("-", "expected a number after `-`"), ("[]", "expected a type, found `]`"),
    ("a.", "expected a type of `a`, found the end of the file"),
    ("{a}", "expected `:` and a type, found `}`"),
    ("{a: int b: int}", "expected `,`, a new line or `}`, found `b`"),
    ("(int)", "expected a type, found `(`"), ("[int, string]", "this `[` is not closed"),
  ])
  func whatIsNoTypeIsToldOnce(_ text: String, _ expected: String) {
    let told = entries("input x: \(text)\n").told
    #expect(told.count == 1, "\(told)")
    #expect(told.first?.contains(expected) == true, "\(told)")
  }
}
