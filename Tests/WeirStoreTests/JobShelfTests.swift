import Testing
import WeirEndpoint
import WeirStore

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

struct JobShelfTests {
  private func entry(_ id: String, at time: Int) -> JobShelf.Entry {
    JobShelf.Entry(
      job: QueueJob(
        id: id, statusAddress: "https://queue.fal.run/\(id)/status",
        resultAddress: "https://queue.fal.run/\(id)",
        cancelAddress: "https://queue.fal.run/\(id)/cancel"),
      flow: "post.flow", step: "caption[2]", provider: "fal", url: nil, keyName: "FAL_KEY", time: time)
  }

  private func withShelf(_ body: (JobShelf, String) throws -> Void) throws {
    let folder = URL.temporaryDirectory.appending(path: "weir-jobs-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(JobShelf("\(folder)/.weir/jobs"), folder)
  }

  @Test func whatIsKeptIsThereForTheNextRunTheOldestFirst() throws {
    try withShelf { shelf, _ in
      #expect(shelf.all.isEmpty)
      try shelf.keep(entry("b", at: 2))
      try shelf.keep(entry("a", at: 3))
      try shelf.keep(entry("c", at: 1))
      #expect(shelf.all == [entry("c", at: 1), entry("b", at: 2), entry("a", at: 3)])
      shelf.forget("b")
      #expect(shelf.all.map(\.job.id) == ["c", "a"])
    }
  }

  @Test func anIdIsNoWayOutOfTheFolder() throws {
    try withShelf { shelf, folder in
      let entry = entry("../../escaped", at: 1)
      try shelf.keep(entry)
      #expect(shelf.all == [entry])
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [".weir"])
      shelf.forget(entry.job.id)
      #expect(shelf.all.isEmpty)
    }
  }

  @Test func filesOfOthersArePassedOver() throws {
    try withShelf { shelf, folder in
      try shelf.keep(entry("a", at: 1))
      try Data("{}".utf8).write(to: URL(filePath: "\(folder)/.weir/jobs/other.json"))
      try Data("no json".utf8).write(to: URL(filePath: "\(folder)/.weir/jobs/text.json"))
      #expect(shelf.all.map(\.job.id) == ["a"])
    }
  }
}
