import Testing
import WeirValues

/// What values are held to, and in which words they are told not to fit.
struct ConformanceTests {
  private struct Fixture {
    var types = TypeTable()
    let post: ValueType
    let tree: ValueType
    let shape: ValueType

    init() {
      let note = TypeNotes(condition: ConditionID(3))
      post = .named(
        types.add(
          .init(
            name: "Post",
            type: .record([
              RecordField("title", .string, TypeNotes(condition: ConditionID(1))),
              RecordField("tags", .list(.string, TypeNotes(condition: ConditionID(2)))),
              RecordField("score", .union([.int, .null]), note),
            ]), notes: TypeNotes(condition: ConditionID(0)))))
      let treeID = types.add(.init(name: "Tree", type: .error))
      types[treeID].type = .union([.int, .list(.named(treeID))])
      tree = .named(treeID)
      shape = .union([
        .record([RecordField("kind", .text("circle")), RecordField("radius", .number)]),
        .record([
          RecordField("kind", .text("box")), RecordField("width", .number), RecordField("height", .number),
        ]),
      ])
    }
  }

  private func mismatches(
    _ json: String, _ type: ValueType, _ types: TypeTable = TypeTable()
  ) throws -> [String] {
    types.conform(try Value(json: json), to: type).mismatches.map { $0.message() }
  }

  @Test func recordsComeBackInTheOrderOfTheirTypeWithOptionalsFilledIn() throws {
    let fixture = Fixture()
    let value = try Value(json: #"{"more": 1, "tags": ["a"], "title": "T"}"#)
    let conformance = fixture.types.conform(value, to: fixture.post)
    #expect(conformance.fits)
    #expect(conformance.value.json() == #"{"title":"T","tags":["a"],"score":null}"#)
    #expect(conformance.extra.map(\.description) == ["more"])
  }

  @Test func everyMismatchIsReportedWithItsPath() throws {
    let fixture = Fixture()
    let found = try mismatches(
      #"[{"title": 5, "tags": ["a", null, {}], "score": "9"}, {"title": "x", "tags": {}}, [], {}]"#,
      .list(fixture.post), fixture.types)
    #expect(
      found == [
        "`[0].title` must be `string`, found the number 5",
        "`[0].tags[1]` must be `string`, found null",
        "`[0].tags[2]` must be `string`, found a record",
        #"`[0].score` must be `int?`, found the string "9""#,
        "`[1].tags` must be `[string]`, found a record",
        "`[2]` must be `{title: string, tags: [string], score: int?}`, found a list",
        "`[3].title` is missing, it must be `string`",
        "`[3].tags` is missing, it must be `[string]`",
      ])
  }

  @Test(arguments: [
    ("3.0", ValueType.int, true), ("3.5", .int, false), ("1e2", .int, true), ("\"3\"", .int, false),
    ("12345678901234567890", .int, true), ("12345678901234567890.5", .int, false), ("1e400", .int, false),
    ("true", .int, false), ("1", .bool, false), ("0.1", .number, true), ("null", .string, false),
    ("null", .null, true), ("\"calm\"", .text("calm"), true), ("\"Calm\"", .text("calm"), false),
    ("2.0", .constant(Number(2)), true), ("\"x\"", .image, false), ("[1, {\"a\": null}]", .json, true),
    ("{\"a\": 1}", .dictionary(.int), true), ("{\"a\": 1, \"b\": \"\"}", .dictionary(.int), false),
    ("\"key\"", .secret, false), ("{}", .error, true), ("[]", .list(.string), true),
    ("{}", .record([]), true),
  ])
  func scalarsAreTakenStrictly(_ json: String, _ type: ValueType, _ fits: Bool) throws {
    #expect(TypeTable().conform(try Value(json: json), to: type).fits == fits)
  }

  @Test func aPictureIsAnImageAndAFileButNotJSON() {
    let picture = Value.image(.address("https://example.com/a.png"))
    #expect(TypeTable().conform(picture, to: .image).fits)
    #expect(TypeTable().conform(picture, to: .file).fits)
    #expect(!TypeTable().conform(.list([picture]), to: .list(.json)).fits)
    #expect(!TypeTable().conform(.list([picture]), to: .json).fits)
  }

