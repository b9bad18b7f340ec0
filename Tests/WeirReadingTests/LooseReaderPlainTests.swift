import Testing

@testable import WeirReading

/// What valid JSON gives: a tree without mends.
struct LooseReaderPlainTests {
  @Test(arguments: [
    Row(#"{"a": 1, "b": [true, null, "x"], "c": {}}"#, #"whole {"a": 1, "b": [true, null, "x"], "c": {}}"#),
    Row(#" [1, 2.5e3, -0.1, "é\n\"", []] "#, #"whole [1, 2.5e3, -0.1, "é\#n"", []]"#),
    Row(#"{"a": "b", "": 1, "k, \"x": 2}"#, #"whole {"a": "b", "": 1, "k, "x": 2}"#),
    Row(#"{}"#, #"whole {}"#),
    Row(#"[]"#, #"whole []"#),
    Row(#"[[1, 2], [3]]"#, #"whole [[1, 2], [3]]"#),
    Row(#"[\#n  {\#n    "a" : [ ]\#n  }\#n]\#n"#, #"whole [{"a": []}]"#),
    Row(
      #"{"a": "C:\\dir", "b": "[x]", "c": "a}b", "d": "e,f", "g": "h\"i"}"#,
      #"whole {"a": "C:\dir", "b": "[x]", "c": "a}b", "d": "e,f", "g": "h"i"}"#),
    Row(#"{"a": "b}", "c": "]", "d": ","}"#, #"whole {"a": "b}", "c": "]", "d": ","}"#),
    Row(#"{"a": "\",\"b\": \""}"#, #"whole {"a": "","b": ""}"#),
    Row(#"["\", \"", "x"]"#, #"whole ["", "", "x"]"#),
    Row(#"{"a": ":", ":": ","}"#, #"whole {"a": ":", ":": ","}"#),
    Row(
      #"{"k": "v", "url": "http://x.y/z?a=b&c=d#e // no /* comment"}"#,
      #"whole {"k": "v", "url": "http://x.y/z?a=b&c=d#e // no /* comment"}"#),
    Row(#"{"a":"}","b":"{","c":"[","d":"]"}"#, #"whole {"a": "}", "b": "{", "c": "[", "d": "]"}"#),
    Row(#"[",", "]", "[", ":", "\"", "'"]"#, #"whole [",", "]", "[", ":", """, "'"]"#),
    Row(#"["\u00e9\ud83d\ude00\/\b\f\r\t"]"#, #"whole ["é\#u{1F600}/\#u{8}\#u{C}\#u{D}\#u{9}"]"#),
    Row(#"{"code": "```py\nx = 1\n```", "b": 1}"#, #"whole {"code": "```py\#nx = 1\#n```", "b": 1}"#),
    Row(
      #"{"a": "said “yes”, and ‘no’", "b": "日本「x」、"}"#,
      #"whole {"a": "said “yes”, and ‘no’", "b": "日本「x」、"}"#),
    Row(#"{"a": "{\"b\": 1}", "c": "[1, 2"}"#, #"whole {"a": "{"b": 1}", "c": "[1, 2"}"#),
  ])
  func validJSONIsTakenAsItIs(_ row: LooseReaderRow) {
    row.check()
  }
}
