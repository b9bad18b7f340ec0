import WeirCommandLine

@main
struct Weir {
  static func main() async {
    await System.runAndExit()
  }
}
