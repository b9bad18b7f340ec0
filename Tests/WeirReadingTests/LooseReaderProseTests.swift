import Testing

@testable import WeirReading

/// Values in prose and in fences, and what only looks like one.
struct LooseReaderProseTests {
  @Test(arguments: [
    Row(#"no values here"#, #""#),
    Row(#""just a string""#, #""#),
    Row(#"42"#, #""#),
    Row(#"Sure! {"a": 1} and {"b": 2}."#, #"prose {"a": 1} · prose {"b": 2}"#),
    Row(#"{"a": 1}\#n{"a": 2}\#n"#, #"prose {"a": 1} · prose {"a": 2}"#),
    Row(#"{"a": 1}, {"a": 2}"#, #"prose {"a": 1} · prose {"a": 2}"#, "surplus-comma@8"),
    Row(#"{"a": 1}[1]"#, #"prose {"a": 1} · prose [1]"#),
    Row(#"\#u{FEFF}{"a": 1}"#, #"whole {"a": 1}"#, "byte-order-mark@0"),
    Row(#"\#u{FEFF}hello"#, #""#, "byte-order-mark@0"),
    Row(#"const x = {a: 1};"#, #"prose {a: 1}"#, "unquoted-key@11"),
    Row(#"Here:\#n```json\#n{"a": 1}\#n```\#nDone."#, #"fence(json) {"a": 1}"#),
    Row(#"```\#n{"a": 1}\#n"#, #"fence() {"a": 1}"#),
    Row(#"```json\#n42\#n```"#, #"fence(json) 42"#),
    Row(#"```\#n"hello"\#n```"#, #"fence() "hello""#),
    Row(#"```\#nhappy\#n```\#n"#, #"fence() happy"#, "unquoted-text@4"),
    Row(#"```\#ntwo\#nlines\#n```\#n"#, #""#),
    Row(#"```python\#nprint("x")\#ny = 5\#n```\#n{"a": 1}"#, #"prose {"a": 1}"#),
    Row(#"````md\#n```json\#n{"a": 1}\#n```\#n````"#, #"fence(md) {"a": 1}"#),
    Row(#"~~~json\#n{"a": 1}\#n~~~"#, #"fence(json) {"a": 1}"#),
    Row(#"```json {"a": 1}```"#, #"fence(json) {"a": 1}"#),
    Row(#"```json{"a": 1}\#n```"#, #"fence(json) {"a": 1}"#),
    Row(#"```json\#n{"a": 1}```"#, #"fence(json) {"a": 1}"#),
    Row(#"text: ```json\#n{"a": 1}\#n```"#, #"fence(json) {"a": 1}"#),
    Row(#"use ```code``` here {"a": 1}"#, #"prose {"a": 1}"#),
    Row(
      #"```json\#n{"a": 1}\#n{"a": 2}\#n```\#n[3]"#,
      #"fence(json) {"a": 1} · fence(json) {"a": 2} · prose [3]"#),
    Row(
      #"```json\#n{"a": [1, 2\#n```\#nBye"#,
      #"fence(json) {"a": [1, 2]}"#,
      "missing-bracket@20 missing-bracket@20"),
    Row(#"```json\#n{"a": "x\#n```"#, #"fence(json) {"a": "x"}"#, "missing-quote@16 missing-bracket@17"),
    Row(
      #"{"code": "```py\#nx = 1\#n```", "b": 1}"#,
      #"whole {"code": "```py\#nx = 1\#n```", "b": 1}"#,
      "unescaped-control@15"),
    Row(
      #"```json\#n{"code": "```py\#nx = 1\#n```", "b": 1}\#n```"#,
      #"fence(json) {"code": "```py\#nx = 1\#n```", "b": 1}"#,
      "unescaped-control@23"),
    Row(
      #"Use `{"a": 1}` or `[x, y]` here"#,
      #"prose {"a": 1} · prose [x, y]"#,
      "unquoted-text@20 unquoted-text@23"),
    Row(#"See [1] and [text](http://x) and [x] done."#, #"prose [1] · prose [x]"#, "unquoted-text@34"),
    Row(#"- [x] done\#n- [ ] not\#n[1](url) [2]: def [^3]"#, #""#),
    Row(#"[see the note\#n{"a": 1}"#, #"prose {"a": 1}"#),
    Row(#"[Note, this is\#nmore] {"a": 1}"#, #"prose {"a": 1}"#),
    Row(#"[0, 1) is an interval, {"a": 1}"#, #"prose {"a": 1}"#),
    Row(#"[0, 1) is an interval\#n{"a": 1}"#, #"prose {"a": 1}"#),
    Row(#"The form is {"name": ..., and here: {"name": "x"}"#, #"prose {"name": "x"}"#),
    Row(
      #"function() { return 1; } body { color: red; }"#,
      #"prose {color: red}"#,
      "unquoted-key@32 unquoted-text@39 missing-comma@42 surplus-comma@42"),
    Row(#"{name} and {{x}}"#, #""#),
    Row(#"{note: this is prose\#nmore prose} {"a": 1}"#, #"prose {"a": 1}"#),
    Row(#"<think>maybe {"a": 1}?</think>{"a": 2}"#, #"prose {"a": 1} · prose {"a": 2} · thinks 0..<30"#),
    Row(#"maybe {"a": 1}</think>{"a": 2}"#, #"prose {"a": 1} · prose {"a": 2} · thinks 0..<22"#),
    Row(
      #"<Thinking> a </thinking> <reasoning>b</reasoning>\#n[1, 2]"#,
      #"prose [1, 2] · thinks 0..<24 · thinks 25..<49"#),
    Row(#"<think>open { "a": [1, </think>{"a": 2}"#, #"prose {"a": 2} · thinks 0..<31"#),
    Row(#"<think>open { "a": "x </think>{"a": 2}"#, #"prose {"a": 2} · thinks 0..<30"#),
    Row(
      #"<|channel|>analysis<|message|>hm {"a": 0}<|end|><|start|>assistant<|channel|>final<|message|>{"a": 1}"#,
      #"prose {"a": 0} · prose {"a": 1} · thinks 0..<82"#),
    Row(#"say `<think>` then {"a": 1}"#, #"prose {"a": 1}"#),
    Row(#"<json>{"a": 1}</json>"#, #"prose {"a": 1}"#),
    Row(
      #"<answer>{"a": [1, 2</answer> ok"#,
      #"prose {"a": [1, 2]}"#,
      "missing-bracket@19 missing-bracket@19"),
    Row(
      #"{"a": "x",\#n\#n"b": "y"}, trailing {"c": 1}"#,
      #"prose {"a": "x", "b": "y"} · prose {"c": 1}"#,
      "surplus-comma@21"),
  ])
  func valuesAreFoundWhereTheyStand(_ row: LooseReaderRow) {
    row.check()
  }
}
