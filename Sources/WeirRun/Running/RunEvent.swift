/// Something that happened to a step while it ran, for whoever shows progress. In the order in
/// which it happened, which is not the order of the source.
package enum RunEvent: Sendable {
  case started(step: String)
  /// A request has failed and is sent again after a wait. Told by the policy around an endpoint;
  /// the runner itself sends no request twice.
  case retrying(step: String, wait: Duration, why: String)
  /// A model of a list has failed for good, and the next one is asked.
  case fallingBack(step: String, to: ModelChoice, why: String)
  case ended(step: String, StepOutcome)
}
