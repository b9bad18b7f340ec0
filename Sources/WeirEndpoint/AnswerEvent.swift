/// What happens between a request and its whole answer.
package enum AnswerEvent: Sendable, Hashable {
  /// The answer goes on with this text.
  case text(String)
  /// What has come of the answer is taken back, and this stands in its place: what streams that send the
  /// whole answer each time do now and then, and what a new attempt does (then it is empty).
  case rewritten(String)
  /// The reasoning goes on with this text.
  case reasoning(String)
  /// A queue has taken the request.
  case submitted(QueueJob)
  /// So many are before it in the queue.
  case position(Int)
  /// It has left the queue.
  case begun
  /// How far the request has come cannot be heard of now, and why; it is asked for again.
  case unheard(why: String)
  /// A line that the service logs.
  case log(String)
  /// Nothing is sent to this provider for so long, whatever asks.
  case held(Duration, why: String)
}

/// A request in a service's queue: what its result is fetched by, also by another process.
package struct QueueJob: Sendable, Hashable {
  package let id: String
  package let statusAddress: String
  package let resultAddress: String
  package let cancelAddress: String

  package init(id: String, statusAddress: String, resultAddress: String, cancelAddress: String) {
    self.id = id
    self.statusAddress = statusAddress
    self.resultAddress = resultAddress
    self.cancelAddress = cancelAddress
  }
}
