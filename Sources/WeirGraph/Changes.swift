/// A frame of a plan: one pass of a body, a branch that was taken, a flow that was called. The number is
/// used again for another frame of the same block once the frame is closed and the plan is called again. Frame 0
/// is the flow that is run.
package struct FrameID: Sendable, Hashable {
  private let place: Int32
  package init(_ index: Int) { place = Int32(index) }
  package var index: Int { Int(place) }
  package static let main = FrameID(0)
}

/// A node in a frame.
package struct Place: Sendable, Hashable {
  package let frame: FrameID
  package let node: NodeID

  package init(frame: FrameID, node: NodeID) {
    self.frame = frame
    self.node = node
  }
}

/// One thing for a runner to do.
package enum Duty: Sendable, Hashable {
  /// A frame begins: its variables are to be set. Comes right before the first node of that frame, which
  /// may be long after what opened it. `pass` is the index of the element, the branch or the pass, and 0 for
  /// a call.
  case begin(FrameID, pass: Int, of: Place)
  /// A node is ready. A `for` is answered by `open`, an `if` by `choose`, a `repeat` by `start`, an `until` by
  /// `decide`, a `call` by `enter`, all others by `finish`; those that fail by `finish`, too.
  case `do`(Place)
}

/// What takes place because something was done.
package struct Changes: Sendable {
  /// Values that are there now, inner ones before those that are made of them. To be gathered before frames
  /// are dropped and before more is done.
  package internal(set) var completed: [Completion] = []
  /// Nodes that will never run. Of a `for`, `if`, `repeat` or `call` among them no frame has been opened,
  /// and none of what stands in it is named; of a `call` one may have been, when what it gives has failed. The frame
  /// of a node may be one that never begins: the plan knows its passes.
  package internal(set) var skipped: [Skipped] = []
  /// Frames that have begun and of which nothing is left. One in which nothing could be done never begins.
  package internal(set) var closed: [FrameID] = []

  package var isEmpty: Bool { completed.isEmpty && skipped.isEmpty && closed.isEmpty }

  package struct Completion: Sendable, Hashable {
    /// An export or a call.
    package let place: Place
    package let value: Source
  }

  package enum Source: Sendable, Hashable {
    /// The list of what the export's inner node has given in each pass of a `for`; empty without passes.
    case passes
    /// The value of the branch that was taken, or of the last pass of a `repeat`.
    case value(Place)
    /// The branch that was taken does not make it, or none was.
    case null
    /// The outputs of the flow in this frame.
    case outputs(FrameID)
  }

  package struct Skipped: Sendable, Hashable {
    package let place: Place
    package let cause: Skip
  }

  /// Why a node will never run.
  package struct Skip: Sendable, Hashable {
    /// The failure that everything began with.
    package let root: Site
    /// The need of the node that led there: the failure itself, or another node skipped for it.
    package let through: Site
  }
}
