import WeirGraph
import WeirProgram

extension Graph {
  /// The flows that are called, by the blocks that they are here.
  var calledFlows: [BlockID: FlowID] {
    var flows: [BlockID: FlowID] = [:]
    for block in blocks {
      for node in block.nodes {
        if case .work(.call(let call)) = node.origin, let body = node.blocks.first { flows[body] = call.flow }
      }
    }
    return flows
  }
}

extension Program {
  /// The flow that a block is; the one that is run where no other is.
  func flow(of block: BlockID, _ flows: [BlockID: FlowID]) -> FlowBody {
    flows[block].map { self[$0] } ?? main
  }
}
