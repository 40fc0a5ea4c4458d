extension Tokenizer {
  /// The tokens that were added to the model's vocabulary, special or not, in the order of their numbers.
  public var addedTokens: [AddedToken] { added.all }

  /// The tokens that decoding may leave out, in the order of their numbers.
  public var specialTokens: [AddedToken] { added.all.filter(\.isSpecial) }

  /// How many rows a model's embedding needs: one more than the largest number that a token has.
  public var vocabularySize: Int { max(model.tokens.maximum, added.all.last?.id ?? 0) + 1 }

  /// The number of a token as the vocabulary has it (`Ġthe`, not ` the`), or `nil` where there is no such token.
  public func tokenToID(_ token: String) -> Int? {
    let bytes = Array(token.utf8)
    if let id = added.id(bytes) { return Int(id) }
    return model.tokens.id(token).map { Int($0) }
  }

  /// The token of a number as the vocabulary has it, or `nil` where there is none.
  public func idToToken(_ id: Int) -> String? {
    guard let id = Int32(exactly: id) else { return nil }
    if let added = added.token(id) { return added.content }
    return model.tokens.token(id).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The number that a text becomes where it is one token, as a special token has to be; `nil` where it is split into
  /// several, or unknown.
  public func singleToken(_ text: String) -> Int? {
    let tokens = encodeIDs(text, addSpecialTokens: false)
    guard tokens.count == 1, tokens[0] != model.unknown || tokenToID(text) != nil else { return nil }
    return Int(tokens[0])
  }
}
