import Testing
import WeirTestSupport

/// The walls of the rooms.
struct LayeringTests {
  private let floors: Floors

  init() throws { floors = Floors(manifest: try Repository.text("Package.swift")) }

  struct Import {
    let room: String
    let file: String
    let module: String
  }

  /// Every import of the sources, whatever its access.
  private func imports() throws -> [Import] {
    var found: [Import] = []
    for file in Repository.files(in: "Sources", ending: ".swift") {
      let room = String(file.split(separator: "/")[1])
      for line in try Repository.lines(file) {
        let words = line.split(separator: " ")
        guard let index = words.firstIndex(of: "import"), index < 3, index + 1 < words.count,
          words[..<index].allSatisfy({
            ["package", "internal", "private", "public", "@testable"].contains($0)
          })
        else { continue }
        let module = words[index + 1].split(separator: ".")[0]
        found.append(Import(room: room, file: file, module: String(module)))
      }
    }
    return found
  }

  @Test func everyRoomStandsOnAFloor() {
    let rooms = Repository.names(in: "Sources").filter { !$0.hasPrefix(".") } + ["WeirStdlib"]
    #expect(rooms.sorted() == floors.floor.keys.sorted())
    #expect(floors.floor["WeirStdlib"] == 0)
    #expect(floors.floor["weir"] == 7)
    #expect(floors.lower["WeirSyntax"] == ["WeirDiagnostics"])
  }

  @Test func importsGoDownAFloor() throws {
    let imports = try imports()
    #expect(imports.count > 50)
    for one in imports where one.module.hasPrefix("Weir") || one.module == "CurlShim" {
      let from = try #require(floors.floor[one.room])
      let to = try #require(floors.floor[one.module], "\(one.file) imports \(one.module), which is no room")
      #expect(to < from, "\(one.file) imports \(one.module)")
      #expect(
        floors.lower[one.room]?.contains(one.module) == true, "\(one.file): \(one.module) is not declared")
    }
  }

  @Test func whatIsDeclaredStandsLower() throws {
    for (room, lower) in floors.lower {
      for other in lower {
        let (from, to) = (try #require(floors.floor[room]), try #require(floors.floor[other]))
        #expect(to < from, "\(room) on \(other)")
      }
    }
  }

  @Test func noPackageIsNeeded() throws {
    let manifest = try Repository.text("Package.swift")
    #expect(!manifest.contains(".package("))
    #expect(!manifest.contains(".binaryTarget("))
    let own = [
      "CurlShim", "Darwin", "Dispatch", "Foundation", "FoundationEssentials", "Glibc", "Musl",
      "Synchronization",
    ]
    for one in try imports() where !one.module.hasPrefix("Weir") {
      #expect(own.contains(one.module), "\(one.file) imports \(one.module)")
    }
  }

  @Test func onlyTheProvidersSeeLibcurl() throws {
    for one in try imports() where one.module == "CurlShim" {
      #expect(one.room == "WeirProviders", "\(one.file)")
    }
  }

  /// On Linux all of Foundation is 45 MB of tables that nobody needs; what is needed is essential.
  @Test func foundationIsImportedWhereThereIsNoEssentialPartOnly() throws {
    for file in Repository.files(in: "Sources", ending: ".swift")
      + Repository.files(in: "Tests", ending: ".swift")
    {
      let lines = try Repository.lines(file).map { $0.drop { $0 == " " } }
      for (index, line) in lines.enumerated()
      where line.hasSuffix("import Foundation") && !line.hasPrefix("//") {
        #expect(index > 0 && lines[index - 1] == "#else", "\(file):\(index + 1)")
      }
      #expect(!lines.contains { $0.hasSuffix("import FoundationNetworking") }, "\(file)")
    }
  }

  /// What the compiler cannot hold us to has its reason on the line above.
  @Test func everyEscapeFromTheCheckerHasItsReason() throws {
    let escapes = ["try!", " as! ", "@unchecked Sendable", "nonisolated(unsafe)"]
    for file in Repository.files(in: "Sources", ending: ".swift") {
      let lines = try Repository.lines(file).map { $0.drop { $0 == " " } }
      for (index, line) in lines.enumerated()
      where !line.hasPrefix("//") && escapes.contains(where: line.contains) {
        #expect(index > 0 && lines[index - 1].hasPrefix("//"), "\(file):\(index + 1)")
      }
    }
  }
}
