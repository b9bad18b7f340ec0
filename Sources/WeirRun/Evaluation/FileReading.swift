import Synchronization
package import WeirDiagnostics
import WeirProgram
package import WeirValues

/// The files beside the flows of a program. Each is read once: what was found before the first request
/// is what a run goes on with, and a picture that a thousand passes read is there once.
package final class FileReading: Sendable {
  private let files: @Sendable (FileID) -> any FlowFiles
  private let known = Mutex(Known())

  /// A class, which is let go of as it is; of a dictionary in a lock the runtime first looks up all that it
  /// knows of its types, and most flows read no file.
  private final class Known {
    var results: [Question: Result<Value, FileFailure>] = [:]
  }

  private struct Question: Hashable {
    let function: Expression.FileFunction
    let path: String
    let flow: FileID
  }

  /// `files` gives what lies beside a flow, by the file of the flow.
  package init(_ files: @escaping @Sendable (FileID) -> any FlowFiles) { self.files = files }

  /// No file can be read.
  package static let none = FileReading(nowhere)

  package static let nowhere: @Sendable (FileID) -> any FlowFiles = { _ in NoFiles() }

  func read(
    _ function: Expression.FileFunction, _ path: String, for flow: FileID
  ) throws(FileFailure) -> Value {
    let question = Question(function: function, path: path, flow: flow)
    if let found = known.withLock({ $0.results[question] }) { return try found.get() }
    let result: Result<Value, FileFailure>
    do throws(FileFailure) {
      result = .success(try Self.value(function, path, files(flow)))
    } catch {
      result = .failure(error)
    }
    known.withLock { $0.results[question] = result }
    return try result.get()
  }

  private static func value(
    _ function: Expression.FileFunction, _ path: String, _ files: any FlowFiles
  ) throws(FileFailure) -> Value {
    switch function {
    case .text: .string(try files.text(path))
    case .lines: .list(try files.lines(path).map { .string($0) })
    case .json: try files.json(path)
    case .rows: .list(try files.rows(path))
    case .image: .image(try files.image(path))
    case .file: try files.file(path)
    case .paths: .list(try files.paths(path).map { .string($0) })
    }
  }
}

/// A flow that lies nowhere has no files beside it.
private struct NoFiles: FlowFiles {
  func text(_ path: String) throws(FileFailure) -> String { throw missing(path) }
  func lines(_ path: String) throws(FileFailure) -> [String] { throw missing(path) }
  func json(_ path: String) throws(FileFailure) -> Value { throw missing(path) }
  func rows(_ path: String) throws(FileFailure) -> [Value] { throw missing(path) }
  func image(_ path: String) throws(FileFailure) -> Picture { throw missing(path) }
  func file(_ path: String) throws(FileFailure) -> Value { throw missing(path) }
  func paths(_ pattern: String) throws(FileFailure) -> [String] { [] }

  private func missing(_ path: String) -> FileFailure { FileFailure(path, .missing(nearest: nil)) }
}
