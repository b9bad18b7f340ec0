import Synchronization
import WeirEndpoint
import WeirValues

/// What a server has refused that Weir sends of itself, for each of its models; kept for a run.
final class ServerHabits: Sendable {
  /// Something that is sent because most servers take it, and can be left out or said otherwise.
  enum Habit: Sendable, Hashable {
    case leavesOutStreamOptions
    /// `max_completion_tokens` for `max_tokens`, or the other way round.
    case hasTheOtherWordForMaxTokens
    case leavesOutStrictTools
    case leavesOutReasoningOfBefore
  }

  private let known = Mutex<[String: Set<Habit>]>([:])

  func habits(of model: String) -> Set<Habit> { known.withLock { $0[model] ?? [] } }

  /// False where that was known to the request which was refused: it is refused for another reason.
  func learn(_ habit: Habit, of model: String, from request: Set<Habit>) -> Bool {
    guard !request.contains(habit) else { return false }
    known.withLock { _ = $0[model, default: []].insert(habit) }
    return true
  }
}

extension ServerHabits.Habit {
  /// By the name of the field that was refused; nil for what the author of a step has asked for.
  init?(refusing field: String) {
    switch field {
    case "stream_options": self = .leavesOutStreamOptions
    case "max_tokens", "max_completion_tokens": self = .hasTheOtherWordForMaxTokens
    case "strict": self = .leavesOutStrictTools
    case "reasoning_details", "reasoning_content": self = .leavesOutReasoningOfBefore
    default: return nil
    }
  }

  /// Whether the request has anything that this would change.
  func concerns(_ request: EndpointRequest) -> Bool {
    switch self {
    case .leavesOutStreamOptions: request.delivery == .stream && request.options["stream_options"] == nil
    case .hasTheOtherWordForMaxTokens: request.maxTokens != nil
    case .leavesOutStrictTools: request.tools.contains(where: \.parameters.isStrict)
    case .leavesOutReasoningOfBefore:
      (request.rounds + request.turns.flatMap(\.rounds)).contains { $0.reasoningDetails != nil }
        || request.turns.contains { $0.reasoningDetails != nil }
    }
  }
}
