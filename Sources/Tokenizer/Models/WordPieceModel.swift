/// WordPiece: the longest token that a piece starts with, then the longest that the rest starts with, and so on.
final class WordPieceModel: Sendable {
  let tokens: TokenTable
  let unknown: Int32
  private let prefix: [UInt8]
  private let mostCharacters: Int

  init(_ field: TokenizerField) throws(TokenizerError) {
    tokens = try TokenTable(field.required("vocab"))
    let unk = try field.required("unk_token")
    guard let id = tokens.id(try unk.string()) else {
      throw unk.malformed("the unknown token is not in the vocabulary")
    }
    unknown = id
    prefix = Array(try field.required("continuing_subword_prefix").string().utf8)
    mostCharacters = try field.required("max_input_chars_per_word").int()
  }

  /// Tokenizes a piece.
  func encode(_ text: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ sink: inout TokenSink) {
    var characters = 0
    for place in start..<end where !ByteString.isContinuation(text[place]) { characters += 1 }
    guard characters <= mostCharacters else { return sink.add(unknown, start, end) }
    var found: [(id: Int32, end: Int)] = []
    var place = start
    while place < end {
      guard let next = longest(text, place, end, isFirst: place == start) else { return sink.add(unknown, start, end) }
      found.append(next)
      place = next.end
    }
    place = start
    for (id, end) in found {
      sink.add(id, place, end)
      place = end
    }
  }

  private func longest(
    _ text: UnsafePointer<UInt8>, _ start: Int, _ limit: Int, isFirst: Bool
  ) -> (id: Int32, end: Int)? {
    let before = isFirst ? 0 : prefix.count
    var name = isFirst ? [] : prefix
    // No token is longer than the longest.
    var end = min(limit, start + max(tokens.longest - before, 0))
    while end < limit, end > start, ByteString.isContinuation(text[end]) { end -= 1 }
    name += UnsafeBufferPointer(start: text + start, count: end - start)
    return name.withUnsafeBufferPointer { name in
      guard let bytes = name.baseAddress else { return nil }
      var last = end
      while last > start {
        let id = tokens.id(bytes, before + last - start)
        if id >= 0 { return (id, last) }
        last = ByteString.start(before: last, in: text)
      }
      return nil
    }
  }
}
