/// A `for`, `if`, `repeat` or `call` of one frame from when it is opened until all its frames are closed.
struct Opening: Sendable {
  let frame: Int
  let node: Int
  let kind: Node.Kind
  /// The block of its frames; of an `if` the branch that was taken.
  let block: Int
  /// How many passes it has; of a `repeat`, how many at most.
  let passes: Int
  /// How many of them have begun.
  var begun = 0
  var openFrames = 0
  /// How many open frames have never had a step ready.
  var idleFrames = 0
  /// Whether a `repeat` makes no further pass.
  var isEnded = false
  /// Whether it stands among the loops whose next pass may begin.
  var isListed = false

  /// A loop with so many frames that have brought no step does not begin further passes: they would
  /// wait as well, for something outside.
  private static let mostIdleFrames = 16

  var mayBegin: Bool { kind == .for && begun < passes && idleFrames < Self.mostIdleFrames }

  var isOver: Bool {
    guard openFrames == 0 else { return false }
    return switch kind {
    case .for: begun == passes
    case .repeat: isEnded
    case .if, .call: true
    case .input, .element, .index, .variable, .let, .step, .run, .meta, .until, .next, .export, .output:
      preconditionFailure("a `\(kind.rawValue)` has no frames")
    }
  }
}
