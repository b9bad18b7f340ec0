import WeirValues

/// What a stream of `chat/completions` says, one event after another, made when it is asked for.
struct ChatEvents: IteratorProtocol {
  private let answer: MockAnswer
  private let vendor: ChatMock.Vendor
  private let shape: MockStreamShape
  private let hasUsage: Bool
  private var steps: ArraySlice<Step>
  private let text: [UInt8]
  private let reasoning: [UInt8]
  /// The bytes around the text of a chunk, which are the same for all.
  private let frame: (before: [UInt8], after: [UInt8])

  private enum Step {
    case comment
    case role
    case reasoning(Range<Int>)
    case content(Range<Int>)
    /// The arguments in a range, in bytes; with id and name in the first piece.
    case call(Int, Range<Int>, isFirst: Bool)
    case picture
    case finish
    case usage
    case failure(MockStreamShape.Break)
    case done
  }

  init(_ answer: MockAnswer, _ vendor: ChatMock.Vendor, wantsUsage: Bool, _ shape: MockStreamShape) {
    self.answer = answer
    self.vendor = vendor
    self.shape = shape
    hasUsage =
      shape.usage == nil ? vendor != .openAI || wantsUsage : shape.usage != MockStreamShape.UsagePlace.none
    text = Array(answer.text.utf8)
    reasoning = Array((answer.reasoning ?? "").utf8)
    steps = Self.steps(of: answer, vendor, shape, hasUsage: hasUsage)[...]
    frame = Self.frame(answer, vendor, isUsageAnnounced: vendor == .openAI && wantsUsage)
  }

  mutating func next() -> MockEvent? {
    guard let step = steps.popFirst() else { return nil }
    return event(step)
  }

  // MARK: Steps

  private static func steps(
    of answer: MockAnswer, _ vendor: ChatMock.Vendor, _ shape: MockStreamShape, hasUsage: Bool
  ) -> [Step] {
    var steps: [Step] = pieces(of: answer, shape)
    if let failure = shape.failure {
      steps = [.role] + steps.prefix(failure.after) + [.failure(failure)]
      if failure.isDone { steps.append(.done) }
    } else {
      steps.insert(.role, at: 0)
      if answer.paints { steps.append(.picture) }
      if shape.hasFinish { steps.append(.finish) }
      if hasUsage, shape.usage != .finish { steps.append(.usage) }
      if shape.hasDone { steps.append(.done) }
    }
    if vendor != .openAI { steps.insert(.comment, at: 0) }
    return steps
  }

  /// The pieces of the answer itself, which come at its pace.
  private static func pieces(of answer: MockAnswer, _ shape: MockStreamShape) -> [Step] {
    let rhythm = answer.rhythm
    var steps = ranges(rhythm.ends(of: answer.reasoning ?? "")).map(Step.reasoning)
    steps += ranges(rhythm.ends(of: answer.text)).map(Step.content)
    for (index, call) in answer.calls.enumerated() {
      let ends = shape.calls == .whole ? [call.arguments.utf8.count] : [0] + rhythm.ends(of: call.arguments)
      for (place, range) in ranges(ends).enumerated() {
        steps.append(.call(index, range, isFirst: place == 0))
      }
    }
    return steps
  }

  private static func ranges(_ ends: [Int]) -> [Range<Int>] {
    zip([0] + ends, ends).map { $0..<$1 }
  }

  // MARK: Events

  private func event(_ step: Step) -> MockEvent {
    let pace = answer.rhythm.pace
    switch step {
    case .comment: return .comment("OPENROUTER PROCESSING")
    case .role:
      return chunk(["role": .string("assistant"), "content": .string("")], pause: answer.rhythm.latency)
    case .content(let range):
      return .data(frame.before + Self.quoted(text[range]) + frame.after, pause: pace)
    case .reasoning(let range): return chunk(reasoningDelta(range), pause: pace)
    case .call(let index, let range, let isFirst):
      return chunk(["tool_calls": .list([call(index, range, isFirst: isFirst)])], pause: pace)
    case .picture: return chunk(["images": .list([OpenRouterShape.picture])], pause: pace)
    case .finish: return finish
    case .usage: return body(choices: [], usage: usage)
    case .failure(let failure): return self.failure(failure)
    case .done: return .data(Array("[DONE]".utf8))
    }
  }

