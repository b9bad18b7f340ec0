/// Takes out of a text what is another on every machine and in every run.
///
/// `0.4 s` is `<duration>`, as is what follows `"seconds":`; a port of this machine is `<port>`, the
/// folder of the test `<root>`.
func withTokens(_ text: String, root: String) -> String {
  text.replacing(root, with: "<root>")
    .replacing(/[0-9]+\.[0-9] s\b/, with: "<duration>")
    .replacing(/[0-9]+ min [0-9]+ s\b/, with: "<duration>")
    .replacing(/"seconds": [0-9.e-]+/, with: #""seconds": <duration>"#)
    .replacing(/127\.0\.0\.1:[1-9][0-9]{4}/, with: "127.0.0.1:<port>")
}
