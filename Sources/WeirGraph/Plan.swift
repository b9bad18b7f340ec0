/// What is left to do. Knows nothing about time, tasks or the network.
///
/// Hands out each node once in each frame, when everything it needs is done. What needs a failure, however
/// far away, is skipped with its cause. Opening a frame costs as much as its block has nodes; every node and
/// every edge of a frame is looked at once, in flat arrays that closed frames leave to others. It does not
/// hold the values: those are the runner's.
///
/// The passes of a `for` begin one by one, as `takeReady` has room for more steps, so that a long list
/// does not mean as many frames. A body can begin before all that it reads outside is there.
package struct Plan: Sendable {
  package enum State: Sendable, Hashable {
    case waiting, ready, running, done, failed, skipped
    /// It stands below an `until` that held.
    case cut
  }

  package enum Outcome: Sendable {
    case done, failed
  }

  package struct Ready: Sendable {
    package internal(set) var duties: [Duty] = []
    /// What beginning new passes has brought about: skips, mostly. To be seen to before the duties.
    package internal(set) var changes = Changes()
  }

  package init(_ graph: Graph) { fatalError("being written") }

  /// Whether every node of the flow is done, failed, skipped or cut, and every frame closed.
  package var isFinished: Bool { fatalError("being written") }

  package func block(of frame: FrameID) -> BlockID { fatalError("being written") }

  /// Where the `for`, `if`, `repeat` or `call` stands that a frame belongs to; nil for the main one.
  package func owner(of frame: FrameID) -> Place? { fatalError("being written") }

  /// The index of the element, the branch or the pass that a frame is for.
  package func pass(of frame: FrameID) -> Int { fatalError("being written") }

  /// The passes of the loops that a frame stands in, outermost first, through calls and branches.
  package func passes(of frame: FrameID) -> [Int] { fatalError("being written") }

  package func state(of place: Place) -> State { fatalError("being written") }

  /// Why a node was skipped, if it was.
  package func skip(of place: Place) -> Changes.Skip? { fatalError("being written") }

  /// What can start now and was not handed out before: all that asks nobody, and at most `limit` steps and
  /// runs. To be called until it hands out nothing. Inputs are handed out too, those of a called flow as well.
  package mutating func takeReady(limit: Int) -> Ready { fatalError("being written") }

  /// Notes how a node that was handed out has ended. The value of `next` is to be kept for the pass that
  /// begins then, for the frame may close.
  package mutating func finish(_ place: Place, with outcome: Outcome) -> Changes { fatalError("being written") }

  /// A `for` whose list has so many elements.
  package mutating func open(_ place: Place, passes: Int) -> Changes { fatalError("being written") }

  /// An `if`, of which this branch is taken, or none.
  package mutating func choose(_ place: Place, branch: Int?) -> Changes { fatalError("being written") }

  /// A `repeat` of at most `bound` passes, at least 1; begins the first.
  package mutating func start(_ place: Place, bound: Int) -> Changes { fatalError("being written") }

  /// An `until` that was handed out, and whether it holds.
  package mutating func decide(_ place: Place, stops: Bool) -> Changes { fatalError("being written") }

  /// A `call` whose arguments are there.
  package mutating func enter(_ place: Place) -> Changes { fatalError("being written") }
}
