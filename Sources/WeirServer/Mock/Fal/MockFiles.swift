import WeirValues

/// What was uploaded to the mock, by its address here.
struct MockFiles {
  /// Where the mock is reached, as the request says: `http://127.0.0.1:8080`.
  var base = ""
  private var stored: [String: File] = [:]
  /// Oldest first.
  private var names: [String] = []
  private var size = 0
  /// Bytes of all files. What is older goes first.
  private static let greatestSize = 512 << 20

  struct File {
    let bytes: [UInt8]
    let mediaType: String
    /// `sha256:…`
    let name: String

    init(_ bytes: [UInt8], mediaType: String) {
      self.bytes = bytes
      self.mediaType = mediaType
      name = "sha256:\(SHA256.hex(of: bytes))"
    }

    /// For the log.
    var note: String { "\(name) (\(bytes.count) bytes \(mediaType))" }
  }

  enum Finding {
    /// An address of another server.
    case elsewhere
    /// An address here that holds nothing.
    case missing
    case stored(File)
  }

  func find(_ address: String) -> Finding {
    let prefix = "\(base)/files/"
    guard !base.isEmpty, address.hasPrefix(prefix) else { return .elsewhere }
    guard let file = self[String(address.dropFirst(base.count))] else { return .missing }
    return .stored(file)
  }

  /// The file at a path: `/files/…`.
  subscript(path: String) -> File? { stored[path] }

  mutating func store(_ file: File, at path: String) {
    if let old = stored.updateValue(file, forKey: path) {
      size -= old.bytes.count
    } else {
      names.append(path)
    }
    size += file.bytes.count
    while size > Self.greatestSize, let oldest = names.first {
      names.removeFirst()
      if let old = stored.removeValue(forKey: oldest) { size -= old.bytes.count }
    }
  }
}
