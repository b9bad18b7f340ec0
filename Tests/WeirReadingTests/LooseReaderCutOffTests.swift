import Testing

@testable import WeirReading

/// Texts that end too early: what was not closed says so.
struct LooseReaderCutOffTests {
  @Test(arguments: [
    Row(#"{"#, #"whole {}~"#, "missing-bracket@1"),
    Row(#"["#, #"whole []~"#, "missing-bracket@1"),
    Row(#"{"a"#, #"whole {"a"~: ?~}~"#, "missing-quote@3 missing-bracket@3"),
    Row(#"{"a""#, #"whole {"a": ?~}~"#, "missing-bracket@4"),
    Row(#"{"a":"#, #"whole {"a": ?~}~"#, "missing-bracket@5"),
    Row(#"{"a": 1,"#, #"whole {"a": 1}~"#, "missing-bracket@8"),
    Row(#"{"a": 12"#, #"whole {"a": 12~}~"#, "missing-bracket@8"),
    Row(#"{"a": 12."#, #"whole {"a": 12.~}~"#, "other-number@6 missing-bracket@9"),
    Row(#"{"a": fo"#, #"whole {"a": fo~}~"#, "unquoted-text@6 missing-bracket@8"),
    Row(#"[tru"#, #"whole [tru~]~"#, "unquoted-text@1 missing-bracket@4"),
    Row(#"{"a": "foo"#, #"whole {"a": "foo"~}~"#, "missing-quote@10 missing-bracket@10"),
    Row(#"{"a": "x\"#, #"whole {"a": "x"~}~"#, "missing-quote@9 missing-bracket@9"),
    Row(#"{"a": "x\u00"#, #"whole {"a": "x"~}~"#, "missing-quote@12 missing-bracket@12"),
    Row(#"{"a": [1, 2"#, #"whole {"a": [1, 2~]~}~"#, "missing-bracket@11 missing-bracket@11"),
    Row(#"["x", "y"#, #"whole ["x", "y"~]~"#, "missing-quote@8 missing-bracket@8"),
    Row(#"["x", "y""#, #"whole ["x", "y"]~"#, "missing-bracket@9"),
    Row(
      #"{"a": {"b": 1, "c": [1, {"d": 2}"#,
      #"whole {"a": {"b": 1, "c": [1, {"d": 2}]~}~}~"#,
      "missing-bracket@32 missing-bracket@32 missing-bracket@32"),
    Row(
      #"[red apple, green pear, bl"#,
      #"whole [red apple, green pear, bl~]~"#,
      "unquoted-text@1 unquoted-text@12 unquoted-text@24 missing-bracket@26"),
    Row(#"{"a": 1, // why"#, #"whole {"a": 1}~"#, "comment@9 missing-bracket@15"),
    Row(#"The answer is {"a": [1, 2"#, #"prose {"a": [1, 2~]~}~"#, "missing-bracket@25 missing-bracket@25"),
    Row(#"```json\#n{"a": 1"#, #"fence(json) {"a": 1~}~"#, "missing-bracket@15"),
    Row(#"```json\#n42"#, #"fence(json) 42~"#),
    Row(#"<think>never closed {"a": 1}"#, #"prose {"a": 1} · thinks 0..<28"#),
  ])
  func whatIsCutOffIsNotClosed(_ row: LooseReaderRow) {
    row.check()
  }
}
