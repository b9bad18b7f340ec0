import Testing
import WeirTestSupport

/// Every file that says what the program must say belongs to a test.
struct GoldenFileTests {
  /// The test sources.
  private func tests() throws -> [String] {
    try Repository.files(in: "Tests", ending: ".swift").filter { !$0.hasPrefix("Tests/RepositoryTests") }
      .map(Repository.text)
  }

  /// A test source names the top folder of the file in quotes, and then either lists the files of its
  /// folders or names the file itself, without what follows its first point.
  @Test func everyGoldenBelongsToATest() throws {
    let files = Repository.files(in: "Tests/Golden")
    #expect(files.count > 20)
    let sources = try tests()
    var readers: [Substring: [Reader]] = [:]
    for file in files {
      let parts = file.split(separator: "/").dropFirst(2)
      let folder = parts.first ?? ""
      let stem = parts.last?.prefix { $0 != "." } ?? ""
      if readers[folder] == nil {
        readers[folder] = sources.filter { $0.contains("\"\(folder)/") || $0.contains("\"\(folder)\"") }
          .map(Reader.init)
      }
      let belongs = readers[folder, default: []].contains { $0.listsFolders || $0.words.contains(stem) }
      #expect(belongs, "nothing reads \(file)")
    }
  }

  /// A test source, by the words in it: what stands between quotes, slashes and points.
  private struct Reader {
    let listsFolders: Bool
    let words: Set<Substring>

    init(_ source: String) {
      listsFolders = source.contains("Golden.names(in:")
      words = Set(source.split { "\"/.\n".contains($0) })
    }
  }
}
