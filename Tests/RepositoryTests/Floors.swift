/// The rooms of `Package.swift`: on which floor each stands, and what it says that it imports.
struct Floors {
  private(set) var floor: [String: Int] = [:]
  private(set) var lower: [String: Set<String>] = [:]

  /// Reads the list of floors, `// Floor N` with the targets below it.
  init(manifest: String) {
    guard let start = manifest.firstRange(of: "let floors"), let end = manifest.firstRange(of: "let package")
    else {
      return
    }
    let list = manifest[start.upperBound..<end.lowerBound]
    for piece in list.split(separator: "// Floor ").dropFirst() {
      guard let number = Int(piece.prefix { $0.isNumber }) else { continue }
      for target in Self.targets(in: piece) {
        guard let name = target.first else { continue }
        floor[String(name)] = number
        lower[String(name)] = Set(target.dropFirst().map(String.init))
      }
    }
  }

  /// For each target, its name and then the names of those that it imports.
  private static func targets(in piece: Substring) -> [[Substring]] {
    var targets: [[Substring]] = []
    for line in piece.split(separator: "\n") {
      let names = line.quoted
      let opens = line.contains("room(") || line.contains(".target(") || line.contains(".executableTarget(")
      if opens { targets.append([]) }
      if !names.isEmpty, !targets.isEmpty { targets[targets.count - 1] += names }
    }
    return targets.filter { !$0.isEmpty }
  }
}
