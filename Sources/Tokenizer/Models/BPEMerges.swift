import OrderedJSON

/// Reads the merges of a BPE model: pairs of tokens in the order of their ranks.
enum BPEMerges {
  /// Each pair's rank and what it becomes, by the numbers of both.
  static func read(
    _ field: TokenizerField, _ tokens: TokenTable, prefixLength: Int
  ) throws(TokenizerError) -> FlatTable {
    guard let merges = field.value.arrayValue else { throw field.malformed("expected an array of merges") }
    let table = FlatTable(capacity: merges.count)
    var joined: [UInt8] = []
    var rank: UInt32 = 0
    for (index, merge) in merges.enumerated() {
      joined.removeAll(keepingCapacity: true)
      guard let ids = pair(merge, tokens, prefixLength, &joined) else {
        // Older files may keep the first line of `merges.txt`.
        if let line = merge.stringValue, line.hasPrefix("#version") { continue }
        throw field.malformed(
          "merge \(index) is not a pair of tokens (`\"a b\"` or `[\"a\", \"b\"]`) of which each, and what they make, "
            + "is in the vocabulary")
      }
      table.set(UInt64(ids.left) << 32 | UInt64(ids.right), rank, ids.merged)
      rank += 1
    }
    return table
  }

  private static func pair(
    _ merge: JSONValue, _ tokens: TokenTable, _ prefixLength: Int, _ joined: inout [UInt8]
  ) -> (left: UInt32, right: UInt32, merged: UInt32)? {
    let split: Int
    switch merge {
    case .string(let line):
      joined.append(contentsOf: line.utf8)
      guard let space = joined.firstIndex(of: 0x20), joined.lastIndex(of: 0x20) == space else { return nil }
      joined.remove(at: space)
      split = space
    case .array(let pair):
      guard pair.count == 2, case .string(let left) = pair[0], case .string(let right) = pair[1] else { return nil }
      joined.append(contentsOf: left.utf8)
      split = joined.count
      joined.append(contentsOf: right.utf8)
    default: return nil
    }
    let (left, right) = joined.withUnsafeBufferPointer { buffer in
      guard let bytes = buffer.baseAddress else { return (Int32(-1), Int32(-1)) }
      return (tokens.id(bytes, split), tokens.id(bytes + split, buffer.count - split))
    }
    guard left >= 0, right >= 0, split + prefixLength <= joined.count else { return nil }
    joined.removeSubrange(split..<(split + prefixLength))
    let merged = tokens.id(joined)
    return merged < 0 ? nil : (UInt32(left), UInt32(right), UInt32(merged))
  }
}
