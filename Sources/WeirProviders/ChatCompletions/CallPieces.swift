import WeirEndpoint
import WeirValues

/// The calls of tools in an answer, put together from their pieces.
///
/// A piece says by `index` which call it belongs to, and has the call's id and name when it is the first.
/// Not all servers do: some say no index, some always the same, some send a call whole in one piece, and
/// some repeat the id. So a piece goes to the last call of its index, unless its id, or a name where there
/// are arguments by now, says that it is another.
struct CallPieces: Sendable {
  private struct Call {
    let index: Int
    var id = ""
    var name = ""
    var arguments = ""
  }

  private var pieces: [Call] = []

  var isEmpty: Bool { pieces.isEmpty }

  /// Arguments that were left away are an empty object, and a call without an id gets one.
  var calls: [ToolCall] {
    pieces.enumerated().map { place, call in
      ToolCall(
        id: call.id.isEmpty ? "call_\(place)" : call.id, name: call.name,
        arguments: call.arguments.isEmpty ? "{}" : call.arguments)
    }
  }

  mutating func take(_ list: [Value]) {
    for (place, piece) in list.enumerated() where piece.record != nil {
      let function = piece["function"] ?? .null
      let index = piece["index"]?.number?.int ?? place
      let id = piece["id"]?.string ?? ""
      let name = function["name"]?.string ?? ""
      let call = call(index, id: id, name: name)
      if pieces[call].id.isEmpty { pieces[call].id = id }
      if pieces[call].name.isEmpty { pieces[call].name = name }
      pieces[call].arguments += Self.text(function["arguments"])
    }
  }

  /// Where the piece belongs; a new place where it begins a call.
  private mutating func call(_ index: Int, id: String, name: String) -> Int {
    let place = pieces.indices.reversed().first { pieces[$0].index == index && mayGoOn(pieces[$0], id, name) }
    if let place { return place }
    pieces.append(Call(index: index))
    return pieces.count - 1
  }

  private func mayGoOn(_ call: Call, _ id: String, _ name: String) -> Bool {
    if !id.isEmpty, !call.id.isEmpty { return id == call.id }
    return name.isEmpty || call.arguments.isEmpty
  }

  /// A text of JSON; some servers send the object itself.
  private static func text(_ arguments: Value?) -> String {
    guard let arguments, !arguments.isNull else { return "" }
    return arguments.string ?? arguments.json()
  }
}
