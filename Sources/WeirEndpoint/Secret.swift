/// A key or a password: it can be sent, and is never shown.
///
/// Printed, dumped or put into a message it is `<key>`.
package struct Secret: Sendable, Hashable {
  /// The text itself; every use of this name is a place to look at twice.
  package let revealed: String

  package init(_ text: String) { revealed = text }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "<key>" }
  package var debugDescription: String { "<key>" }
  package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
