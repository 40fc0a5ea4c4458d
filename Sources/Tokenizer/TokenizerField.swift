import OrderedJSON

/// A value of a `tokenizer.json` that knows where it stands, so that a mistake in it can be named.
struct TokenizerField {
  let value: JSONValue
  let place: String

  init(_ value: JSONValue, place: String = "") {
    self.value = value
    self.place = place
  }

  /// The member under a key, or `nil` where it is missing or `null`.
  func member(_ key: String) -> TokenizerField? {
    guard let member = value[key], !member.isNull else { return nil }
    return TokenizerField(member, place: place.isEmpty ? key : "\(place).\(key)")
  }

  /// The member under a key that has to be there.
  func required(_ key: String) throws(TokenizerError) -> TokenizerField {
    guard value.objectValue != nil else { throw malformed("expected an object, found \(value.typeName)") }
    guard let field = member(key) else { throw malformed("the key `\(key)` is missing") }
    return field
  }

  func string() throws(TokenizerError) -> String {
    guard let string = value.stringValue else { throw malformed("expected a string, found \(value.typeName)") }
    return string
  }

  func int() throws(TokenizerError) -> Int {
    guard let int = value.intValue else { throw malformed("expected an integer, found \(value.typeName)") }
    return int
  }

  /// A token's number: what fits the tables, which are as long as the largest number.
  func tokenID() throws(TokenizerError) -> Int32 {
    let id = try int()
    guard id >= 0, id < TokenTable.maximumID else {
      throw malformed("the token id \(id) is out of range (0 to \(TokenTable.maximumID - 1))")
    }
    return Int32(id)
  }

  func elements() throws(TokenizerError) -> [TokenizerField] {
    guard let array = value.arrayValue else { throw malformed("expected an array, found \(value.typeName)") }
    return array.enumerated().map { TokenizerField($0.element, place: "\(place)[\($0.offset)]") }
  }

  /// The only scalar of a string.
  func scalar() throws(TokenizerError) -> Unicode.Scalar {
    let scalars = try string().unicodeScalars
    guard let first = scalars.first, scalars.count == 1 else { throw malformed("expected one character") }
    return first
  }

  /// A truth value under a key, or what counts where it is missing.
  func flag(_ key: String, default fallback: Bool) throws(TokenizerError) -> Bool {
    guard let field = member(key) else { return fallback }
    guard let flag = field.value.boolValue else {
      throw field.malformed("expected true or false, found \(field.value.typeName)")
    }
    return flag
  }

  func malformed(_ message: String) -> TokenizerError {
    TokenizerError(reason: .malformed, place: place, message: message)
  }

  func unsupported(_ message: String) -> TokenizerError {
    TokenizerError(reason: .unsupported, place: place, message: message)
  }
}
