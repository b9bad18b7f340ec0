/// Measures what a whole process would hide: the speed of single rooms, in memory.
///
/// Prints a line `NAME VALUE` for each figure, for `benchmark.py` to put beside its target.
@main
struct WeirBench {
  static func main() async {
    // Away from the main actor, as the program itself runs: a hop to it costs more than a step.
    let work = Task.detached { await measure(Array(CommandLine.arguments.dropFirst())) }
    await work.value
  }

  private static func measure(_ words: [String]) async {
    switch words.first {
    case "syntax" where words.count == 2: SyntaxFigures.measure(words[1])
    case "json": JSONFigures.measure()
    case "reading" where words.count == 2: ReadingFigures.measure(words[1])
    case "schedule": await ScheduleFigures.measure()
    case "streams" where words.count == 4:
      await StreamFigures.measure(words[1], streams: Int(words[2]) ?? 1, rounds: Int(words[3]) ?? 1)
    default:
      print("usage: weir-bench syntax FILE | json | reading FOLDER | schedule | streams URL STREAMS ROUNDS")
    }
  }
}
