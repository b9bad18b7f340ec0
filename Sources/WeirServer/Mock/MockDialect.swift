import WeirEndpoint
import WeirValues

/// How one vendor's endpoint speaks: what it takes for a question, an answer and an error.
protocol MockDialect: Sendable {
  /// Why the key is not taken; nil when it is.
  func keyProblem(_ fields: HTTPRequestFields) -> String?

  /// Reads the body of a request, whatever is in it.
  func question(_ body: [UInt8], files: MockFiles) throws(MockRefusal) -> MockQuestion

  /// Why a model that takes none of these forms is not asked this; nil where it is.
  func refusal(of question: MockQuestion, taking none: Set<AnswerForm>) -> MockRefusal?

  /// Why this model cannot answer; nil where it can.
  func refusal(of question: MockQuestion, by model: String) -> MockRefusal?

  func reply(_ answer: MockAnswer, to question: MockQuestion) -> HTTPServerReply

  /// The same answer as a stream: what it says, and the header fields beside the type.
  func stream(
    _ answer: MockAnswer, to question: MockQuestion, _ shape: MockStreamShape
  ) -> (fields: HTTPFields, events: any IteratorProtocol<MockEvent>)

  /// An error that is not about a field of the body.
  func failure(_ status: Int, _ message: String) -> MockRefusal

  /// A reply of status 200 that says that it failed.
  func failureInSuccess(_ message: String) -> HTTPServerReply
}

extension MockDialect {
  func refusal(of question: MockQuestion, taking none: Set<AnswerForm>) -> MockRefusal? { nil }
  func refusal(of question: MockQuestion, by model: String) -> MockRefusal? { nil }
}

/// An error in the vendor's own shape, with the words for the log.
struct MockRefusal: Error {
  var reply: HTTPServerReply
  let message: String

  init(_ status: Int, _ body: Value, fields: HTTPFields = [:], message: String) {
    reply = HTTPServerReply(json: body, status: status, fields: fields)
    self.message = message
  }
}

extension HTTPServerReply {
  init(json body: Value, status: Int = 200, fields: HTTPFields = [:]) {
    var fields = fields
    fields.append("content-type", "application/json")
    self.init(status, fields, body: body.jsonBytes())
  }
}

extension HTTPRequestFields {
  /// Why there is no good key after `scheme`. Any key is good but an empty one and `invalid`.
  func keyProblem(scheme: String) -> String? {
    guard let value = self["authorization"], !value.isEmpty else {
      return "no key was sent; expected `Authorization: \(scheme) …`"
    }
    let parts = value.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == scheme.lowercased() else {
      return "the key was not sent as `Authorization: \(scheme) …`"
    }
    return parts[1] == "invalid" ? "the key is not valid" : nil
  }
}
