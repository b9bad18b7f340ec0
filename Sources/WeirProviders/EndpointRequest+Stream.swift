import WeirEndpoint
import WeirValues

extension EndpointRequest {
  /// How an answer comes is not for `options` to say: who sends the request has to know it.
  func refuseStream() throws(EndpointFailure) {
    guard let stream = options["stream"], stream != .bool(false), !stream.isNull else { return }
    throw EndpointFailure(
      .invalidRequest, "`stream` in `options` asks for an answer in pieces",
      advice: "say `via: \"stream\"` instead"
    ).refusing("options")
  }
}
