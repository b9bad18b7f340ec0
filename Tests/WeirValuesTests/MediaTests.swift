import Testing
import WeirValues

struct MediaTests {
  @Test func aTypeOfPicturesCarriesMediaBehindAnyNames() {
    var types = TypeTable()
    let plain = types.add(.init(name: "Plain", type: .record([RecordField("a", .string)])))
    let album = types.add(.init(name: "Album", type: .record([RecordField("pages", .list(.image))])))
    let shelf = types.add(.init(name: "Shelf", type: .list(.union([.named(album), .null]))))
    #expect(!types.carriesMedia(.list(.named(plain))))
    #expect(types.carriesMedia(.named(album)))
    #expect(types.carriesMedia(.named(shelf)))
  }

  @Test func aTypeOfItselfCarriesWhatItHoldsBesideItself() {
    var types = TypeTable()
    let tree = types.add(.init(name: "Tree", type: .error))
    let branches = RecordField("branches", .list(.named(tree)))
    types[tree].type = .record([branches])
    #expect(!types.carriesMedia(.named(tree)))
    types[tree].type = .record([branches, RecordField("leaf", .file)])
    #expect(types.carriesMedia(.named(tree)))
  }

  @Test func whatANameStandsForMayChangeLater() {
    var types = TypeTable()
    let first = types.add(.init(name: "First", type: .string))
    let second = types.add(.init(name: "Second", type: .list(.named(first))))
    #expect(!types.carriesMedia(.named(second)))
    types[first].type = .image
    #expect(types.carriesMedia(.named(second)))
    types[first].type = .record([RecordField("second", .named(second)), RecordField("picture", .image)])
    #expect(types.carriesMedia(.named(second)))
  }
}
