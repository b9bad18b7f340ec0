package import WeirEndpoint
import WeirValues

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The requests of runs that wait in a service's queue, each as a file in a folder: what is asked for its answer
/// where the run that sent it has ended before.
package struct JobShelf: Sendable {
  private let folder: String

  package init(_ folder: String) { self.folder = folder }

  /// A request in a queue, and who sent it.
  package struct Entry: Sendable, Hashable {
    package let job: QueueJob
    /// The flow's file as it was named.
    package let flow: String
    /// With its pass, where it has one.
    package let step: String
    package let provider: String
    /// The service's address, where it is not the usual one.
    package let url: String?
    /// What the key is called in the environment.
    package let keyName: String
    /// Seconds since 1970.
    package let time: Int

    package init(
      job: QueueJob, flow: String, step: String, provider: String, url: String?, keyName: String, time: Int
    ) {
      self.job = job
      self.flow = flow
      self.step = step
      self.provider = provider
      self.url = url
      self.keyName = keyName
      self.time = time
    }
  }

  /// Throws where it cannot be written; the folders above it are made.
  package func keep(_ entry: Entry) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let data = Data((entry.json.json(indent: 2) + "\n").utf8)
    try data.write(to: URL(filePath: path(of: entry.job.id)), options: .atomic)
  }

  package func forget(_ id: String) {
    try? FileManager.default.removeItem(atPath: path(of: id))
  }

  /// The oldest first. A file that is none of its own is passed over.
  package var all: [Entry] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(Self.ending) }.compactMap { name in
      guard let data = try? Data(contentsOf: URL(filePath: "\(folder)/\(name)")),
        let value = try? Value(json: Array(data))
      else { return nil }
      return Entry(json: value)
    }.sorted { ($0.time, $0.job.id) < ($1.time, $1.job.id) }
  }

  private static let ending = ".json"

  /// The id is the service's: it may be no name of a file.
  private func path(of id: String) -> String {
    let safe = id.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }
    let name = safe && !id.isEmpty && id.utf8.count <= 100 ? id : SHA256.hex(of: Data(id.utf8))
    return "\(folder)/\(name)\(Self.ending)"
  }
}

extension JobShelf.Entry {
  fileprivate init?(json: Value) {
    func text(_ name: String) -> String? { json[name]?.string }
    guard let id = text("id"), let status = text("status_url"), let result = text("result_url"),
      let cancel = text("cancel_url"), let provider = text("provider"), let keyName = text("key")
    else { return nil }
    self.init(
      job: QueueJob(id: id, statusAddress: status, resultAddress: result, cancelAddress: cancel),
      flow: text("flow") ?? "", step: text("step") ?? "", provider: provider, url: text("url"),
      keyName: keyName,
      time: json["time"]?.number?.int ?? 0)
  }

  fileprivate var json: Value {
    var record: Record = [
      "id": .string(job.id), "flow": .string(flow), "step": .string(step), "provider": .string(provider),
    ]
    record["url"] = url.map { .string($0) }
    record["key"] = .string(keyName)
    record["time"] = .int(time)
    record["status_url"] = .string(job.statusAddress)
    record["result_url"] = .string(job.resultAddress)
    record["cancel_url"] = .string(job.cancelAddress)
    return .record(record)
  }
}
