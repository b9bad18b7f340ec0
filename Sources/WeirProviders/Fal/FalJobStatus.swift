import WeirValues

/// How far a job of fal's queue has come.
///
/// Done does not mean well: what became of it, its result says.
package struct FalJobStatus: Sendable, Hashable {
  package var stage: Stage
  /// Lines that the model's program wrote: all so far, or in a stream those since the last status.
  package var logs: [String] = []
  /// Why it failed, where the status says that it has.
  package var error: String?
  /// The word that names the error.
  package var errorType: String?

  package enum Stage: Sendable, Hashable {
    /// So many are before it, where fal says so.
    case waiting(position: Int?)
    case running
    case done
  }
}

extension FalJobStatus {
  /// Nil for what is no status. fal: model-endpoints/queue; there is no status for failure.
  init?(json body: Value) {
    switch body["status"]?.string {
    case "IN_QUEUE":
      self.init(stage: .waiting(position: body["queue_position"]?.number?.int.flatMap { $0 < 0 ? nil : $0 }))
    case "IN_PROGRESS": self.init(stage: .running)
    case "COMPLETED": self.init(stage: .done)
    default: return nil
    }
    logs = (body["logs"]?.list ?? []).compactMap { $0["message"]?.string ?? $0.string }
    if let error = body["error"], !error.isNull, error.string != "" {
      self.error = error.string ?? error["message"]?.string ?? error.json()
    }
    errorType = body["error_type"]?.string
  }
}
