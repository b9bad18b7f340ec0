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
  private static let sizes = [1_000, 10_000, 100_000]

  static func measure() async {
    for size in sizes {
      let graph = layered(size)
      print("plan_\(size)", Stopwatch.median(of: rounds) { walk(graph) }.nanoseconds(per: size))
    }
    for size in sizes {
      let graph = looped
      let time = Stopwatch.median(of: rounds) { walk(graph, passes: size / 2) }
      print("plan_for_\(size)", time.nanoseconds(per: size))
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
    for size in sizes {
      guard let run = loopedRun(size / 2) else { return print("the flow is wrong") }
      let endpoint = InstantEndpoint()
      let time = await Stopwatch.median(of: rounds) {
        let report = await Runner(run, endpoints: ["openai": endpoint], concurrency: concurrency).run()
        precondition(report.isComplete, "a step that is answered at once failed")
      }
      print("run_for_\(size)", time.nanoseconds(per: size))
    }
  }

  /// Every step needs two of the layer before it.
  private static func layered(_ size: Int) -> Graph {
    let width = 100
    var text = ""
    for place in 0..<size {
      let start = (place / width - 1) * width
      let needs = place < width ? "" : "{{s\(start + place % width)}} {{s\(start + (place * 7 + 1) % width)}}"
      text += "step s\(place) { model: \"m\", prompt: \"Say \(needs)\" }\n"
    }
    return Graph(checked(text + "output s\(size - 1)\n"))
  }

  /// Two steps for each element of a list.
  private static var looped: Graph { Graph(checked(loop)) }

  private static var loop: String {
    """
    input pages: [string]
    for page in pages {
      step notes { model: "m", prompt: "Summarise {{page}}" }
      step score { model: "m", prompt: "Score {{notes}}" }
      let row = {notes: notes, score: score}
    }
    output row

    """
  }

  private static func loopedRun(_ passes: Int) -> PreparedRun? {
    var options = RunOptions(providers: ["openai"], defaultProvider: "openai")
    options.inputs["pages"] = .list((0..<passes).map { .string("page \($0)") })
    return prepare(checked(loop), options).run
  }

  private static func walk(_ graph: Graph, passes: Int = 0) {
    var plan = Plan(graph)
    while !plan.isFinished {
      for case .do(let place) in plan.takeReady(limit: concurrency).duties {
        if graph[plan.block(of: place.frame)][place.node].kind == .for {
          _ = plan.open(place, passes: passes)
        } else {
          _ = plan.finish(place, with: .done)
        }
      }
    }
  }

  private static func checked(_ text: String) -> Program {
    check(parse(SourceFile(path: "made.flow", text: text)).0).program
  }

  private static func prepared(_ size: Int) -> PreparedRun? {
    var text = ""
    for place in 0..<size { text += "step s\(place) { model: \"m\", prompt: \"Say \(place)\" }\n" }
    text += "output s\(size - 1)\n"
    return prepare(checked(text), RunOptions(providers: ["openai"], defaultProvider: "openai")).run
  }
}

/// Answers without a wait and without a network.
private struct InstantEndpoint: Endpoint {
  func send(_ request: EndpointRequest) async throws(EndpointFailure) -> EndpointReply {
    EndpointReply(text: "ok")
  }
}
