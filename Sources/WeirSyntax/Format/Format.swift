import WeirDiagnostics

/// A file in the one style that flows are written in, as UTF-8.
///
/// Only layout changes: blanks, line breaks, the commas at line breaks, and the `|` that leads a type of
/// several lines. Strings and comments stay as they are, save for the indentation that is no part of
/// them. Formatting what was formatted changes nothing.
///
/// A file that could not be read whole is given back as it is: what stands behind a mistake may mean
/// something else than it seems to.
package func format(_ file: FileSyntax) -> [UInt8] {
  guard file.isWhole else { return file.source.bytes }
  var reader = PieceReader(file)
  reader.read()
  var layout = Layout(reader.pieces)
  layout.measure()
  var printer = Printer(file.source.bytes, layout, reader.comments)
  printer.print()
  return printer.text
}
