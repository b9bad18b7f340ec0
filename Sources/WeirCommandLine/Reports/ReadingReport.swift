import WeirDiagnostics
import WeirReading
import WeirRun
import WeirValues

/// How the reading of a text is told to a person.
///
/// ```
/// found in a fence of `json`, line 3, with 2 things forgiven (cost 4): coerced
///   4:12 `total`: a text was read as a number (text-as-number)
///   5:1 a comma was missing (missing-comma)
/// not taken:
///   1:8 in prose: `total` is missing, it must be `number`
/// ```
struct ReadingReport {
  private let lines: LineTable

  init(of text: String) { lines = LineTable(SourceFile(path: "", text: text)) }

  func show(_ reading: Reading, on console: Console) {
    let count = reading.changes.count
    let forgiven =
      switch count {
      case 0: "with nothing to forgive"
      case 1: "with one thing forgiven"
      default: "with \(count) things forgiven"
      }
    let place = reading.place.words
    // What is JSON and is to be a text is taken as the text that it is.
    let isTextOfJSON = reading.value.string != nil
    let (same, others) = reading.rejected.parted {
      isTextOfJSON && $0.place == reading.place && $0.span.lowerBound == reading.span.lowerBound
    }
    let end = same.isEmpty ? "" : ", for any text is one, JSON as well"
    console.note(
      "found \(place), at \(position(reading.span.lowerBound)), \(forgiven) (cost \(reading.cost)):"
        + " \(reading.certainty.rawValue)\(end)")
    for change in reading.changes { console.note("  \(words(change))") }
    show(others, on: console)
  }

  /// Without `isWhole` only the first few of what was looked at are told.
  func show(_ failure: UnusableText, isWhole: Bool, on console: Console) {
    let problems = failure.problems
    if problems.count == 1 {
      console.fail(problems[0], help: failure.advice)
    } else {
      console.fail("\(failure.opening), for \(problems.count) reasons", help: failure.advice)
      for problem in problems { console.note("  \(problem)") }
    }
    switch failure {
    case .unread(let failure): show(failure.rejected, isWhole ? .max : 5, on: console)
    case .unmet(let reading, _): if isWhole { show(reading, on: console) }
    }
  }

  private func show(_ rejected: [Reading.Rejected], _ most: Int = .max, on console: Console) {
    if rejected.isEmpty { return }
    console.note("not taken:")
    for other in rejected.prefix(most) {
      console.note("  \(position(other.span.lowerBound)) \(other.place.words): \(other.reason)")
    }
    if rejected.count > most { console.note("  and \(rejected.count - most) more, which `--explain` tells") }
  }

  /// `4:12`
  private func position(_ offset: Int) -> String {
    let position = lines.position(of: offset)
    return "\(position.line):\(position.column)"
  }

  private func words(_ change: Reading.Change) -> String {
    let path = change.path.isEmpty ? "" : " `\(change.path)`:"
    return "\(position(change.offset))\(path) \(change.kind.phrase) (\(change.kind.rawValue))"
  }
}

extension [Reading.Rejected] {
  fileprivate func parted(by isFirst: (Element) -> Bool) -> ([Element], [Element]) {
    (filter(isFirst), filter { !isFirst($0) })
  }
}

extension Reading.Place {
  fileprivate var words: String {
    switch self {
    case .whole: "as the whole text"
    case .fence(""): "in a fence"
    case .fence(let language): "in a fence of `\(language)`"
    case .prose: "in prose"
    }
  }
}

extension UnusableText {
  fileprivate var opening: String {
    switch self {
    case .unread: "nothing fits"
    case .unmet: "the value cannot be taken"
    }
  }

  /// All that is wrong, at least one.
  fileprivate var problems: [String] {
    switch self {
    case .unmet(_, let misfits): return misfits.all.map { $0.message(whole: "the value") }
    case .unread(let failure):
      guard case .unfit(let mismatches) = failure.reason else { return [message] }
      return mismatches.map { $0.message(whole: "the text") }
    }
  }

  /// What to do about it, in a line; nil where there is nothing.
  fileprivate var advice: String? {
    switch self {
    case .unmet: nil
    case .unread(let failure):
      switch failure.reason {
      case .cutOff: "`--partial` reads what there is"
      case .empty, .nothingFound, .unfit, .ambiguous: nil
      }
    }
  }
}
