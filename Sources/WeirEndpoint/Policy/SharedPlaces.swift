/// Places for requests to one provider, which several runs on a machine share.
package protocol SharedPlaces: Sendable {
  /// Takes a place; nil while all of them are taken.
  func take() -> Int?
  func giveBack(_ place: Int)

  /// How long the provider has asked one of the runs to wait still; nil where it has not.
  var held: Duration? { get }
  func hold(_ wait: Duration)
}
