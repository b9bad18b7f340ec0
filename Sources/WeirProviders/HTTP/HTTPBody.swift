package import WeirValues

#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

/// What a request carries: bytes, and files that become base64 only while they are sent.
///
/// A picture is then held once, as it was read, and not a second and third time in the JSON around it.
package struct HTTPBody: Sendable, Hashable {
  package private(set) var segments: [Segment] = []

  package enum Segment: Sendable, Hashable {
    case bytes([UInt8])
    /// Sent as it is.
    case data(Data)
    /// Sent as base64 (RFC 4648, 4), padded.
    case base64(Data)

    /// In bytes, as it is sent.
    package var count: Int {
      switch self {
      case .bytes(let bytes): bytes.count
      case .data(let data): data.count
      case .base64(let data): (data.count + 2) / 3 * 4
      }
    }
  }

  package init(_ bytes: [UInt8] = []) {
    if !bytes.isEmpty { segments = [.bytes(bytes)] }
  }

  package init(_ segments: [Segment]) { self.segments = segments }

  /// In bytes, as it is sent.
  package var count: Int { segments.reduce(0) { $0 + $1.count } }

  /// All of it, put together.
  package var bytes: [UInt8] {
    var upload = HTTPUpload(self)
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = upload.read(into: UnsafeMutableRawBufferPointer(buffer))
    }
  }
}

extension HTTPBody: ExpressibleByArrayLiteral {
  package init(arrayLiteral bytes: UInt8...) { self.init(bytes) }
}

// MARK: - JSON

extension HTTPBody {
  /// A value as JSON; its pictures and files are segments of their own.
  package init(json value: Value) {
    guard value.holdsFiles else {
      self.init(value.jsonBytes())
      return
    }
    var writer = BodyWriter()
    writer.write(value)
    self.init(writer.finished())
  }
}

extension Value {
  /// Whether a picture's or a file's bytes are somewhere in it.
  fileprivate var holdsFiles: Bool {
    switch self {
    case .image(.bytes): true
    case .file(let document): document.holdsBytes
    case .list(let elements): elements.contains(where: \.holdsFiles)
    case .record(let record): record.fields.contains { $0.value.holdsFiles }
    case .null, .bool, .number, .string, .image(.address), .secret: false
    }
  }
}

extension Document {
  fileprivate var holdsBytes: Bool {
    if case .bytes = content { true } else { false }
  }
}

private struct BodyWriter {
  private var segments: [HTTPBody.Segment] = []
  private var text: [UInt8] = []

  mutating func write(_ value: Value) {
    switch value {
    case .image(.bytes(let data, let format)): write(data, as: format.mediaType)
    case .file(let document):
      switch document.content {
      case .bytes(let data): write(data, as: document.kind.mediaType)
      case .address: text += value.jsonBytes()
      }
    case .list(let elements): write(elements)
    case .record(let record): write(record.fields)
    case .null, .bool, .number, .string, .image(.address), .secret: text += value.jsonBytes()
    }
  }

  private mutating func write(_ data: Data, as mediaType: String) {
    text += "\"data:\(mediaType);base64,".utf8
    segments += [.bytes(text), .base64(data)]
    text = [UInt8(ascii: "\"")]
  }

  private mutating func write(_ elements: [Value]) {
    text.append(UInt8(ascii: "["))
    for (place, element) in elements.enumerated() {
      if place > 0 { text.append(UInt8(ascii: ",")) }
      write(element)
    }
    text.append(UInt8(ascii: "]"))
  }

  private mutating func write(_ fields: [Record.Field]) {
    text.append(UInt8(ascii: "{"))
    for (place, field) in fields.enumerated() {
      if place > 0 { text.append(UInt8(ascii: ",")) }
      text += Value.string(field.name).jsonBytes() + [UInt8(ascii: ":")]
      write(field.value)
    }
    text.append(UInt8(ascii: "}"))
  }

  func finished() -> [HTTPBody.Segment] { segments + [.bytes(text)] }
}