  @Test func theMemberThatWasMeantSaysWhatIsWrong() throws {
    let shape = Fixture().shape
    #expect(try mismatches(#"{"kind": "box", "width": 1, "height": 2}"#, shape).isEmpty)
    #expect(
      try mismatches(#"{"kind": "box", "radius": 3}"#, shape) == [
        "`width` is missing, it must be `number`", "`height` is missing, it must be `number`",
      ])
    #expect(
      try mismatches(#"{"kind": "cone", "radius": 3}"#, shape)
        == [#"`kind` must be `"circle"`, found the string "cone""#])
    #expect(
      try mismatches("7", .union([.text("a"), .list(.int), .null]))
        == [#"the answer must be `"a" | [int] | null`, found the number 7"#])
    #expect(
      try mismatches(#"["x"]"#, .union([.text("a"), .list(.int)])) == [
        #"`[0]` must be `int`, found the string "x""#
      ])
  }

  @Test func theMemberWithoutFieldsTooManyWins() throws {
    let short = ValueType.record([RecordField("a", .int)])
    let long = ValueType.record([RecordField("a", .int), RecordField("b", .int)])
    let both = TypeTable().conform(try Value(json: #"{"b": 1, "a": 2}"#), to: .union([short, long]))
    #expect(both.value.json() == #"{"a":2,"b":1}"#)
    #expect(both.extra.isEmpty)
  }

  @Test func conditionsComeInTheOrderOfTheValueAndNotForNullOrWhatDoesNotFit() throws {
    let fixture = Fixture()
    let value = try Value(
      json: #"[{"title": "T", "tags": ["a", "b"]}, {"title": 1, "tags": ["c"], "score": 4.0}]"#)
    let found = fixture.types.conform(value, to: .list(fixture.post)).conditioned
    #expect(
      found.map { "\($0.condition.index) \($0.path) \($0.value.json())" } == [
        #"0 [0] {"title":"T","tags":["a","b"],"score":null}"#, #"1 [0].title "T""#, #"2 [0].tags[0] "a""#,
        #"2 [0].tags[1] "b""#, #"2 [1].tags[0] "c""#, "3 [1].score 4",
      ])
  }

  @Test func conditionsOfTheChosenMemberAreKept() throws {
    var types = TypeTable()
    let short = types.add(.init(name: "Short", type: .string, notes: TypeNotes(condition: ConditionID(7))))
    let alias = types.add(
      .init(name: "Alias", type: .union([.named(short), .int]), notes: TypeNotes(condition: ConditionID(8))))
    let text = types.conform(.string("x"), to: .union([.named(alias), .null]))
    #expect(text.conditioned.map(\.condition.index) == [8, 7])
    #expect(types.conform(.int(1), to: .named(alias)).conditioned.map(\.condition.index) == [8])
    #expect(types.conform(.null, to: .union([.named(alias), .null])).conditioned.isEmpty)
  }

  @Test func recursiveTypesAreFollowed() throws {
    let fixture = Fixture()
    #expect(try mismatches("[1, [2, [], [3]]]", fixture.tree, fixture.types).isEmpty)
    #expect(
      try mismatches("[1, [2, [true]]]", fixture.tree, fixture.types)
        == ["`[1][1][0]` must be `Tree`, found true"])
  }

  @Test func aTypeThatIsOnlyItselfComesToAnEnd() {
    var types = TypeTable()
    let loop = types.add(.init(name: "Loop", type: .error))
    types[loop].type = .union([.named(loop), .string])
    #expect(types.conform(.string("x"), to: .named(loop)).fits)
    #expect(!types.conform(.int(1), to: .named(loop)).fits)
  }

  /// Two members that both go on with the same type: without memory every level doubles the work.
  @Test func likeMembersOfARecursiveUnionAreNotTriedAgainAndAgain() throws {
    var types = TypeTable()
    let id = types.add(.init(name: "Link", type: .error))
    types[id].type = .union([
      .record([RecordField("next", .named(id))]),
      .record([RecordField("next", .named(id)), RecordField("x", .int)]),
      .string,
    ])
    let json = String(repeating: #"{"next":"#, count: 200) + "1" + String(repeating: "}", count: 200)
    let conformance = types.conform(try Value(json: json), to: .named(id))
    #expect(conformance.mismatches.count == 1)
    #expect(conformance.mismatches.first?.path.parts.count == 200)
  }

  /// Places that were left and come to again are told apart from their neighbours.
  @Test func everyPlaceOfARecursiveUnionIsTriedByItself() throws {
    var types = TypeTable()
    let id = types.add(.init(name: "Link", type: .error))
    types[id].type = .union([
      .record([RecordField("all", .list(.named(id))), RecordField("x", .int)]),
      .record([RecordField("all", .list(.named(id)))]),
    ])
    let json = #"{"all":[{"all":[{"all":[]},{"all":1}],"x":1},{"all":[{"all":2}]}]}"#
    let conformance = types.conform(try Value(json: json), to: .named(id))
    #expect(conformance.mismatches.map(\.path.description) == ["all[0].all[1].all", "all[1].all[0].all"])
  }

  @Test func pathsAreWrittenAsInAFlow() {
    let path = ValuePath([.field("a"), .element(0), .field("b c"), .field("d_1"), .field("2"), .field("")])
    #expect(path.description == #"a[0]["b c"].d_1["2"][""]"#)
    #expect(ValuePath().phrase(whole: "the answer") == "the answer")
  }

  @Test func pathsAreEqualWhereTheirPartsAre() {
    let path = ValuePath([.field("a"), .element(0)])
    #expect(path == ValuePath([.field("a")]).appending(.element(0)))
    #expect(path.parts == [.field("a"), .element(0)])
    #expect(Set([path, ValuePath([.field("a"), .element(0)])]).count == 1)
    for other in [[.field("b"), .element(0)], [.field("a")], [.element(0)], []] as [[ValuePath.Part]] {
      #expect(path != ValuePath(other))
    }
  }
}
