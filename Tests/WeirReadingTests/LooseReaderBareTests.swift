import Testing

@testable import WeirReading

/// Keys and values without quotes.
struct LooseReaderBareTests {
  @Test(arguments: [
    Row(
      #"{first\_name: "a", "b\_c": 2, d: e\_f}"#,
      #"whole {first_name: "a", "b_c": 2, d: e_f}"#,
      "unquoted-key@1 wrong-escape@21 unquoted-key@30 unquoted-text@33"),
    Row(
      #"{name: Bob Smith, age: 5, city: New York, NY, zip: 123}"#,
      #"whole {name: Bob Smith, age: 5, city: New York, NY, zip: 123}"#,
      "unquoted-key@1 unquoted-text@7 unquoted-key@18 unquoted-key@26 unquoted-text@32 unquoted-key@46"),
    Row(
      #"{name: hello, world\#n b: 2}"#,
      #"whole {name: hello, world, b: 2}"#,
      "unquoted-key@1 unquoted-text@7 missing-comma@21 unquoted-key@21"),
    Row(
      #"[red, green blue, c]"#,
      #"whole [red, green blue, c]"#,
      "unquoted-text@1 unquoted-text@6 unquoted-text@18"),
    Row(
      #"{a: http://foo.com/x, b: #ff0000}"#,
      #"whole {a: http://foo.com/x, b: #ff0000}"#,
      "unquoted-key@1 unquoted-text@4 unquoted-key@22 unquoted-text@25"),
    Row(
      #"{a: [x y z, "q"], b: f(x, y), c: int[]}"#,
      #"whole {a: [x y z, "q"], b: f(x, y), c: int[]}"#,
      "unquoted-key@1 unquoted-text@5 unquoted-key@18 unquoted-text@21 unquoted-key@30 unquoted-text@33"),
    Row(
      #"{"a": True, "b": None, "c": NaN, "d": -Infinity, "e": undefined}"#,
      #"whole {"a": True, "b": None, "c": NaN, "d": -Infinity, "e": undefined}"#,
      "other-word@6 other-word@17 other-word@28 other-word@38 other-word@54"),
    Row(
      #"[+5, 007, .5, 5., 0x1F, 1_000, 50%, $5, 1/2]"#,
      #"whole [+5, 007, .5, 5., 0x1F, 1_000, 50%, $5, 1/2]"#,
      "other-number@1 other-number@5 other-number@10 other-number@14 other-number@18 other-number@24 other-number@31 other-number@36 other-number@40"
    ),
    Row(#"{"a": 1,234, "b": 12,500}"#, #"whole {"a": 1,234, "b": 12,500}"#, "other-number@6 other-number@18"),
    Row(#"[1,234]"#, #"whole [1, 234]"#),
    Row(#"{a: 1,234: 5}"#, #"whole {a: 1, 234: 5}"#, "unquoted-key@1 unquoted-key@6"),
    Row(
      #"{"date": 2024-01-15, "v": 1.2.3, "t": 10:30}"#,
      #"whole {"date": 2024-01-15, "v": 1.2.3, "t": 10:30}"#,
      "unquoted-text@9 unquoted-text@26 unquoted-text@38"),
    Row(
      #"{1: one, 2: two}"#,
      #"whole {1: one, 2: two}"#,
      "unquoted-key@1 unquoted-text@4 unquoted-key@9 unquoted-text@12"),
    Row(
      #"{"a": nope, "b": yes please}"#,
      #"whole {"a": nope, "b": yes please}"#,
      "unquoted-text@6 unquoted-text@17"),
    Row(
      #"{color: red; size: 5}"#,
      #"whole {color: red, size: 5}"#,
      "unquoted-key@1 unquoted-text@8 missing-comma@11 unquoted-key@13"),
    Row(
      #"{name: 李雷，age: 5}"#,
      #"whole {name: 李雷, age: 5}"#,
      "unquoted-key@1 unquoted-text@7 missing-comma@13 unquoted-key@16"),
    Row(#"[红，绿]"#, #"whole [红, 绿]"#, "unquoted-text@1 missing-comma@4 unquoted-text@7"),
  ])
  func valuesWithoutQuotesAreTaken(_ row: LooseReaderRow) {
    row.check()
  }
}
