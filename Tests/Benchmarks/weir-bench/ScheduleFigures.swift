import WeirCheck
import WeirDiagnostics
import WeirEndpoint
import WeirGraph
import WeirProgram
import WeirRun
import WeirSyntax
import WeirValues

/// What a step costs beside the asking: the plan alone, and a whole run of steps that are answered
/// at once.
enum ScheduleFigures {
  private static let rounds = 5
  private static let concurrency = 64
  private static let sizes = [1_000, 100_000]

  static func measure() async {
    for size in sizes {
      let graph = layered(size)
      let time = Stopwatch.median(of: rounds) { walk(graph) }
      print("plan_\(size)", time.nanoseconds(per: size))
    }
    for size in sizes {
      guard let run = prepared(size) else { return print("the flow is wrong") }
      let endpoint = InstantEndpoint()
      let time = await Stopwatch.median(of: rounds) {
        let report = await Runner(run, endpoints: ["openai": endpoint], concurrency: concurrency).run()
        precondition(report.isComplete, "a step that is answered at once failed")
      }
      print("run_\(size)", time.nanoseconds(per: size))
    }
  }

  /// Every node needs two of the layer before it.
  private static func layered(_ size: Int) -> Graph {
    let width = 100
    let nodes = (0..<size).map { Node(.step, .value(ValueID($0)), name: "s\($0)", type: .string) }
    let needs = (0..<size).map { place -> [Int] in
      guard place >= width else { return [] }
      let start = (place / width - 1) * width
      return [start + place % width, start + (place * 7 + 1) % width]
    }
    return Graph(nodes, needs: needs)
  }

  private static func walk(_ graph: Graph) {
    var plan = Plan(graph)
    while !plan.isFinished {
      for node in plan.takeReady(limit: concurrency) { plan.finish(node, with: .done) }
    }
  }

  private static func prepared(_ size: Int) -> PreparedRun? {
    var text = ""
    for place in 0..<size { text += "step s\(place) { model: \"m\", prompt: \"Say \(place)\" }\n" }
    text += "output s\(size - 1)\n"
    let program = check(parse(SourceFile(path: "made.flow", text: text)).0).program
    return prepare(program, RunOptions(providers: ["openai"], defaultProvider: "openai")).run
  }
}

/// Answers without a wait and without a network.
private struct InstantEndpoint: Endpoint {
  func send(_ request: EndpointRequest) async throws(EndpointFailure) -> EndpointReply {
    EndpointReply(text: "ok")
  }
}
