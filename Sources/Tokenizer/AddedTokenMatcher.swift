/// Finds added tokens in a text: the leftmost, and the longest of those that start there.
struct AddedTokenMatcher: Sendable {
  private let tokens: [AddedToken]
  /// A trie: the next node and the token that ends there plus one, by node and byte.
  private let trie: FlatTable
  private let isFirst: [Bool]

  /// Takes what to look for; `nil` where that is nothing.
  init?(_ patterns: [([UInt8], AddedToken)]) {
    let patterns = patterns.filter { !$0.0.isEmpty }
    guard !patterns.isEmpty else { return nil }
    tokens = patterns.map(\.1)
    trie = FlatTable(capacity: patterns.reduce(0) { $0 + $1.0.count })
    var isFirst = [Bool](repeating: false, count: 256)
    var nodes: UInt32 = 1
    for (index, (bytes, _)) in patterns.enumerated() {
      isFirst[Int(bytes[0])] = true
      var node: UInt32 = 0
      for (place, byte) in bytes.enumerated() {
        let key = UInt64(node) << 8 | UInt64(byte)
        let slot = trie.find(key)?.pointee
        let end = place == bytes.count - 1 ? UInt32(index) + 1 : slot?.second ?? 0
        if slot == nil { nodes += 1 }
        node = slot?.first ?? nodes - 1
        trie.set(key, node, end)
      }
    }
    self.isFirst = isFirst
  }

  /// Cuts each piece at the tokens in it.
  func split(_ text: inout WorkingText) {
    guard contains(text) else { return }
    text.split { bytes, piece, add in
      // What follows the last token that was found.
      var rest = piece.start
      var place = piece.start
      isFirst.withUnsafeBufferPointer { isFirst in
        while place < piece.end {
          guard isFirst[Int(bytes[place])], let (token, end) = longest(bytes, place, piece.end) else {
            place += 1
            continue
          }
          let from = place
          place = end
          guard let found = extent(token, bytes, from, end, piece, rest) else { continue }
          if rest < found.lowerBound { add(rest, found.lowerBound, -1) }
          add(found.lowerBound, found.upperBound, Int32(token.id))
          rest = found.upperBound
        }
      }
      if rest < piece.end { add(rest, piece.end, -1) }
    }
  }

  /// Whether there is any token in the text, so that most texts stay as they are.
  private func contains(_ text: WorkingText) -> Bool {
    text.bytes.withUnsafeBufferPointer { buffer in
      guard let bytes = buffer.baseAddress else { return false }
      return isFirst.withUnsafeBufferPointer { isFirst in
        for piece in text.pieces where piece.token < 0 {
          for place in piece.start..<piece.end where isFirst[Int(bytes[place])] {
            if longest(bytes, place, piece.end) != nil { return true }
          }
        }
        return false
      }
    }
  }

  private func longest(_ text: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> (AddedToken, Int)? {
    var node: UInt32 = 0
    var best: (UInt32, Int)?
    var place = start
    while place < end, let slot = trie.find(UInt64(node) << 8 | UInt64(text[place])) {
      place += 1
      node = slot.pointee.first
      if slot.pointee.second > 0 { best = (slot.pointee.second - 1, place) }
    }
    return best.map { (tokens[Int($0.0)], $0.1) }
  }

  /// What a token takes of the text around it; `nil` where it must not stand there.
  private func extent(
    _ token: AddedToken, _ text: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ piece: WorkingText.Piece,
    _ rest: Int
  ) -> Range<Int>? {
    if token.isSingleWord {
      if start > piece.start, isWord(text, ByteString.start(before: start, in: text)) { return nil }
      if end < piece.end, isWord(text, end) { return nil }
    }
    var from = start
    var to = end
    if token.stripsLeft {
      while from > max(piece.start, rest) {
        let before = ByteString.start(before: from, in: text)
        guard ScalarTable.shared.isSpace(ByteString.scalar(text, before).value) else { break }
        from = before
      }
      from = max(from, rest)
    }
    if token.stripsRight {
      while to < piece.end {
        let (value, length) = ByteString.scalar(text, to)
        guard ScalarTable.shared.isSpace(value) else { break }
        to += length
      }
    }
    return from..<max(from, to)
  }

  private func isWord(_ text: UnsafePointer<UInt8>, _ place: Int) -> Bool {
    PreTokenizer.isWord(ByteString.scalar(text, place).value)
  }
}
