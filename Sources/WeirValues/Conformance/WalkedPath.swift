/// The way to the part at which a walk is.
///
/// To go into a part and out of it costs next to nothing, as most parts are never named. What names them is
/// made when it is asked for, and holds for what is within as well: so it costs the same however deep a part
/// lies.
struct WalkedPath {
  private var parts: [ValuePath.Part] = []
  /// Those of the first parts that were asked for.
  private var paths: [ValuePath] = []
  private var places: [Place] = []
  private var known: [Step: Place] = [:]

  /// A number for a part. It is the same when the walk comes to the part again.
  typealias Place = Int

  private struct Step: Hashable {
    let outer: Place
    let part: ValuePath.Part
  }

  mutating func enter(_ part: ValuePath.Part) { parts.append(part) }

  mutating func leave() {
    parts.removeLast()
    if paths.count > parts.count { paths.removeLast() }
    if places.count > parts.count { places.removeLast() }
  }

  mutating func path() -> ValuePath {
    for part in parts[paths.count...] { paths.append((paths.last ?? ValuePath()).appending(part)) }
    return paths.last ?? ValuePath()
  }

  /// 0 for the whole.
  mutating func place() -> Place {
    for part in parts[places.count...] { places.append(place(of: Step(outer: places.last ?? 0, part: part))) }
    return places.last ?? 0
  }

  private mutating func place(of step: Step) -> Place {
    if let place = known[step] { return place }
    known[step] = known.count + 1
    return known.count
  }

  /// No place that was given out will be asked about again.
  mutating func forgetPlaces() {
    guard !known.isEmpty else { return }
    known.removeAll()
    places.removeAll()
  }
}
