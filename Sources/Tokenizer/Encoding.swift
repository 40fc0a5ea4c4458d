extension Tokenizer {
  /// The tokens of a text, each with the part of the text that it stands for.
  public struct Encoding: Hashable, Sendable {
    /// The tokens' numbers.
    public var ids: [Int32]
    /// Which part of the text each token stands for, in Unicode code points; `0..<0` for tokens that the
    /// post-processor put around the text. Tokens that share the bytes of one code point all have its range.
    public var offsets: [Range<Int>]
    /// Which tokens the post-processor put around the text; special tokens that stand in the text are not meant.
    public var specialTokensMask: [Bool]

    /// Takes tokens as they are.
    public init(ids: [Int32] = [], offsets: [Range<Int>] = [], specialTokensMask: [Bool] = []) {
      self.ids = ids
      self.offsets = offsets
      self.specialTokensMask = specialTokensMask
    }
  }
}

extension Tokenizer.Encoding {
  /// The first token that stands for a code point, or `nil` where none does, as `char_to_token` of `transformers`.
  public func token(at codePoint: Int) -> Int? { offsets.firstIndex { $0.contains(codePoint) } }

  /// Which tokens stand for the given parts of the text, in code points: those a template marks as generated, say.
  ///
  /// The answer is that of `return_assistant_tokens_mask` in `transformers` 5: a part marks the tokens from the first
  /// that has its first code point to the first that has its last one. Where no token has the last (or where it is the
  /// very first token) all that follow are marked; where none has the first, that part and those after it mark nothing.
  public func mask(of parts: [Range<Int>]) -> [Bool] {
    let firstTokens = FirstTokens(offsets, for: parts.flatMap { [$0.lowerBound, $0.upperBound - 1] })
    // How many parts start less how many end at each token: parts may overlap, and there may be many.
    var changes = [Int](repeating: 0, count: ids.count + 1)
    for part in parts {
      guard let start = firstTokens[part.lowerBound] else { break }
      let end = firstTokens[part.upperBound - 1] ?? 0
      let after = end > 0 ? end + 1 : ids.count
      guard start < after else { continue }
      changes[start] += 1
      changes[after] -= 1
    }
    var open = 0
    return ids.indices.map { index in
      open += changes[index]
      return open > 0
    }
  }
}

/// The first token of each of some code points, found in one pass over all tokens.
private struct FirstTokens {
  private var found: [Int: Int] = [:]

  init(_ offsets: [Range<Int>], for codePoints: [Int]) {
    let wanted = Set(codePoints).sorted()
    // By its place in `wanted`, the next code point that is still looked for: what was found is skipped from then on.
    var next = Array(0...wanted.count)
    func open(_ place: Int) -> Int {
      var root = place
      while next[root] != root { root = next[root] }
      var place = place
      while next[place] != root { (place, next[place]) = (next[place], root) }
      return root
    }
    for (token, range) in offsets.enumerated() where !range.isEmpty {
      var place = open(wanted.partitionIndex(from: range.lowerBound))
      while place < wanted.count, wanted[place] < range.upperBound {
        found[wanted[place]] = token
        next[place] = place + 1
        place = open(place)
      }
    }
  }

  subscript(codePoint: Int) -> Int? { found[codePoint] }
}

extension [Int] {
  /// Where the first number stands that is at least as large, in sorted numbers.
  fileprivate func partitionIndex(from least: Int) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < least { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
