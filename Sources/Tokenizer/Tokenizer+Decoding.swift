extension Tokenizer {
  /// The text that tokens stand for. Numbers that no token has are passed over, and bytes that are no UTF-8 become
  /// U+FFFD.
  public func decode(_ ids: [Int32], skipSpecialTokens: Bool = true) -> String {
    var tokens: [[UInt8]] = []
    tokens.reserveCapacity(ids.count)
    for id in ids {
      guard let token = added.decoded(id) ?? model.tokens.token(id).map({ Array($0) }) else { continue }
      if skipSpecialTokens, added.isSpecial(token) { continue }
      tokens.append(token)
    }
    let parts = decoder?.decode(tokens) ?? (tokens.isEmpty ? [] : [Array(tokens.joined(separator: [0x20]))])
    return String(decoding: parts.joined(), as: UTF8.self)
  }
}
