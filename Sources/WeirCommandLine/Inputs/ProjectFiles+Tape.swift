import WeirEndpoint
import WeirProject
import WeirStore

extension ProjectFiles {
  /// A tape, named in messages as the user named it.
  func loadTape(_ path: String) throws(UsageError) -> Tape {
    do {
      let data = try read(path, atMost: Self.greatestFlow, as: "tape")
      return try TapeFile.tape(in: Array(data), named: path)
    } catch let failure as LoadFailure {
      throw UsageError(failure.message, help: failure.advice, exitCode: .invalid)
    } catch {
      throw UsageError("\(error)", exitCode: .invalid)
    }
  }
}
