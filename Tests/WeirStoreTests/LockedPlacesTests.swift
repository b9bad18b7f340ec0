import Testing
import WeirStore

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

struct LockedPlacesTests {
  /// Two open files stand for two runs.
  private func withTwoRuns(_ count: Int, _ body: (LockedPlaces, LockedPlaces) throws -> Void) throws {
    let folder = URL.temporaryDirectory.appending(path: "weir-places-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "limits/openrouter").path
    try body(LockedPlaces(path, count: count), LockedPlaces(path, count: count))
  }

  @Test func twoRunsShareTheirPlaces() throws {
    try withTwoRuns(3) { first, second in
      let own = [first.take(), first.take()].compactMap { $0 }
      #expect(own.count == 2)
      let other = try #require(second.take())
      #expect(!own.contains(other))
      #expect(first.take() == nil)
      #expect(second.take() == nil)
      first.giveBack(own[0])
      #expect(second.take() == own[0])
    }
  }

  @Test func aRunThatEndsLeavesItsPlaces() throws {
    let folder = URL.temporaryDirectory.appending(path: "weir-places-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "fal").path
    let second = try LockedPlaces(path, count: 1)
    do {
      let first = try LockedPlaces(path, count: 1)
      #expect(first.take() == 0)
      #expect(second.take() == nil)
    }
    #expect(second.take() == 0)
  }

  @Test func whatOneRunIsToldToWaitAllWait() throws {
    try withTwoRuns(1) { first, second in
      #expect(second.held == nil)
      first.hold(.seconds(60))
      let wait = try #require(second.held)
      #expect(wait > .seconds(50) && wait <= .seconds(60))
      second.hold(.seconds(1))
      #expect(try #require(first.held) > .seconds(50))
    }
  }

  @Test func aFolderThatCannotBeMadeIsTold() {
    #expect(throws: LockedPlacesError.self) { try LockedPlaces("/dev/null/limits/fal", count: 1) }
  }
}
