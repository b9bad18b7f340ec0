/// Why a file that a flow names could not be had. Facts; the words are made of them.
package struct FileFailure: Error, Sendable, Hashable {
  /// As the flow says it.
  package let path: String
  package let reason: Reason

  package init(_ path: String, _ reason: Reason) {
    self.path = path
    self.reason = reason
  }

  package enum Reason: Error, Sendable, Hashable {
    // Where it lies.
    case empty
    case absolute
    case address
    /// By `..`.
    case outside
    /// By a symbolic link.
    case linkOutside
    /// With the one name in the folder that is likely meant, as the flow would say it.
    case missing(nearest: String?)
    /// The folder does not exist, as the flow says it.
    case missingFolder(String)
    // What it is.
    case folder
    /// A device, a pipe, a socket.
    case special
    case tooLarge(bytes: Int, limit: Int)
    /// With what the system says.
    case unreadable(String)
    // What is in it.
    case notUTF8(offset: Int)
    case notJSON(line: Int, message: String)
    case badRow(line: Int, message: String)
    case noRows
    /// With what it seems to be.
    case notPicture(String)
    case notDocument(String)
    // Patterns.
    case badPattern(String)
    case tooManyEntries(limit: Int)
  }
}
