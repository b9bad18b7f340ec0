import Testing

@testable import WeirReading

/// Commas, colons, brackets and comments: too few, too many, or others.
struct LooseReaderSignTests {
  @Test(arguments: [
    Row(#"{"a": 1 "b": 2}"#, #"whole {"a": 1, "b": 2}"#, "missing-comma@8"),
    Row(#"{"a": "x" "b": "y"}"#, #"whole {"a": "x", "b": "y"}"#, "missing-comma@10"),
    Row(#"{"a": "x"\#n"b": "y"}"#, #"whole {"a": "x", "b": "y"}"#, "missing-comma@10"),
    Row(#"{"a": 1\#n b: 2}"#, #"whole {"a": 1, b: 2}"#, "missing-comma@9 unquoted-key@9"),
    Row(#"[1 2 3]"#, #"whole [1, 2, 3]"#, "missing-comma@3 missing-comma@5"),
    Row(#"["a" "b"]"#, #"whole ["a", "b"]"#, "missing-comma@5"),
    Row(#"["a"\#n"b"]"#, #"whole ["a", "b"]"#, "missing-comma@5"),
    Row(#"[{"a": 1} {"a": 2}]"#, #"whole [{"a": 1}, {"a": 2}]"#, "missing-comma@10"),
    Row(
      #"{a: 'b' c: 'd'}"#,
      #"whole {a: "b", c: "d"}"#,
      "unquoted-key@1 other-quote@4 missing-comma@8 unquoted-key@8 other-quote@11"),
    Row(#"{"a": "b"; "c": "d"}"#, #"whole {"a": "b", "c": "d"}"#, "missing-comma@9"),
    Row(#"[1, 2,]"#, #"whole [1, 2]"#, "surplus-comma@5"),
    Row(#"[1,, 2]"#, #"whole [1, 2]"#, "surplus-comma@3"),
    Row(#"[,1]"#, #"whole [1]"#, "surplus-comma@1"),
    Row(#"{"a": 1,}"#, #"whole {"a": 1}"#, "surplus-comma@7"),
    Row(#"{,"a": 1}"#, #"whole {"a": 1}"#, "surplus-comma@1"),
    Row(#"{"a" 1}"#, #"whole {"a": 1}"#, "missing-colon@5"),
    Row(#"{"a" "b"}"#, #"whole {"a": "b"}"#, "missing-colon@5"),
    Row(#"{"a" {"b" [1]}}"#, #"whole {"a": {"b": [1]}}"#, "missing-colon@5 missing-colon@10"),
    Row(
      #"{"a" = 1, "b" => 2, "c" -> 3}"#,
      #"whole {"a": 1, "b": 2, "c": 3}"#,
      "missing-colon@5 missing-colon@14 missing-colon@24"),
    Row(#"{a = 1}"#, #"whole {a: 1}"#, "unquoted-key@1 missing-colon@3"),
    Row(#"{"a", "b": }"#, #"whole {"a": ?, "b": ?}"#, "missing-colon@4"),
    Row(#"{"a": , "b": 1}"#, #"whole {"a": ?, "b": 1}"#),
    Row(#"{"a":: 1}"#, #"whole {"a": 1}"#, "missing-colon@5"),
    Row(#"{"a": {"b": [1, 2}}"#, #"whole {"a": {"b": [1, 2]}}"#, "missing-bracket@17"),
    Row(#"[{"a": 1}, {"b": 2},\#n {"c": 3]"#, #"whole [{"a": 1}, {"b": 2}, {"c": 3}]"#, "missing-bracket@29"),
    Row(#"[{"a": 1, {"a": 2}]"#, #"whole [{"a": 1}, {"a": 2}]"#, "missing-bracket@10"),
    Row(
      #"{"items": [{"a": 1}, {"a": 2}, "total": 2}"#,
      #"whole {"items": [{"a": 1}, {"a": 2}], "total": 2}"#,
      "missing-bracket@31"),
    Row(#"{"a": {"b": 1}}}"#, #"whole {"a": {"b": 1}}"#, "surplus-bracket@15"),
    Row(#"{"a": {"b": 1}}, "c": 2}"#, #"whole {"a": {"b": 1}, "c": 2}"#, "surplus-bracket@14"),
    Row(#"{"a": [1, 2]], "b": 1}"#, #"whole {"a": [1, 2], "b": 1}"#, "surplus-bracket@12"),
    Row(#"{"x": "y"]}"#, #"whole {"x": "y"}"#, "surplus-bracket@9"),
    Row(#"{"a": 1 } } }"#, #"whole {"a": 1}"#, "surplus-bracket@10 surplus-bracket@12"),
    Row(#"{"a": 1};"#, #"whole {"a": 1}"#, "surplus-comma@8"),
    Row(#"{{"a": 1}}"#, #"prose {"a": 1}"#),
    Row(#"["a": 1, "b": 2]"#, #"whole {"a": 1, "b": 2}"#, "missing-bracket@0"),
    Row(#"["a" => 1]"#, #"whole {"a": 1}"#, "missing-bracket@0 missing-colon@5"),
    Row(
      #"{"a": (1, 2), "b": ("x", "y")}"#,
      #"whole {"a": [1, 2], "b": ["x", "y"]}"#,
      "missing-bracket@6 missing-bracket@19"),
    Row(#"{"a"：1，"b"：2}"#, #"whole {"a": 1, "b": 2}"#, "missing-colon@4 missing-comma@8 missing-colon@14"),
    Row(
      #"｛"a": ［1］｝"#,
      #"whole {"a": [1]}"#,
      "missing-bracket@0 missing-bracket@8 missing-bracket@12 missing-bracket@15"),
    Row(#"\[1, 2\]"#, #"prose [1, 2]"#, "wrong-escape@6"),
    Row(
      #"{"a": 1, // one\#n "b": 2 /* two */, # three\#n "c": 3}"#,
      #"whole {"a": 1, "b": 2, "c": 3}"#,
      "comment@9 comment@24 comment@35"),
    Row(#"{/* c */ "a": 1}"#, #"whole {"a": 1}"#, "comment@1"),
    Row(#"{"a": "x" // c\#n}"#, #"whole {"a": "x"}"#, "comment@10"),
    Row(#"[1, 2, ...]"#, #"whole [1, 2]"#, "ellipsis@7"),
    Row(#"[1, 2, 3 ...]"#, #"whole [1, 2, 3]"#, "ellipsis@9"),
    Row(#"["a", ... , "b"]"#, #"whole ["a", "b"]"#, "ellipsis@6"),
    Row(#"{"a": 1, ...}"#, #"whole {"a": 1}"#, "ellipsis@9"),
    Row(#"{"a": [1, …], "b": ...}"#, #"whole {"a": [1], "b": ?}"#, "ellipsis@10 ellipsis@21"),
  ])
  func signsAreMended(_ row: LooseReaderRow) {
    row.check()
  }
}
