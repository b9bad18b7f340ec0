import Testing
import WeirDiagnostics
import WeirProgram
import WeirProject
import WeirStdlib
import WeirTestSupport
import WeirValues

/// The flows that come with Weir, in `stdlib/`.
struct StandardLibraryTests {
  private func flow(_ file: Stdlib.File) -> Flow {
    Flow(SourceFile(path: "std/\(file.name).flow", bytes: file.bytes))
  }

  @Test func theFolderAndTheListsAreTheSame() throws {
    let folder = Repository.names(in: "stdlib").filter { $0.hasSuffix(".flow") }.map { $0.dropLast(5) }
    let manifest = try Repository.text("Package.swift")
    let list = try #require(manifest.split(separator: "let library = [").last?.prefix { $0 != "]" })
    #expect(folder.count >= 15)
    #expect(list.quoted == folder)
    #expect(Stdlib.files.map { $0.name[...] } == folder)
  }

  @Test(arguments: Stdlib.files.map(\.name)) func isTheFileOfItsName(_ name: String) throws {
    let file = try #require(Stdlib.file(named: name))
    #expect(String(decoding: file.bytes, as: UTF8.self) == (try Repository.text("stdlib/\(name).flow")))
  }

  /// They take the caller's model, so that they work wherever they are used.
  @Test(arguments: Stdlib.files.map(\.name)) func isCleanAndNamesNoModel(_ name: String) throws {
    let flow = flow(try #require(Stdlib.file(named: name)))
    let others = flow.diagnostics.filter { $0.code.name != "no-model" }
    var renderer = DiagnosticRenderer(flow.sources)
    #expect(others.isEmpty, "\(renderer.render(others))")
    #expect(!flow.diagnostics.isEmpty)
  }

  /// The page has a row for each, with all that it takes; what must be given in bold.
  @Test(arguments: Stdlib.files.map(\.name)) func standsOnThePageOfTheLibrary(_ name: String) throws {
    let program = flow(try #require(Stdlib.file(named: name))).program
    let row = try #require(try Repository.lines("docs/library.md").first { $0.hasPrefix("| `\(name)` |") })
    let cells = row.split(separator: "|").map { $0.filter { $0 != " " } }
    let takes = program.inputs.map { input in
      let isRequired = input.defaultValue == nil && !program.types.isOptional(input.type)
      return isRequired ? "**`\(input.name)`**" : "`\(input.name)`"
    }
    #expect(cells[1] == takes.joined(separator: ","))
  }

  @Test(arguments: Stdlib.files.map(\.name)) func canBeUsedUnderItsName(_ name: String) {
    let use = Flow(SourceFile(path: "a.flow", text: "use \"std/\(name)\"\noutput 1\n"))
    #expect(!use.diagnostics.hasErrors)
  }

  @Test(arguments: Stdlib.files.map(\.name)) func saysWhatItDoesAndTakesAndGives(_ name: String) throws {
    let program = flow(try #require(Stdlib.file(named: name))).program
    #expect(program.about?.hasSuffix(".") == true)
    #expect(!program.inputs.isEmpty)
    for input in program.inputs { #expect(input.notes.documentation != nil, "\(input.name)") }
    #expect(!program.outputs.isEmpty)
    for output in program.outputs { #expect(output.expression.type != .json) }
  }
}
