import Testing

@testable import WeirReading

/// Quotes of all kinds, forgotten ones, and those that belong to the text.
struct LooseReaderQuoteTests {
  @Test(arguments: [
    Row(
      #"{'a': 'it's fine', 'b': 'the dogs' bone'}"#,
      #"whole {"a": "it's fine", "b": "the dogs' bone"}"#,
      "other-quote@1 other-quote@6 unescaped-quote@9 other-quote@19 other-quote@24 unescaped-quote@33"),
    Row(
      #"['it's', 'b', "c"]"#,
      #"whole ["it's", "b", "c"]"#,
      "other-quote@1 unescaped-quote@4 other-quote@9"),
    Row(
      #"{“a”: “b”, ‘c’: ‘d’, «e»: «f», 「g」: 「h」, „i“: „j”}"#,
      #"whole {"a": "b", "c": "d", "e": "f", "g": "h", "i": "j"}"#,
      "other-quote@1 other-quote@10 other-quote@19 other-quote@28 other-quote@37 other-quote@44 other-quote@51 other-quote@60 other-quote@69 other-quote@78"
    ),
    Row(
      #"{"a": “He said ”hi” ok”, "b": 1}"#,
      #"whole {"a": "He said ”hi” ok", "b": 1}"#,
      "other-quote@6 unescaped-quote@17"),
    Row(#"{`a`: `b`}"#, #"whole {"a": "b"}"#, "other-quote@1 other-quote@6"),
    Row(
      #"{"a": """x "y" z""", 'b': '''it's''', "c": ```x```}"#,
      #"whole {"a": "x "y" z", "b": "it's", "c": "x"}"#,
      "other-quote@6 other-quote@21 other-quote@26 other-quote@43"),
    Row(#"{&quot;a&quot;: &quot;x &amp; y&quot;}"#, #"whole {"a": "x & y"}"#, "other-quote@1 other-quote@16"),
    Row(
      #"{\"a\": \"b \\\"q\\\" c\\nd\",\n \"d\": [1, null]}"#,
      #"whole {"a": "b "q" c\#nd", "d": [1, null]}"#,
      "wrong-escape@1 wrong-escape@8 wrong-escape@30 wrong-escape@33"),
    Row(#"{\n  \"a\": 5\n}"#, #"whole {"a": 5}"#, "wrong-escape@1 wrong-escape@5 wrong-escape@13"),
    Row(
      #"{"a": b'x', "b": u"y", "c": r"z"}"#,
      #"whole {"a": "x", "b": "y", "c": "z"}"#,
      "other-quote@6 other-quote@7 other-quote@17 other-quote@28"),
    Row(
      #"{"a": ObjectId("abc"), "b": new Date("2020-01-01"), "c": 5}"#,
      #"whole {"a": "abc", "b": "2020-01-01", "c": 5}"#,
      "other-word@6 other-word@28"),
    Row(
      #"{"a": "he said "hi" to me", "b": 1}"#,
      #"whole {"a": "he said "hi" to me", "b": 1}"#,
      "unescaped-quote@15"),
    Row(#"{"a": "he said "hi"", "b": 1}"#, #"whole {"a": "he said "hi"", "b": 1}"#, "unescaped-quote@15"),
    Row(
      #"{"a": "she said "yes", "no" and left", "b": 1}"#,
      #"whole {"a": "she said "yes", "no" and left", "b": 1}"#,
      "unescaped-quote@16"),
    Row(#"["he said "hi" there", "b"]"#, #"whole ["he said "hi" there", "b"]"#, "unescaped-quote@10"),
    Row(#"{"a": "x "y": z", "b": 1}"#, #"whole {"a": "x "y": z", "b": 1}"#, "unescaped-quote@9"),
    Row(#"{"a": "he said ""hi"" ok"}"#, #"whole {"a": "he said "hi" ok"}"#, "unescaped-quote@15"),
    Row(
      #"{"a": "use "x": {"y": 1}", "b": 2}"#,
      #"whole {"a": "use "x": {"y": 1}", "b": 2}"#,
      "unescaped-quote@11"),
    Row(
      #"{"text": "as in {"k": 1, "m": 2} here", "b": 1}"#,
      #"whole {"text": "as in {"k": 1, "m": 2} here", "b": 1}"#,
      "unescaped-quote@17"),
    Row(#"{"text": "a "b"]} c", "d": 1}"#, #"whole {"text": "a "b"]} c", "d": 1}"#, "unescaped-quote@12"),
    Row(#"{"the "big" one": 1}"#, #"whole {"the "big" one": 1}"#, "unescaped-quote@6"),
    Row(#"{"a": "foo\#n "b": 1}"#, #"whole {"a": "foo", "b": 1}"#, "missing-quote@10 missing-comma@12"),
    Row(#"{"a": "foo,\#n "b": 1}"#, #"whole {"a": "foo", "b": 1}"#, "missing-quote@10"),
    Row(#"{"a": "foo, "b": 1}"#, #"whole {"a": "foo", "b": 1}"#, "missing-quote@10"),
    Row(#"{"name: "x", "b": 1}"#, #"whole {"name": "x", "b": 1}"#, "missing-quote@6"),
    Row(#"{name": "x"}"#, #"whole {name: "x"}"#, "missing-quote@1"),
    Row(#"{"a": foo", "b": 1}"#, #"whole {"a": foo, "b": 1}"#, "missing-quote@6"),
    Row(#"{"a": "foo\#n}"#, #"whole {"a": "foo"}"#, "missing-quote@10"),
    Row(#"["foo,\#n "bar"]"#, #"whole ["foo", "bar"]"#, "missing-quote@5"),
    Row(#"{"a": "line one\#nline two"}"#, #"whole {"a": "line one\#nline two"}"#, "unescaped-control@15"),
    Row(
      #"{"code": "function f() {\#n  return 1;\#n}\#n", "b": 2}"#,
      #"whole {"code": "function f() {\#n  return 1;\#n}\#n", "b": 2}"#,
      "unescaped-control@24"),
    Row(
      #"{"a": "\_x\* \'q\' \x41 \u12 \d+ \u00e9 \u{1F600} \U0001F600"}"#,
      #"whole {"a": "_x* 'q' A \u12 \d+ é \#u{1F600} \#u{1F600}"}"#,
      "wrong-escape@7"),
    Row(#"{"a": "one \\#ntwo"}"#, #"whole {"a": "one two"}"#, "wrong-escape@11"),
  ])
  func quotesAreUnderstood(_ row: LooseReaderRow) {
    row.check()
  }
}
