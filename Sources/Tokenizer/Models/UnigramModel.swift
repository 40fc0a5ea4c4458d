/// A unigram language model: of all ways to cut a piece into tokens, the one with the highest sum of scores.
final class UnigramModel: Sendable {
  let tokens: TokenTable
  private let scores: [Double]
  let unknown: Int32
  private let unknownScore: Double
  private let fallbacks: [Int32]
  /// The trie of the tokens' bytes: the next node and the token that ends there plus one, by node and byte.
  private let trie: FlatTable
  private let roots: [(node: UInt32, token: UInt32)]

  /// What a character costs that is in no token, on top of the lowest score.
  private static let unknownPenalty = 10.0

  init(_ field: TokenizerField) throws(TokenizerError) {
    let list = try field.required("vocab")
    guard let entries = list.value.arrayValue else { throw list.malformed("expected an array of [token, score]") }
    guard entries.count < TokenTable.maximumID else { throw list.malformed("the vocabulary is too large") }
    let tokens = TokenTable(capacity: entries.count, maximumID: max(entries.count - 1, 0))
    var scores: [Double] = []
    scores.reserveCapacity(entries.count)
    var bytes = 0
    for (index, entry) in entries.enumerated() {
      guard let pair = entry.arrayValue, pair.count == 2, let token = pair[0].stringValue,
        let score = pair[1].doubleValue
      else { throw list.malformed("entry \(index) is not a token with its score") }
      tokens.add(token, Int32(index))
      bytes += token.utf8.count
      scores.append(score)
    }
    guard let unk = field.member("unk_id") else {
      throw field.unsupported("a Unigram model without `unk_id` is not supported: set the id of its unknown token")
    }
    unknown = try unk.tokenID()
    guard Int(unknown) < entries.count else { throw unk.malformed("the unknown token is not in the vocabulary") }
    unknownScore = (scores.min() ?? 0) - Self.unknownPenalty
    let fallsBack = try field.flag("byte_fallback", default: false)
    fallbacks = fallsBack ? (0...255).map { tokens.id(ByteFallback.token(UInt8($0))) } : []
    self.tokens = tokens
    self.scores = scores
    (trie, roots) = Self.trie(tokens, entries.count, bytes)
  }

  private static func trie(_ tokens: TokenTable, _ count: Int, _ bytes: Int) -> (
    FlatTable, [(node: UInt32, token: UInt32)]
  ) {
    let trie = FlatTable(capacity: bytes)
    var roots = [(node: UInt32, token: UInt32)](repeating: (0, 0), count: 256)
    // Node 0 is none.
    var nodes: UInt32 = 1
    for id in 0..<Int32(count) {
      guard let token = tokens.token(id), let first = token.first else { continue }
      if roots[Int(first)].node == 0 {
        roots[Int(first)].node = nodes
        nodes += 1
      }
      if token.count == 1 { roots[Int(first)].token = UInt32(id) + 1 }
      var node = roots[Int(first)].node
      for (index, byte) in token.dropFirst().enumerated() {
        let key = UInt64(node) << 8 | UInt64(byte)
        let isLast = index == token.count - 2
        if let slot = trie.find(key) {
          node = slot.pointee.first
          if isLast { trie.set(key, node, UInt32(id) + 1) }
        } else {
          node = nodes
          nodes += 1
          trie.set(key, node, isLast ? UInt32(id) + 1 : 0)
        }
      }
    }
    return (trie, roots)
  }

  /// Tokenizes a piece.
  func encode(
    _ text: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ state: inout ModelState, _ sink: inout TokenSink
  ) {
    let length = end - start
    let hash = length <= WordCache.longestWord ? ByteHash.hash(text + start, length) : 0
    if length <= WordCache.longestWord, state.cache.find(text + start, length, hash, start, &sink) { return }
    let first = sink.ids.count
    findPath(text + start, length, &state.path)
    addPath(text, start, length, state.path, &sink)
    // Bytes of a character share its place, which the cache cannot say.
    if length <= WordCache.longestWord, fallbacks.isEmpty {
      state.cache.keep(text + start, length, hash, start, sink, from: first)
    }
  }

  /// For each place, the best way that ends there.
  private func findPath(_ piece: UnsafePointer<UInt8>, _ length: Int, _ path: inout [PathNode]) {
    path.removeAll(keepingCapacity: true)
    path.append(contentsOf: repeatElement(PathNode(score: 0, start: -1, token: 0), count: length + 1))
    path.withUnsafeMutableBufferPointer { path in
      var start = 0
      while start < length {
        let score = path[start].score
        let size = ByteString.length(piece[start])
        var hasSingle = false
        var (node, token) = roots[Int(piece[start])]
        var place = start + 1
        while node != 0 {
          if token > 0 {
            Self.offer(token - 1, score + scores[Int(token - 1)], start, &path[place])
            if place - start == size { hasSingle = true }
          }
          guard place < length, let slot = trie.find(UInt64(node) << 8 | UInt64(piece[place])) else { break }
          (node, token) = (slot.pointee.first, slot.pointee.second)
          place += 1
        }
        if !hasSingle { Self.offer(UInt32(unknown), score + unknownScore, start, &path[start + size]) }
        start += size
      }
    }
  }

  @inline(__always)
  private static func offer(_ token: UInt32, _ score: Double, _ start: Int, _ node: inout PathNode) {
    if node.start < 0 || score > node.score { node = PathNode(score: score, start: Int32(start), token: token) }
  }

  private func addPath(
    _ text: UnsafePointer<UInt8>, _ start: Int, _ length: Int, _ path: [PathNode], _ sink: inout TokenSink
  ) {
    var cuts: [(start: Int, token: Int32)] = []
    var end = length
    while end > 0 {
      let node = path[end]
      let token = Int32(truncatingIfNeeded: node.token)
      // Unknown characters that follow each other are one token.
      if token == unknown, let last = cuts.last, last.token == unknown {
        cuts[cuts.count - 1].start = Int(node.start)
      } else {
        cuts.append((Int(node.start), token))
      }
      end = Int(node.start)
    }
    for (index, cut) in cuts.enumerated().reversed() {
      let from = start + cut.start
      let to = index > 0 ? start + cuts[index - 1].start : start + length
      if cut.token == unknown { addUnknown(text, from, to, &sink) } else { sink.add(cut.token, from, to) }
    }
  }

  private func addUnknown(_ text: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ sink: inout TokenSink) {
    let known = tokens.id(text + start, end - start)
    let bytes = UnsafeBufferPointer(start: text + start, count: end - start)
    if known >= 0 {
      sink.add(known, start, end)
    } else if !fallbacks.isEmpty, bytes.allSatisfy({ fallbacks[Int($0)] >= 0 }) {
      for byte in bytes { sink.add(fallbacks[Int(byte)], start, end) }
    } else {
      sink.add(unknown, start, end)
    }
  }
}
