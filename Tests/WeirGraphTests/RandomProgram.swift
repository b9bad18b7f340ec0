import WeirProgram
import WeirValues

/// The same numbers for the same seed.
struct Dice: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: Int) { state = UInt64(truncatingIfNeeded: seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func roll(_ sides: Int) -> Int { Int.random(in: 0..<sides, using: &self) }
}

/// A flow of any shape: blocks in blocks, calls, and needs wherever a name can be seen.
struct RandomProgram {
  private var dice: Dice
  private var flows: [FlowID] = []
  private var count = 0

  static func make(_ seed: Int) -> Program {
    var random = RandomProgram(dice: Dice(seed))
    var sketch = Sketch()
    for flow in 0..<random.dice.roll(3) {
      random.flows.append(sketch.flow("flow\(flow)") { random.fill(&$0) })
    }
    random.fill(&sketch)
    return sketch.finished
  }

  private init(dice: Dice) { self.dice = dice }

  private mutating func fill(_ sketch: inout Sketch) {
    var seen: [ValueID] = []
    for _ in 0..<dice.roll(3) { seen.append(sketch.input(name("i"))) }
    _ = body(&sketch, &seen, depth: 0)
    for place in 0..<1 + dice.roll(2) {
      sketch.output("o\(place)", seen.randomElement(using: &dice) ?? sketch.step("s"))
    }
  }

  private mutating func name(_ letter: String) -> String {
    count += 1
    return "\(letter)\(count)"
  }

  private mutating func some(_ seen: [ValueID]) -> [ValueID] {
    // Near names more often than far ones.
    (0..<dice.roll(3)).compactMap { _ in
      seen.isEmpty ? nil : seen[max(dice.roll(seen.count), dice.roll(seen.count))]
    }
  }

  /// Adds entries, and returns what they have made.
  private mutating func body(_ sketch: inout Sketch, _ seen: inout [ValueID], depth: Int) -> [ValueID] {
    let start = seen.count
    for _ in 0..<dice.roll(5) { entry(&sketch, &seen, depth: depth) }
    return Array(seen[start...])
  }

  private mutating func entry(_ sketch: inout Sketch, _ seen: inout [ValueID], depth: Int) {
    let needs = some(seen)
    switch dice.roll(depth < 3 ? 9 : 3) {
    case 0: seen.append(sketch.let(name("l"), sketch.text(needs)))
    case 1, 2: seen.append(sketch.step(name("s"), prompt: sketch.text(needs)))
    case 3:
      if let flow = flows.randomElement(using: &dice) { seen.append(sketch.call(name("c"), flow, needs)) }
    case 4, 5:
      let index = dice.roll(2) == 0 ? name("x") : nil
      let known = seen
      let element = name("e")
      let made = sketch.for(element, index, in: sketch.list(needs)) { sketch, element in
        var inner = known + [element]
        return exported(body(&sketch, &inner, depth: depth + 1))
      }
      seen += made
    case 6, 7: seen += choice(&sketch, seen, depth: depth)
    default: seen += loop(&sketch, seen, depth: depth)
    }
  }

  private mutating func exported(_ made: [ValueID]) -> [ValueID] { made.filter { _ in dice.roll(3) > 0 } }

  private mutating func choice(_ sketch: inout Sketch, _ seen: [ValueID], depth: Int) -> [ValueID] {
    let exports = 1 + dice.roll(2)
    let reads: [[ValueID]?] =
      [some(seen)] + (0..<dice.roll(2)).map { _ in some(seen) } + (dice.roll(2) == 0 ? [nil] : [])
    // The first branch makes every name, the others some of them.
    var branches: [(reads: [ValueID]?, make: (inout Sketch) -> [ValueID?])] = []
    var inner = self
    for (place, read) in reads.enumerated() {
      branches.append(
        (
          read,
          { sketch in
            var known = seen
            let made = inner.body(&sketch, &known, depth: depth + 1)
            return (0..<exports).map { export in
              if export < made.count {
                made[export]
              } else if place == 0 {
                sketch.step(inner.name("s"))
              } else {
                nil
              }
            }
          }
        ))
    }
    let outer = sketch.if(branches)
    self = inner
    return outer
  }

  private mutating func loop(_ sketch: inout Sketch, _ seen: [ValueID], depth: Int) -> [ValueID] {
    sketch.repeat(name("r"), from: sketch.text(some(seen)), upTo: 3) { sketch, variable in
      var inner = seen + [variable]
      let made = exported(body(&sketch, &inner, depth: depth + 1))
      for _ in 0..<dice.roll(3) {
        if let last = inner.randomElement(using: &dice) { sketch.until(last) }
        _ = body(&sketch, &inner, depth: depth + 1)
      }
      sketch.next(inner[max(dice.roll(inner.count), dice.roll(inner.count))])
      return made
    }
  }
}
