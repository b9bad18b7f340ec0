// swift-tools-version: 6.2

import PackageDescription

#if canImport(Glibc)
  import Glibc
#endif

// A room is a target. It imports only from lower floors; `RepositoryTests` holds it to that.
// What each room is for, and what it must not know, is in docs/architecture.md.

let houseRules: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("ExistentialAny"),
  .treatAllWarnings(as: .error),
]

// The C library of Linux shows what POSIX does not have only to those who ask.
let beyondPOSIX: [CSetting] = [.define("_GNU_SOURCE", .when(platforms: [.linux]))]

/// The places that the loader fills in are listed as bits instead of 24 bytes each: a megabyte less
/// to read at every start. GNU's C library knows such lists since 2.36; where it is older, or is not
/// GNU's, the program is linked as usual.
var shortRelocations: [LinkerSetting] {
  #if canImport(Glibc)
    let library = Int32(_CS_GNU_LIBC_VERSION)
    var name = [UInt8](repeating: 0, count: confstr(library, nil, 0))
    name.withUnsafeMutableBytes { _ = confstr(library, $0.bindMemory(to: CChar.self).baseAddress, $0.count) }
    // "glibc 2.36", with a zero at its end
    let version = String(decoding: name.dropLast(), as: UTF8.self).split { $0 == " " || $0 == "." }
      .compactMap { Int($0) }
    guard !version.lexicographicallyPrecedes([2, 36]) else { return [] }
    return [.unsafeFlags(["-use-ld=lld", "-Xlinker", "-zpack-relative-relocs"], .when(platforms: [.linux]))]
  #else
    return []
  #endif
}

func room(_ name: String, on lower: [String] = [], cSettings: [CSetting] = []) -> [Target] {
  [
    .target(
      name: name, dependencies: lower.map { .init(stringLiteral: $0) }, cSettings: cSettings,
      swiftSettings: houseRules),
    .testTarget(
      name: "\(name)Tests",
      dependencies: (lower + [name] + testSupport(of: name)).filter { $0 != "CurlShim" }
        .map { .init(stringLiteral: $0) },
      swiftSettings: houseRules),
  ]
}

/// What the tests of a room share with others, and what else they need.
func testSupport(of room: String) -> [String] {
  switch room {
  case "WeirSyntax": ["WeirTestSupport", "WeirSyntaxSupport"]
  // The types of the cases are written as flows write them.
  case "WeirReading":
    ["WeirTestSupport", "WeirReadingSupport", "WeirDiagnostics", "WeirSyntax", "WeirProgram", "WeirCheck"]
  default: ["WeirTestSupport"]
  }
}

/// The room of flows that are part of the program: the folder `stdlib`.
func room(_ name: String, flows: [String]) -> [Target] {
  [
    .target(
      name: name, path: "stdlib", resources: flows.map { .embedInCode("\($0).flow") },
      swiftSettings: houseRules)
  ]
}

/// The flows of the standard library, which are part of the program.
let library = [
  "answer_from", "caption", "classify", "compare_pictures", "critique", "extract", "judge",
  "keywords", "read_page", "refine", "rewrite", "summarize", "title", "translate", "vote",
]

let floors: [[Target]] = [
  // Floor 0
  room("WeirDiagnostics"),
  [.target(name: "CurlShim")],
  room("WeirStdlib", flows: library),
  // Floor 1
  room("WeirSyntax", on: ["WeirDiagnostics"]),
  room("WeirValues"),
  room("WeirProcess", cSettings: beyondPOSIX),
  // Floor 2
  room("WeirProgram", on: ["WeirDiagnostics", "WeirValues"]),
  room("WeirEndpoint", on: ["WeirDiagnostics", "WeirValues"]),
  room("WeirReading", on: ["WeirValues"]),
  // Floor 3
  room("WeirCheck", on: ["WeirDiagnostics", "WeirSyntax", "WeirValues", "WeirProgram"]),
  room("WeirGraph", on: ["WeirValues", "WeirProgram"]),
  room("WeirProviders", on: ["WeirDiagnostics", "CurlShim", "WeirValues", "WeirEndpoint"]),
  // Floor 4
  room(
    "WeirProject",
    on: ["WeirDiagnostics", "WeirStdlib", "WeirSyntax", "WeirValues", "WeirProgram", "WeirCheck"]),
  room(
    "WeirRun",
    on: [
      "WeirDiagnostics", "WeirValues", "WeirProcess", "WeirProgram", "WeirEndpoint", "WeirReading",
      "WeirGraph",
    ]),
  room("WeirStore", on: ["WeirValues", "WeirEndpoint"]),
  room("WeirServer", on: ["WeirValues", "WeirEndpoint"]),
  // Floor 6
  room(
    "WeirCommandLine",
    on: [
      "WeirDiagnostics", "WeirStdlib", "WeirSyntax", "WeirValues", "WeirProcess", "WeirProgram",
      "WeirEndpoint", "WeirReading", "WeirCheck", "WeirGraph", "WeirProviders", "WeirProject", "WeirRun",
      "WeirStore", "WeirServer",
    ]),
  // Floor 7
  [
    .executableTarget(
      name: "weir", dependencies: ["WeirCommandLine"], swiftSettings: houseRules,
      linkerSettings: shortRelocations)
  ],
]

let package = Package(
  name: "weir",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "weir", targets: ["weir"])],
  targets: floors.flatMap { $0 } + [
    .target(name: "WeirTestSupport", path: "Tests/Support", swiftSettings: houseRules),
    .target(
      name: "WeirSyntaxSupport", dependencies: ["WeirDiagnostics", "WeirSyntax"], path: "Tests/SyntaxSupport",
      swiftSettings: houseRules),
    .target(
      name: "WeirReadingSupport", dependencies: ["WeirValues", "WeirSyntaxSupport"],
      path: "Tests/ReadingSupport", swiftSettings: houseRules),
    .executableTarget(
      name: "weir-bench",
      dependencies: [
        "WeirDiagnostics", "WeirSyntax", "WeirValues", "WeirProgram", "WeirEndpoint", "WeirReading",
        "WeirCheck", "WeirGraph", "WeirProviders", "WeirProject", "WeirRun",
      ],
      path: "Tests/Benchmarks/weir-bench", swiftSettings: houseRules),
    .executableTarget(
      name: "weir-fuzz",
      dependencies: [
        "WeirDiagnostics", "WeirSyntax", "WeirValues", "WeirReading", "WeirCheck", "WeirSyntaxSupport",
        "WeirReadingSupport",
      ],
      path: "Tests/Fuzz", exclude: ["README.md"], swiftSettings: houseRules),
    .testTarget(
      name: "RepositoryTests",
      dependencies: [
        "WeirDiagnostics", "WeirStdlib", "WeirSyntax", "WeirProgram", "WeirProject", "WeirTestSupport",
        "WeirSyntaxSupport",
      ],
      swiftSettings: houseRules),
  ]
)
