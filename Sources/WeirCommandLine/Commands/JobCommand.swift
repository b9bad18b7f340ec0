import WeirDiagnostics
import WeirEndpoint
import WeirProviders
import WeirStore
import WeirValues

extension Command {
  static let job = Command(
    name: "job", summary: "Fetch or cancel what a run has left in a queue", operands: "[options] [ID]",
    options: JobOption.all,
    details: """
      A run that goes through fal's queue and is cut off leaves its requests there, and their names in
      `.weir/jobs`. Without ID they are listed. With ID the answer is printed as the model gave it, if it is
      there; fal keeps it for an hour at most, and for six minutes where it is long. An ID that is not in the
      list is asked of fal with FAL_KEY.

      Exit codes: 0 done, 1 the command line is wrong, 2 a key is missing, 3 there is no answer.
      """
  ) { words, environment in
    let arguments = try Arguments(words, JobOption.all + Option.everywhere)
    guard arguments.operands.count <= 1 else {
      throw UsageError("`weir job` takes one ID, found \(arguments.operands.count)")
    }
    let shelf = JobShelf.beside(environment.directory)
    guard let id = arguments.operands.first else {
      for option in [JobOption.cancel, JobOption.forget] where arguments.has(option) {
        throw UsageError("`--\(option.name)` needs the ID of a request", help: "`weir job` lists them")
      }
      return list(shelf, arguments, environment)
    }
    return try await JobRequest(id, on: shelf, arguments, environment).run()
  }

  private static func list(
    _ shelf: JobShelf, _ arguments: Arguments, _ environment: CommandEnvironment
  ) -> ExitCode {
    let entries = shelf.all
    if arguments.has(JobOption.json) {
      environment.console.print(Value.list(entries.map(\.shown)).json(indent: 2))
    } else if entries.isEmpty {
      environment.console.note("nothing was left in a queue by runs started in this folder")
    } else {
      environment.console.write(
        Help.table(entries.map { ($0.job.id, "step \($0.step) of \($0.flow), sent \($0.age)") }))
    }
    return .done
  }
}

private enum JobOption {
  static let cancel = Option.flag("cancel", "Take the request back instead of fetching its answer")
  static let forget = Option.flag("forget", "Strike it from the list, and ask nobody")
  static let json = Option.flag("json", "Print JSON: the list, or the answer with its usage")

  static let all = [cancel, forget, json]
}

extension JobShelf {
  /// Where the runs that are started in a folder keep theirs.
  static func beside(_ folder: String) -> JobShelf { JobShelf("\(folder)/.weir/jobs") }
}

extension JobShelf.Entry {
  fileprivate var age: String { (Catalogues.now - time).secondsAgo }

  fileprivate var shown: Value {
    .record([
      "id": .string(job.id), "flow": .string(flow), "step": .string(step), "provider": .string(provider),
      "time": .int(time),
    ])
  }
}

/// What is asked about one request in a queue.
private struct JobRequest {
  private let id: String
  private let shelf: JobShelf
  private let entry: JobShelf.Entry?
  private let arguments: Arguments
  private let environment: CommandEnvironment

  init(_ id: String, on shelf: JobShelf, _ arguments: Arguments, _ environment: CommandEnvironment) {
    self.id = id
    self.shelf = shelf
    entry = shelf.all.first { $0.job.id == id }
    self.arguments = arguments
    self.environment = environment
  }

  private var console: Console { environment.console }

  func run() async throws(UsageError) -> ExitCode {
    if arguments.has(JobOption.forget) { return try forget() }
    let endpoint = try endpoint()
    let job = entry?.job ?? endpoint.job(id: id)
    do throws(EndpointFailure) {
      if arguments.has(JobOption.cancel) {
        let outcome = try await endpoint.cancel(job)
        console.note(outcome.words(for: job))
        // Where it was done before, its answer can still be fetched.
        if outcome.isConfirmed { shelf.forget(id) }
      } else {
        print(try await endpoint.result(of: job))
        shelf.forget(id)
      }
      return .done
    } catch {
      console.fail(error.message, help: (entry?.url == nil ? error.ofBuiltIn : error).advice)
      return error.kind == .cancelled ? .interrupted : .failed
    }
  }

  private func forget() throws(UsageError) -> ExitCode {
    guard entry != nil else {
      let known = shelf.all.map(\.job.id)
      throw UsageError(
        "there is no request `\(id)` in the list",
        help: known.nearest(to: id).map { "did you mean `\($0)`?" } ?? "`weir job` lists them")
    }
    shelf.forget(id)
    return .done
  }

  private func endpoint() throws(UsageError) -> FalEndpoint {
    let keyName = entry?.keyName ?? ProviderKind.fal.usualKeyName
    guard let key = environment.variables[keyName], !key.isEmpty else {
      throw UsageError(
        "the request belongs to a key, and \(keyName) is not set", help: "`export \(keyName)=…`",
        exitCode: .invalid)
    }
    let kind = entry.flatMap { ProviderKind(rawValue: $0.provider) } ?? .fal
    let url = entry?.url ?? environment.replacedAddress(of: kind) ?? kind.usualAddress
    do throws(EndpointFailure) {
      return FalEndpoint(
        kind == .falAnyLLM ? .anyLLM : .router, at: try WebAddress(url), key: Secret(key), keyName: keyName,
        over: environment.makeTransport())
    } catch {
      throw UsageError(error.message, help: error.advice)
    }
  }

  private func print(_ reply: EndpointReply) {
    guard arguments.has(JobOption.json) else { return console.print(reply.text) }
    let object: Record = [
      "id": .string(id), "answer": .string(reply.text),
      "reasoning": reply.reasoning.map { .string($0) } ?? .null,
      "cost": reply.usage.cost.map { .number($0) } ?? .null,
    ]
    console.print(Value.record(object).json(indent: 2))
  }
}
