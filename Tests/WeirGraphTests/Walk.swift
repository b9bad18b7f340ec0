import Testing
import WeirGraph

/// Where something is in a run: through which nodes and passes the frame was reached, and which node it is.
struct Spot: Hashable {
  struct Stretch: Hashable {
    let site: Site
    let pass: Int
  }

  let path: [Stretch]
  let site: Site

  /// Those of the loops alone.
  func passes(in graph: Graph) -> [Int] {
    path.filter { [.for, .repeat].contains(graph[$0.site].kind) }.map(\.pass)
  }
}

/// What the world does in a run: the same however it is scheduled.
struct World {
  var passes: (Spot) -> Int = { _ in 3 }
  var branch: (Spot) -> Int? = { _ in 0 }
  var bound: (Spot) -> Int = { _ in 3 }
  var stops: (Spot) -> Bool = { _ in false }
  var fails: (Spot) -> Bool = { _ in false }
}

/// A runner without values. It holds the plan to its promises at every turn: nothing twice, nothing before what it
/// needs, no frame that was not begun or is closed.
struct Walk {
  let graph: Graph
  private let keys: Keys
  private let world: World
  private(set) var plan: Plan
  /// How each node has ended.
  private(set) var ends: [Spot: Plan.State] = [:]
  private(set) var skips: [Spot: Changes.Skip] = [:]
  private(set) var sources: [Spot: Changes.Source] = [:]
  /// In the order in which they were handed out: `step_notes 0.2`.
  private(set) var log: [String] = []
  private(set) var mostFrames = 0
  private(set) var frames: [FrameID: [Spot.Stretch]] = [.main: []]
  private(set) var waiting: [Place] = []
  private var handedOut: Set<Spot> = []

  init(_ graph: Graph, _ world: World = World()) {
    self.graph = graph
    keys = Keys(graph)
    self.world = world
    plan = Plan(graph)
  }

  func spot(_ place: Place) -> Spot? {
    frames[place.frame].map {
      Spot(path: $0, site: Site(block: plan.block(of: place.frame), node: place.node))
    }
  }

  func name(_ spot: Spot) -> String {
    let passes = spot.passes(in: graph).map(String.init).joined(separator: ".")
    return passes.isEmpty ? keys[spot.site] : "\(keys[spot.site]) \(passes)"
  }

  /// The names of those that have ended so, sorted.
  func names(_ state: Plan.State) -> [String] {
    ends.filter { $0.value == state }.map { name($0.key) }.sorted()
  }

  // MARK: Walking

  /// Runs to the end; `pick` says which of so many duties under way ends next.
  mutating func run(limit: Int = 4, pick: (Int) -> Int = { _ in 0 }) {
    repeat {
      while take(limit: limit - steps) {}
      guard !waiting.isEmpty else { break }
      end(waiting.remove(at: pick(waiting.count)))
    } while true
    #expect(plan.isFinished)
    #expect(frames.keys.allSatisfy { $0 == .main }, "frames are left")
  }

  /// As `#expect`, which costs too much for what is asked at every turn.
  private func expect(_ holds: Bool, _ promise: @autoclosure () -> String = "the plan keeps to its order") {
    if !holds { Issue.record(Comment(rawValue: promise())) }
  }

  private var steps: Int { waiting.count { isAsking($0) } }

  private func isAsking(_ place: Place) -> Bool {
    graph[Site(block: plan.block(of: place.frame), node: place.node)].isAsking
  }

  /// Takes what is ready, and returns whether there was any.
  mutating func take(limit: Int) -> Bool {
    let ready = plan.takeReady(limit: limit)
    note(ready.changes)
    for duty in ready.duties {
      switch duty {
      case .begin(let frame, let pass, let owner): begin(frame, pass, of: owner)
      case .do(let place): accept(place)
      }
    }
    expect(
      ready.duties.count { if case .do(let place) = $0 { isAsking(place) } else { false } } <= max(0, limit))
    return !ready.duties.isEmpty
  }

