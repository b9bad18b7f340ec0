/// Where a secret is to be had. The text itself is never a value of a flow: it is looked up where it
/// is sent, and so nothing that shows values can show it.
package enum SecretSource: Sendable, Hashable {
  /// An environment variable, by its name.
  case environment(String)
  /// An input of the flow that is run, by its name.
  case input(String)
}
