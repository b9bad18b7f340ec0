/// The standard library: flows that every flow can use as `std/NAME`, embedded in the program.
package enum Stdlib {
  package struct File: Sendable {
    /// As `use "std/NAME"` says it.
    package let name: String
    package let bytes: [UInt8]
  }

  /// By name.
  package static let files = [
    File(name: "summarize", bytes: PackageResources.summarize_flow),
    File(name: "title", bytes: PackageResources.title_flow),
    File(name: "translate", bytes: PackageResources.translate_flow),
  ]

  package static func file(named name: String) -> File? { files.first { $0.name == name } }
}
