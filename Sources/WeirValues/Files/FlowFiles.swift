/// The files beside a flow, as its functions read them: `read_text("notes.md")`.
///
/// Paths are relative to the flow's folder, and never lead out of its project. Whoever evaluates
/// expressions is handed one of these and knows nothing of the disk.
package protocol FlowFiles: Sendable {
  /// `read_text`: UTF-8, without a byte order mark.
  func text(_ path: String) throws(FileFailure) -> String
  /// `read_lines`: what the built-in `lines` makes of the text.
  func lines(_ path: String) throws(FileFailure) -> [String]
  /// `read_json`.
  func json(_ path: String) throws(FileFailure) -> Value
  /// `read_rows`: CSV or JSON Lines, one value for each row.
  func rows(_ path: String) throws(FileFailure) -> [Value]
  /// `image`.
  func image(_ path: String) throws(FileFailure) -> Picture
  /// `file`: `.image` for a picture, `.file` for every other kind that there are endpoints for.
  func file(_ path: String) throws(FileFailure) -> Value
  /// `paths`: the files that fit a pattern, sorted by their bytes, relative to the flow's folder.
  func paths(_ pattern: String) throws(FileFailure) -> [String]
}
