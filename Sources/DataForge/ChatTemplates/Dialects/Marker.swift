/// A literal of a dialect, such as `<|im_end|>`, as its UTF-8 bytes.
struct Marker: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
  let bytes: [UInt8]

  init(stringLiteral value: String) { bytes = Array(value.utf8) }

  init(_ text: String) { bytes = Array(text.utf8) }

  var count: Int { bytes.count }
  var description: String { String(decoding: bytes, as: UTF8.self) }
}

/// Several literals that are looked for at once, by their first bytes.
struct MarkerSet: Sendable {
  let tokens: [Marker]
  /// For each byte, whether a token begins with it.
  private let begins: [Bool]
  private let single: UInt8?

  init(_ tokens: [Marker]) {
    self.tokens = tokens
    var begins = [Bool](repeating: false, count: 256)
    for token in tokens where !token.bytes.isEmpty { begins[Int(token.bytes[0])] = true }
    self.begins = begins
    let first = Set(tokens.compactMap(\.bytes.first))
    single = first.count == 1 ? first.first : nil
  }

  /// The first place in `range` where one of the tokens stands, and which; the longest where several do.
  func first(in text: TextBytes, _ range: Range<Int>) -> (at: Int, token: Int)? {
    guard !tokens.isEmpty else { return nil }
    var at = range.lowerBound
    while at < range.upperBound {
      if let single {
        guard let next = text.find(byte: single, at..<range.upperBound) else { return nil }
        at = next
      } else if !begins[Int(text[at])] {
        at += 1
        continue
      }
      if let token = token(in: text, at, range.upperBound) { return (at, token) }
      at += 1
    }
    return nil
  }

  /// Which token stands at a place; the longest where several do.
  func token(in text: TextBytes, _ at: Int, _ end: Int) -> Int? {
    var found: Int?
    for index in tokens.indices where text.has(tokens[index], at, end) {
      if let before = found, tokens[before].count >= tokens[index].count { continue }
      found = index
    }
    return found
  }
}
