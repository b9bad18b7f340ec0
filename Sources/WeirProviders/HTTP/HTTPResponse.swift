/// What a server answered.
package struct HTTPResponse: Sendable {
  package let status: Int
  /// Names in lower case, in the order in which they came.
  package let headers: [(name: String, value: String)]
  /// Decompressed.
  package let body: [UInt8]

  package init(status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
    self.status = status
    self.headers = headers.map { ($0.name.lowercased(), $0.value) }
    self.body = body
  }

  /// The first header of that name, in whatever case.
  package func header(_ name: String) -> String? {
    let name = name.lowercased()
    return headers.first { $0.name == name }?.value
  }
}
