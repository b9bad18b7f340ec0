import Testing
import WeirCommandLine
import WeirTestSupport

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What a person sees, one folder of `Tests/Golden/cli` a call.
///
/// A folder has `command.txt`, the words behind `weir`, with `'…'` around those that have blanks in them;
/// and what the call finds: `files/` in the working folder, `stdin.txt` piped in, `environment.txt` with
/// a `NAME=value` a line, `reply.json` as the answer to every request, with the status in `reply.head`.
/// Without `reply.json` nobody may be asked. It must print `stdout.txt` and `stderr.txt` and end with
/// `exit.txt`.
struct CommandGoldenTests {
  static let cases = Golden.names(in: "cli")

  @Test(arguments: cases) func saysWhatItSaid(_ name: String) async throws {
    let path = "cli/\(name)"
    var invocation = try Invocation()
    let files = Golden.folder.appending(path: "\(path)/files")
    if FileManager.default.fileExists(atPath: files.path) { try invocation.folder.copy(from: files) }
    invocation.input = try? Golden.text("\(path)/stdin.txt")
    invocation.variables = variables(try? Golden.text("\(path)/environment.txt"))
    let reply = try? Golden.read("\(path)/reply.json")
    let status = (try? Golden.text("\(path)/reply.head")).flatMap { Int($0.prefix(3)) }
    let transport = reply.map { FakeTransport.saying($0, status: status ?? 200) } ?? .nobody
    invocation.transport = transport

    let outcome = await invocation.run(CommandWords.split(try Golden.text("\(path)/command.txt")))

    let root = invocation.folder.path
    Golden.expect(withTokens(outcome.output, root: root), matches: "\(path)/stdout.txt")
    Golden.expect(withTokens(outcome.error, root: root), matches: "\(path)/stderr.txt")
    Golden.expect("\(outcome.code.rawValue)\n", matches: "\(path)/exit.txt")
    #expect(reply != nil || transport.requests.isEmpty)
  }

  @Test func thereAreCases() {
    #expect(Self.cases.count > 90)
  }

  private func variables(_ text: String?) -> [String: String] {
    let pairs = (text ?? "").split(separator: "\n").map { $0.split(separator: "=", maxSplits: 1) }
    return Dictionary(pairs.map { (String($0[0]), String($0.last ?? "")) }) { _, last in last }
  }
}
