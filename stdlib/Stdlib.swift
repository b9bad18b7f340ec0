/// The standard library: flows that every flow can use as `std/NAME`, embedded in the program.
package enum Stdlib {
  package struct File: Sendable {
    /// As `use "std/NAME"` says it.
    package let name: String
    package let bytes: [UInt8]
  }

  /// By name.
  package static let files = [
    File(name: "answer_from", bytes: PackageResources.answer_from_flow),
    File(name: "caption", bytes: PackageResources.caption_flow),
    File(name: "classify", bytes: PackageResources.classify_flow),
    File(name: "compare_pictures", bytes: PackageResources.compare_pictures_flow),
    File(name: "critique", bytes: PackageResources.critique_flow),
    File(name: "extract", bytes: PackageResources.extract_flow),
    File(name: "judge", bytes: PackageResources.judge_flow),
    File(name: "keywords", bytes: PackageResources.keywords_flow),
    File(name: "read_page", bytes: PackageResources.read_page_flow),
    File(name: "refine", bytes: PackageResources.refine_flow),
    File(name: "rewrite", bytes: PackageResources.rewrite_flow),
    File(name: "summarize", bytes: PackageResources.summarize_flow),
    File(name: "title", bytes: PackageResources.title_flow),
    File(name: "translate", bytes: PackageResources.translate_flow),
    File(name: "vote", bytes: PackageResources.vote_flow),
  ]

  package static func file(named name: String) -> File? { files.first { $0.name == name } }
}
