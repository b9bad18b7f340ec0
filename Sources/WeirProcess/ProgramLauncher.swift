/// Something that runs programs: the system, or what a test puts in its place.
package protocol ProgramLauncher: Sendable {
  /// The bytes that the program wrote to standard output, once it has exited with status 0.
  ///
  /// When this returns or throws, the program and its children are gone.
  func run(_ command: ProgramCommand) async throws(ProgramFailure) -> [UInt8]
}
