/// A key that is made from what stands in a document.
struct AnyCodingKey: CodingKey {
  let stringValue: String
  let intValue: Int?

  init(stringValue: String) {
    self.stringValue = stringValue
    intValue = nil
  }

  init(intValue: Int) {
    stringValue = "Index \(intValue)"
    self.intValue = intValue
  }

  /// Under which a class keeps what its superclass encodes, as in Foundation.
  static let `super` = AnyCodingKey(stringValue: "super")
}
