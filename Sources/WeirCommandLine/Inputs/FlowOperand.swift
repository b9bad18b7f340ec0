import WeirDiagnostics
import WeirProject

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What a word on the command line that stands for flows leads to.
enum FlowOperand: Sendable {
  case flow(String)
  case none(String, LoadFailure)

  /// The flows that the words name, each once: of a folder all below it, and without any word those of the
  /// current folder.
  static func all(_ words: [String], in files: ProjectFiles) -> [FlowOperand] {
    var seen: Set<String> = []
    var operands: [FlowOperand] = []
    for path in words.isEmpty ? ["."] : words {
      do {
        for flow in try files.flows(at: path) where seen.insert(files.resolve(flow)).inserted {
          operands.append(.flow(flow))
        }
      } catch {
        operands.append(.none(path, error))
      }
    }
    return operands
  }
}

extension [FlowOperand] {
  /// What `work` makes of each, in order. Each core takes every so-manieth, so that all have about the
  /// same work.
  func inLanes<Result: Sendable>(
    _ work: @escaping @Sendable (_ lane: [FlowOperand]) -> [Result]
  ) async -> [Result] {
    let lanes = Swift.max(1, Swift.min(ProcessInfo.processInfo.activeProcessorCount, count / 8))
    guard lanes > 1 else { return work(self) }
    let results = await withTaskGroup(of: (Int, [Result]).self) { group in
      for lane in 0..<lanes {
        let operands = stride(from: lane, to: count, by: lanes).map { self[$0] }
        group.addTask { (lane, work(operands)) }
      }
      var results = Array<[Result]>(repeating: [], count: lanes)
      for await (lane, made) in group { results[lane] = made }
      return results
    }
    return indices.map { results[$0 % lanes][$0 / lanes] }
  }
}
