/// A token that was added to a vocabulary, and is found in texts before anything else is done to them.
public struct AddedToken: Hashable, Sendable {
  /// The token's number.
  public var id: Int
  /// The text that it is found as.
  public var content: String
  /// Whether it is one of those that decoding may leave out.
  public var isSpecial: Bool
  /// Whether it is found only where no letter or digit touches it.
  public var isSingleWord: Bool
  /// Whether it takes the blanks before it.
  public var stripsLeft: Bool
  /// Whether it takes the blanks after it.
  public var stripsRight: Bool
  /// Whether it is looked for in the normalized text, itself normalized.
  public var isNormalized: Bool
}

extension AddedToken {
  /// Reads one of the `added_tokens`; its id follows later.
  init(_ field: TokenizerField) throws(TokenizerError) {
    id = -1
    content = try field.required("content").string()
    isSpecial = try field.flag("special", default: false)
    isSingleWord = try field.flag("single_word", default: false)
    stripsLeft = try field.flag("lstrip", default: false)
    stripsRight = try field.flag("rstrip", default: false)
    isNormalized = try field.flag("normalized", default: !isSpecial)
  }
}
