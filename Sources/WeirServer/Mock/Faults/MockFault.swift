/// What goes wrong with one answer. Nothing does by default.
struct MockFault: Sendable, Hashable {
  /// What is said instead of the right answer.
  var instead: Instead?
  /// Header fields beside, or in the place of those that the answer has.
  var fields: [Fault.Field] = []
  /// What the model says, in the right form.
  var answer: String?
  /// How long nothing is sent.
  var delay: Duration?
  /// How fast the body comes.
  var bytesPerSecond: Int?
  var cut: Cut?
  /// How it ends where it is cut.
  var ending = HTTPEnding.cut
  var style = EventStyle()
  var shape = MockStreamShape()
  /// What the status of a job in the queue says when it is done.
  var job: JobFailure?

  enum Instead: Sendable, Hashable {
    /// The vendor's own error of the status, or this body.
    case status(Int, body: String?)
    case errorInSuccess(String)
    /// 200, and a body that is not what its type says.
    case garbage(String)
    /// 502 with the page of a proxy.
    case proxyPage
    /// 200 without a body.
    case empty
    case nothing(HTTPEnding)
  }

  enum Cut: Sendable, Hashable {
    case beforeHeaders
    /// Half of the body.
    case inBody
    /// Half of the event in the middle, and what is before it.
    case inEvent
    case afterBytes(Int)
    case afterEvents(Int)
  }

  struct JobFailure: Sendable, Hashable {
    let message: String
    let type: String
  }

  /// Whether the client does not get the answer, so that it is still to be given.
  var takesAnswer: Bool { instead != nil || cut != nil || shape.failure != nil || job != nil }

  init() {}

  init(_ fault: Fault) {
    switch fault {
    case .status(let status, let fields, let body):
      instead = .status(status, body: body)
      self.fields = fields
    case .hang: instead = .nothing(.hang)
    case .cut: cut = .inBody
    case .reset: instead = .nothing(.reset)
    case .html502: instead = .proxyPage
    case .empty200: instead = .empty
    case .error200: instead = .errorInSuccess(Self.failed)
    }
  }

  static let failed = "a fault of the mock: the provider failed"
}
