import Testing
import WeirEndpoint
import WeirValues

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

@Suite struct TapeTests {
  private func request(_ prompt: String, step: String = "s", picture: Picture? = nil) -> EndpointRequest {
    var parts = [PromptPart.text(prompt)]
    if let picture { parts.append(.picture(picture)) }
    return EndpointRequest(step: step, model: "m", prompt: parts)
  }

  private func answers(_ entries: [Tape.Entry], _ requests: [EndpointRequest]) -> [String?] {
    let player = TapePlayer(Tape(entries))
    return requests.map { player.next(for: TapeQuestion($0))?.answer }
  }

  @Test func equalRequestsTakeTheNextAndThenStayAtTheLast() {
    let entries = ["1", "2"].map { Tape.Entry(prompt: "p", answer: $0) }
    #expect(
      answers(entries, [request("p"), request("p"), request("p"), request("q")]) == ["1", "2", "2", nil])
  }

  @Test func theMostSpecificComesFirst() {
    let entries = [
      Tape.Entry(answer: "anything"), Tape.Entry(step: "s", answer: "step"),
      Tape.Entry(prompt: "p", answer: "prompt"), Tape.Entry(step: "s", prompt: "p", answer: "both"),
    ]
    let order = ["both", "prompt", "step", "anything", "anything"]
    #expect(answers(entries, Array(repeating: request("p"), count: 5)) == order)
    #expect(answers(entries, [request("q", step: "t"), request("q")]) == ["anything", "step"])
  }

  @Test func anotherRequestUsesUpNothing() {
    let entries = ["1", "2"].map { Tape.Entry(step: "s", answer: $0) }
    let requests = [request("a"), request("b"), request("a"), request("b")]
    #expect(answers(entries, requests) == ["1", "1", "2", "2"])
    #expect(answers(entries, [requests[1], requests[3], requests[0], requests[2]]) == ["1", "2", "1", "2"])
  }

  @Test func picturesAreComparedByTheirContent() {
    let png = Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1])
    let entry = Tape.Entry(
      prompt: "p[image 1]", pictures: ["sha256:\(SHA256.hex(of: png))"], answer: "a picture")
    let link = Tape.Entry(prompt: "p[image 1]", pictures: ["https://a.test/b.png"], answer: "a link")
    let requests = [
      request("p", picture: .bytes(png, .png)), request("p", picture: .bytes(png + [2], .png)),
      request("p", picture: .address("https://a.test/b.png")),
    ]
    #expect(answers([entry, link], requests) == ["a picture", nil, "a link"])
  }

  @Test func filesAreComparedByTheirContentAmongThePictures() throws {
    let link = Picture.address("https://a.test/b.png")
    let parts = try ["1", "2"].map { text in
      PromptPart.document(try #require(Document(name: "a.pdf", bytes: Data("%PDF-\(text)".utf8))))
    }
    let requests = parts.map {
      EndpointRequest(step: "s", model: "m", prompt: [$0, .text(" and "), .picture(link), $0])
    }
    #expect(requests[0].prompt.text == "[file 1] and [image 1][file 2]")
    let name = "sha256:\(SHA256.hex(of: Data("%PDF-1".utf8)))"
    let entry = Tape.Entry(pictures: [name, "https://a.test/b.png", name], answer: "the first")
    #expect(answers([entry], requests) == ["the first", nil])

    let there = PromptPart.document(try #require(Document(address: "https://a.test/b.pdf")))
    let request = EndpointRequest(step: "s", model: "m", prompt: [there])
    let other = Tape.Entry(pictures: ["https://a.test/b.pdf"], answer: "the other")
    #expect(answers([entry, other], [request]) == ["the other"])
  }

  @Test func anUnknownStepFitsEveryStep() {
    let player = TapePlayer(Tape([Tape.Entry(step: "b", answer: "b"), Tape.Entry(step: "a", answer: "a")]))
    let question = TapeQuestion(step: nil, prompt: "p", pictures: [])
    #expect([player.next(for: question)?.answer, player.next(for: question)?.answer] == ["b", "a"])
  }

  /// However the tasks are scheduled, each prompt gets its own answers, and each of them once.
  @Test func doesNotDependOnTheOrderOfARun() async {
    let prompts = (0..<20).map { "p\($0)" }
    let entries = prompts.flatMap { prompt in
      (0..<5).map { Tape.Entry(prompt: prompt, answer: "\(prompt)/\($0)") }
    }
    let endpoint = OfflineEndpoint(tape: Tape(entries.reversed()))
    let all = await withTaskGroup(of: String?.self) { group in
      for prompt in prompts + prompts + prompts + prompts + prompts {
        let request = request(prompt)
        group.addTask { try? await endpoint.send(request).text }
      }
      return await group.reduce(into: [String?]()) { $0.append($1) }
    }
    #expect(Set(all) == Set(entries.map(\.answer)))
    #expect(all.count == entries.count)
  }

  @Test func whatIsNotOnTheTapeIsMadeUp() async throws {
    let endpoint = OfflineEndpoint(tape: Tape([Tape.Entry(prompt: "p", answer: "on tape")]))
    let taped = try await endpoint.send(request("p"))
    #expect(taped.source == .tape)
    #expect(taped.text == "on tape")
    var typed = request("q")
    typed.answer = AnswerSchema(
      name: "n",
      schema: .record([
        "type": .string("object"), "properties": .record(["n": .record(["const": .int(3)])]),
        "required": .list([.string("n")]),
      ]),
      isStrict: true)
    let madeUp = try await endpoint.send(typed)
    #expect(madeUp.source == .madeUp)
    #expect(madeUp.text == "{\n  \"n\": 3\n}")
    #expect(madeUp.usage == Usage())
  }

  @Test func anEntryComesBackFromItsJSON() throws {
    var reply = EndpointReply(text: "{\"a\": 1}\n", usage: Usage(promptTokens: 3, cost: Number(0.00014)))
    reply.model = "google/gemini-2.5-flash"
    let entry = Tape.Entry(recording: reply, to: request("p", picture: .address("https://a.test/b.png")))
    #expect(try Tape.Entry(json: entry.json) == entry)
    #expect(
      entry.json.json()
        == #"{"step":"s","prompt":"p[image 1]","pictures":["https://a.test/b.png"],"answer":"{\"a\": 1}\n","model":"google/gemini-2.5-flash","usage":{"prompt_tokens":3,"cost":0.00014}}"#
    )
  }

  @Test func whatWasSaidBeforeTellsEntriesApart() throws {
    func asked(_ answer: String?) -> EndpointRequest {
      var asked = request("p")
      asked.turns = answer.map { [.init(ask: [.text("before")], answer: $0)] } ?? []
      return asked
    }
    let general = Tape.Entry(prompt: "p", answer: "general")
    let recorded = Tape.Entry(recording: EndpointReply(text: "after yes"), to: asked("yes"))
    #expect(recorded.turns == [TapeTurn(ask: "before", answer: "yes")])
    #expect(try Tape.Entry(json: recorded.json) == recorded)
    #expect(
      answers([general, recorded], [asked("yes"), asked("no"), asked(nil)]) == [
        "after yes", "general", "general",
      ])
    // As an endpoint without messages is asked: all in one text.
    let whole = request("User: before\n\nAssistant: yes\n\nUser: p\n\nAssistant:")
    #expect(answers([general, recorded], [whole]) == ["after yes"])
  }

  @Test func aQuestionThatIsSentBackPlaysTheNextEntry() {
    let tape = ["one", "two", "three"].map { Tape.Entry(prompt: "p", answer: $0) }
    let account = RepairAccount.text(["it is wrong"])
    var first = request("p")
    first.turns = [.init(ask: [.text("before")], answer: "yes")]
    var second = request(account)
    second.turns = first.turns + [.init(ask: first.prompt, answer: "one")]
    var third = request(account)
    third.turns = second.turns + [.init(ask: second.prompt, answer: "two")]
    #expect(answers(tape, [first, second, third]) == ["one", "two", "three"])
    // As an endpoint without messages is asked.
    func whole(_ request: EndpointRequest) -> EndpointRequest { self.request(request.conversation.text) }
    let taped = tape.map { entry in
      var entry = entry
      entry.turns = [TapeTurn(ask: "before", answer: "yes")]
      return entry
    }
    #expect(answers(taped, [first, second, third].map(whole)) == ["one", "two", "three"])
    func alone(_ request: EndpointRequest) -> EndpointRequest {
      var request = request
      request.turns.removeFirst()
      return request
    }
    #expect(answers(tape, [first, second, third].map { whole(alone($0)) }) == ["one", "two", "three"])
    // An entry of just that prompt wins.
    let named = Tape.Entry(prompt: account, answer: "named")
    #expect(answers(tape + [named], [first, second]) == ["one", "named"])
  }

  @Test func whatIsMadeUpDiffersFromPassToPass() async throws {
    let endpoint = OfflineEndpoint()
    var texts: Set<String> = []
    for pass in [[0], [1], [1, 0]] {
      var asked = request("p")
      asked.pass = pass
      let text = try await endpoint.send(asked).text
      #expect(try await endpoint.send(asked).text == text)
      texts.insert(text)
    }
    #expect(texts.count == 3)
  }
}
