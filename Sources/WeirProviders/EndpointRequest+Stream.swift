import WeirEndpoint
import WeirValues

extension EndpointRequest {
  /// An answer in pieces would arrive as a series of events, which no dialect here reads.
  func refuseStream() throws(EndpointFailure) {
    guard let stream = options["stream"], stream != .bool(false), !stream.isNull else { return }
    throw EndpointFailure(
      .invalidRequest, "`stream` in `options` asks for an answer in pieces",
      advice: "take it away: the answer is read as a whole")
  }
}
