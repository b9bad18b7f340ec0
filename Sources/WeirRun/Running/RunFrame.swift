import WeirGraph
import WeirProgram
import WeirValues

/// The values of one pass of a body, of a branch that was taken, or of a flow that was called.
struct RunFrame {
  let block: BlockID
  /// The node that it belongs to; nil for the flow that is run.
  let owner: Place?
  /// The index of the element, the branch or the pass.
  let pass: Int
  /// The passes of all loops around it, the outermost first.
  let passes: [Int]
  /// Whether what it makes is gathered into lists outside.
  let isInLoop: Bool
  /// By node.
  var values: [Value?]
  /// What a call has passed on, for the inputs of its flow.
  var arguments: [ValueID: Value] = [:]
  /// What steps have sent that others carry on, by node.
  var conversations: [NodeID: Conversation] = [:]
}

/// A `for` under way.
struct RunningLoop {
  let elements: [Value]
  /// How many of its frames are still to be closed.
  var left: Int
  /// What its passes have made so far of what is read outside, by the node that makes it.
  var gathered: [NodeID: [Value]]
}

/// A `repeat` under way.
struct RunningRepeat {
  let bound: Int
  /// What the next pass begins with.
  var value: Value
}
