import Testing
import WeirEndpoint
import WeirRun

@testable import WeirCommandLine

@Suite struct EventQueueTests {
  private let a = StepPass(step: "a", pass: [])
  private let b = StepPass(step: "b", pass: [1])

  /// What waits, in words.
  private func waiting(after fill: (EventQueue) -> Void) async -> [String] {
    let queue = EventQueue()
    fill(queue)
    return (await queue.next() ?? []).map(words)
  }

  private func words(_ input: EventQueue.Input) -> String {
    guard case .event(let event) = input else { return "tick" }
    return switch event {
    case .started(let pass): "\(pass.label) started"
    case .answering(let pass, .text(let text)): "\(pass.label) \(text)"
    case .answering(let pass, .rewritten(let text)): "\(pass.label) = \(text)"
    default: "\(event)"
    }
  }

  @Test func textThatNobodyHasTakenGoesOn() async {
    let waiting = await waiting { queue in
      queue.add(.started(a))
      for word in ["one ", "two ", "three"] {
        queue.add(.answering(a, .text(word)))
        queue.add(.answering(b, .text(word.uppercased())))
      }
    }
    #expect(waiting == ["a started", "a one two three", "b[1] ONE TWO THREE"])
  }

  @Test func textStaysBehindWhatCameBeforeIt() async {
    let waiting = await waiting { queue in
      queue.add(.answering(a, .text("one")))
      queue.add(.answering(a, .rewritten("two")))
      queue.add(.answering(a, .text(" three")))
      queue.add(.answering(a, .text(" four")))
    }
    #expect(waiting == ["a one", "a = two", "a  three four"])
  }

  @Test func whatWasTakenIsNotAddedTo() async {
    let queue = EventQueue()
    queue.add(.answering(a, .text("one")))
    #expect(await queue.next()?.map(words) == ["a one"])
    queue.add(.answering(a, .text("two")))
    #expect(await queue.next()?.map(words) == ["a two"])
  }

  @Test func ofSeveralTicksOneIsKept() async {
    let waiting = await waiting { queue in
      queue.tick()
      queue.add(.started(a))
      queue.tick()
    }
    #expect(waiting == ["tick", "a started"])
  }

  @Test func endsWhenAllIsTaken() async {
    let queue = EventQueue()
    queue.add(.started(a))
    queue.finish()
    #expect(await queue.next()?.map(words) == ["a started"])
    #expect(await queue.next() == nil)
  }

  @Test func wakesWhoWaits() async {
    let queue = EventQueue()
    async let first = queue.next()
    await Task.yield()
    queue.add(.started(a))
    #expect(await first?.map(words) == ["a started"])
  }
}
