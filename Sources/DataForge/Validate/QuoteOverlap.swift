/// Measures how much of a quote that was not found does stand in the text, to tell a slip from an invention.
enum QuoteOverlap {
  /// The longest run of the quote's words that stands in the text, as a share of the quote, from 0 to 1.
  ///
  /// Case and punctuation don't count. If a run of some length is in the text, every shorter one is, so the length is
  /// found by halving: n·log n in the lengths of the texts.
  static func ratio(of quote: String, in text: String) -> Double {
    let wanted = WordList(quote).words.map(\.hash)
    let given = WordList(text).words.map(\.hash)
    guard !wanted.isEmpty else { return 0 }
    var known = 0
    var beyond = min(wanted.count, given.count) + 1
    while beyond - known > 1 {
      let length = (known + beyond) / 2
      if sharesRun(of: length, wanted, given) { known = length } else { beyond = length }
    }
    return Double(known) / Double(wanted.count)
  }

  private static func sharesRun(of length: Int, _ left: [UInt64], _ right: [UInt64]) -> Bool {
    let runs = Set(runHashes(of: length, left))
    return runHashes(of: length, right).contains { runs.contains($0) }
  }

  /// A rolling polynomial hash of each run of `length` words.
  private static func runHashes(of length: Int, _ words: [UInt64]) -> [UInt64] {
    guard length > 0, words.count >= length else { return [] }
    let base: UInt64 = 0x9E37_79B9_7F4A_7C15
    var leading: UInt64 = 1
    for _ in 1..<length { leading &*= base }
    var hash: UInt64 = 0
    var hashes: [UInt64] = []
    hashes.reserveCapacity(words.count - length + 1)
    for (index, word) in words.enumerated() {
      if index >= length { hash &-= words[index - length] &* leading }
      hash = hash &* base &+ word
      if index >= length - 1 { hashes.append(hash) }
    }
    return hashes
  }
}
