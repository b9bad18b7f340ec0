package import WeirValues

/// A picture that no model painted: one grey pixel, which nobody takes for more than it is.
package enum MadeUpPicture {
  package static var picture: Picture {
    guard let picture = Picture(address: "data:image/png;base64,\(pixel)") else {
      preconditionFailure("the made-up picture is a PNG")
    }
    return picture
  }

  private static let pixel =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mNoAAAAggCB2kUIOwAAAABJ"
    + "RU5ErkJggg=="
}