  private static func quoted(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    Value.string(String(decoding: bytes, as: UTF8.self)).jsonBytes()
  }

  private func reasoningDelta(_ range: Range<Int>) -> Record {
    let piece = Value.string(String(decoding: reasoning[range], as: UTF8.self))
    return [
      "content": .string(""), "reasoning": piece,
      "reasoning_details": .list([OpenRouterShape.reasoningDetail(piece)]),
    ]
  }

  private func call(_ index: Int, _ range: Range<Int>, isFirst: Bool) -> Value {
    let call = answer.calls[index]
    var function: Record = isFirst ? ["name": .string(call.name)] : [:]
    function["arguments"] = .string(String(decoding: Array(call.arguments.utf8)[range], as: UTF8.self))
    var delta: Record = shape.calls == .unnumbered ? [:] : ["index": .int(index)]
    if isFirst {
      delta["id"] = .string(answer.callID(index))
      delta["type"] = .string("function")
    }
    delta["function"] = .record(function)
    return .record(delta)
  }

  private var finish: MockEvent {
    let choice = Self.choice(["content": .string("")], vendor, finish: answer.finish)
    return body(choices: [.record(choice)], usage: shape.usage == .finish && hasUsage ? usage : nil)
  }

  private var usage: Value {
    .record(vendor == .openAI ? OpenAIShape.usage(answer) : OpenRouterShape.usage(answer))
  }

  private func failure(_ failure: MockStreamShape.Break) -> MockEvent {
    var record = Self.base(answer, vendor)
    record["error"] = .record([
      "code": .int(502), "message": .string(failure.message),
      "metadata": .record(["error_type": .string("provider_unavailable")]),
    ])
    record["choices"] = .list([
      .record(Self.choice(["content": .string("")], vendor, finish: "error"))
    ])
    return .data(Value.record(record).jsonBytes(), pause: answer.rhythm.pace)
  }

  private func chunk(_ delta: Record, pause: Duration) -> MockEvent {
    var event = body(choices: [.record(Self.choice(delta, vendor, finish: nil))], usage: nil)
    event.pause = pause
    return event
  }

  private func body(choices: [Value], usage: Value?) -> MockEvent {
    var record = Self.base(answer, vendor)
    record["choices"] = .list(choices)
    record["usage"] = usage
    return .data(Value.record(record).jsonBytes())
  }

  // MARK: Shapes

  private static func base(_ answer: MockAnswer, _ vendor: ChatMock.Vendor) -> Record {
    var record: Record = [
      "id": .string(vendor == .openAI ? "chatcmpl-mock\(answer.number)" : answer.id),
      "object": .string("chat.completion.chunk"), "created": .int(answer.time),
      "model": .string(answer.model),
    ]
    if vendor != .openAI { record["provider"] = .string("Weir Mock") }
    record["system_fingerprint"] = .null
    return record
  }

  private static func choice(_ delta: Record, _ vendor: ChatMock.Vendor, finish: String?) -> Record {
    var choice: Record = [
      "index": .int(0), "delta": .record(delta), "finish_reason": finish.map { .string($0) } ?? .null,
    ]
    if vendor != .openAI {
      choice["native_finish_reason"] = finish.map { .string(OpenRouterShape.native($0)) } ?? .null
    }
    choice["logprobs"] = .null
    return choice
  }

  /// A chunk with a mark where the text will stand, cut at the mark.
  private static func frame(
    _ answer: MockAnswer, _ vendor: ChatMock.Vendor, isUsageAnnounced: Bool
  ) -> (before: [UInt8], after: [UInt8]) {
    let mark = "\u{1}weir\u{1}"
    var record = base(answer, vendor)
    record["choices"] = .list([.record(choice(["content": .string(mark)], vendor, finish: nil))])
    if isUsageAnnounced { record["usage"] = .null }
    let bytes = Value.record(record).jsonBytes()
    let quoted = Value.string(mark).jsonBytes()
    guard let place = bytes.firstRange(of: quoted) else {
      preconditionFailure("the JSON of a chunk holds the JSON of its text")
    }
    return (Array(bytes[..<place.lowerBound]), Array(bytes[place.upperBound...]))
  }
}