  private mutating func begin(_ frame: FrameID, _ pass: Int, of owner: Place) {
    expect(frames[frame] == nil, "a frame begins once")
    guard let outside = spot(owner) else {
      Issue.record("a frame begins inside one that is there")
      return
    }
    expect(plan.owner(of: frame) == owner && plan.pass(of: frame) == pass)
    frames[frame] = outside.path + [.init(site: outside.site, pass: pass)]
    mostFrames = max(mostFrames, frames.count)
  }

  private mutating func accept(_ place: Place) {
    guard let spot = spot(place) else {
      Issue.record("nothing is handed out of a frame that is not there")
      return
    }
    expect(handedOut.insert(spot).inserted, "\(name(spot)) is handed out once")
    expect(plan.passes(of: place.frame) == spot.passes(in: graph))
    for need in graph.needs(of: spot.site) {
      let depth = graph[need.block].depth
      let flowDepth = spot.path.count - graph[spot.site.block].depth
      let outside = Spot(path: Array(spot.path.prefix(flowDepth + depth)), site: need)
      expect(
        graph[need].kind.isVariable || ends[outside] == .done, "\(name(spot)) waits for \(name(outside))")
    }
    log.append(name(spot))
    waiting.append(place)
  }

  private mutating func end(_ place: Place) {
    guard let spot = spot(place) else { return }
    let kind = graph[spot.site].kind
    let fails = world.fails(spot)
    if fails {
      ends[spot] = .failed
    } else if kind != .call {
      ends[spot] = .done
    }
    switch kind {
    case _ where fails: note(plan.finish(place, with: .failed))
    case .for: note(plan.open(place, passes: world.passes(spot)))
    case .if: note(plan.choose(place, branch: world.branch(spot)))
    case .repeat: note(plan.start(place, bound: world.bound(spot)))
    case .until: note(plan.decide(place, stops: world.stops(spot)))
    case .call: note(plan.enter(place))
    default: note(plan.finish(place, with: .done))
    }
  }

  private mutating func note(_ changes: Changes) {
    for completion in changes.completed {
      guard let spot = spot(completion.place) else { continue }
      expect(ends.updateValue(.done, forKey: spot) == nil, "\(name(spot)) ends once")
      sources[spot] = completion.value
      switch completion.value {
      case .value(let place):
        guard let inner = self.spot(place) else {
          Issue.record("the value of \(name(spot)) is in a frame that is there")
          continue
        }
        expect(graph[inner.site].kind.isVariable || ends[inner] == .done)
      case .outputs(let frame): expect(frames[frame] != nil)
      case .passes, .null: break
      }
    }
    for skipped in changes.skipped {
      // What is skipped may be in a frame that never begins.
      let spot = Spot(
        path: path(of: skipped.place.frame),
        site: Site(block: plan.block(of: skipped.place.frame), node: skipped.place.node))
      expect(ends.updateValue(.skipped, forKey: spot) == nil, "\(name(spot)) ends once")
      skips[spot] = skipped.cause
    }
    for frame in changes.closed {
      expect(frames.removeValue(forKey: frame) != nil, "what has begun is closed")
    }
  }

  private func path(of frame: FrameID) -> [Spot.Stretch] {
    if let path = frames[frame] { return path }
    guard let owner = plan.owner(of: frame) else { return [] }
    let site = Site(block: plan.block(of: owner.frame), node: owner.node)
    return path(of: owner.frame) + [.init(site: site, pass: plan.pass(of: frame))]
  }
}

extension Graph {
  func key(_ site: Site) -> String { Keys(self)[site] }

  /// Those of the flow that is run.
  var keys: [String] { main.ids.map { key(Site(block: .main, node: $0)) } }

  var allKeys: [String] {
    let keys = Keys(self)
    return blocks.flatMap { block in block.ids.map { keys[Site(block: block.id, node: $0)] } }
  }
}
