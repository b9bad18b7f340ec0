import WeirValues

/// An endpoint that asks nobody: it plays a tape, and makes up what is not on it.
///
/// It never fails and costs nothing; what an answer cost when it was recorded stays with the tape.
package struct OfflineEndpoint: Endpoint {
  private let player: TapePlayer?

  package init(tape: Tape? = nil) { player = tape.map(TapePlayer.init) }

  package func send(_ request: EndpointRequest) async throws(EndpointFailure) -> EndpointReply {
    if let entry = player?.next(for: TapeQuestion(request)) {
      var reply = EndpointReply(playing: entry)
      // What a tape has of a picture is its address, which may be the picture itself.
      if request.wantsPicture { reply.pictures = [Picture(address: entry.answer)].compactMap { $0 } }
      return reply
    }
    var reply = EndpointReply(text: MadeUpAnswer.reply(to: request))
    reply.source = .madeUp
    if request.wantsPicture { reply.pictures = [MadeUpPicture.picture] }
    return reply
  }
}

extension EndpointReply {
  /// The answer of a tape. Its usage is unknown, for nothing was used.
  package init(playing entry: Tape.Entry) {
    self.init(text: entry.answer, finish: entry.calls.isEmpty ? .stop : .toolCalls)
    calls = entry.calls.enumerated().map {
      ToolCall(id: "call_\($0 + 1)", name: $1.name, arguments: $1.arguments)
    }
    model = entry.model
    source = .tape
  }
}
