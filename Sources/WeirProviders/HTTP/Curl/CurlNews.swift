/// Pipes in which something has come since their readers were told. Belongs to the thread of a loop.
///
/// Readers are told when all sockets that were ready have been read, and not at each piece: where much comes
/// at once, they are then woken in one go and find more to read.
final class CurlNews {
  private var pipes: [CurlPipe] = []

  func add(_ pipe: CurlPipe) { pipes.append(pipe) }

  func tell() {
    guard !pipes.isEmpty else { return }
    for pipe in pipes { pipe.wakeReader() }
    pipes.removeAll(keepingCapacity: true)
  }
}
