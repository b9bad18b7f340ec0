import WeirReading
import WeirRun
import WeirValues

extension Reading {
  /// The value, and how it was read, as `weir parse` tells machines.
  var json: Value {
    .record([
      "value": value,
      "certainty": .string(certainty.rawValue),
      "place": .string(place.word),
      "changes": .list(changes.map(\.json)),
    ])
  }
}

extension Reading.Change {
  fileprivate var json: Value {
    .record([
      "kind": .string(kind.rawValue), "path": .string("\(path)"), "offset": .int(offset),
    ])
  }
}

extension UnusableText {
  var json: Value {
    switch self {
    case .unread(let failure): .error(failure.reason.word, message, failure.reason.details)
    case .unmet(let reading, let misfits):
      .error(
        "condition", message,
        [
          "value": reading.value,
          "problems": .list(misfits.all.map { .problem($0.path, $0.message(whole: "the value")) }),
        ])
    }
  }

  /// Lower case, without a full stop.
  var message: String {
    switch self {
    case .unread(let failure): failure.message(whole: "the text")
    case .unmet(_, let misfits): misfits.message(whole: "the value")
    }
  }
}

extension ReadingFailure.Reason {
  /// A stable word for machines.
  fileprivate var word: String {
    switch self {
    case .empty: "empty"
    case .nothingFound: "nothing-found"
    case .unfit: "unfit"
    case .ambiguous: "ambiguous"
    case .cutOff: "cut-off"
    }
  }

  fileprivate var details: Record {
    switch self {
    case .empty, .nothingFound: [:]
    case .unfit(let mismatches):
      ["problems": .list(mismatches.map { .problem($0.path, $0.message(whole: "the text")) })]
    case .ambiguous(let path, let one, let other):
      ["path": .string("\(path)"), "readings": .list([.string(one), .string(other)])]
    case .cutOff(let path): ["path": .string("\(path)")]
    }
  }
}

extension Value {
  /// What stands for a line that holds no text.
  static func wrongLine(_ message: String) -> Value { error("line", message, [:]) }

  fileprivate static func error(_ reason: String, _ message: String, _ details: Record) -> Value {
    var fields: Record = ["reason": .string(reason), "message": .string(message)]
    for field in details.fields { fields[field.name] = field.value }
    return .record(["error": .record(fields)])
  }

  fileprivate static func problem(_ path: ValuePath, _ message: String) -> Value {
    .record(["path": .string("\(path)"), "message": .string(message)])
  }
}
