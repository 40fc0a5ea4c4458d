/// Puts words together again whose letters were set apart for looks: `I N T R O D U C T I O N`.
///
/// Single letters with even gaps between them count where they look like a word: names of columns, answers and variables
/// stand in the same way. A gap much wider than the others parts two words.
enum LetterspacedText {
  /// Fewer letters may be anything.
  private static let fewest = 5

  /// The text without the spaces that are none; `nil` where all are.
  /// - Parameters:
  ///   - text: UTF-8, its words parted by one space.
  ///   - gaps: in points, one for each of its spaces.
  ///   - size: the font's.
  static func repaired(_ text: ArraySlice<UInt8>, gaps: [Float], size: Float) -> [UInt8]? {
    let words = text.split(separator: 0x20, omittingEmptySubsequences: false)
    guard words.count == gaps.count + 1, words.count >= fewest, size > 0 else { return nil }
    var joins = [Bool](repeating: false, count: gaps.count)
    var isFound = false
    var start = 0
    while start < words.count {
      guard isLetter(words[start]) else {
        start += 1
        continue
      }
      var end = start + 1
      while end < words.count, isLetter(words[end]) { end += 1 }
      if end - start >= fewest - 1 {
        let usual = gaps[start..<end - 1].sorted()[(end - start - 1) / 2]
        if join(words, gaps, start..<end, usual: usual, size: size, into: &joins) { isFound = true }
      }
      start = end
    }
    guard isFound else { return nil }
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    for (place, word) in words.enumerated() {
      result += word
      if place < gaps.count && !joins[place] { result.append(0x20) }
    }
    return result
  }

  /// Marks the gaps of a run of letters that belong to words; `false` where there are none.
  private static func join(
    _ words: [ArraySlice<UInt8>], _ gaps: [Float], _ letters: Range<Int>, usual: Float, size: Float,
    into joins: inout [Bool]
  ) -> Bool {
    guard usual > 0 else { return false }
    // Capitals kern, so even gaps differ a little; a word's space is wider than these by far.
    let widest = usual * 1.5 + 0.05 * size
    var run = letters
    // Letters that kern stayed together: `W AV E S`.
    while run.lowerBound > 0, words[run.lowerBound - 1].count <= 3, gaps[run.lowerBound - 1] <= widest,
      words[run.lowerBound - 1].allSatisfy(isLetter)
    {
      run = run.lowerBound - 1..<run.upperBound
    }
    while run.upperBound < words.count, words[run.upperBound].count <= 3, gaps[run.upperBound - 1] <= widest {
      run = run.lowerBound..<run.upperBound + 1
    }
    var wordStart = run.lowerBound
    var candidates: [Range<Int>] = []
    for place in run where place + 1 == run.upperBound || gaps[place] > widest {
      candidates.append(wordStart..<place + 1)
      wordStart = place + 1
    }
    let longest = candidates.max { $0.count < $1.count } ?? run
    guard looksLikeWord(words[longest].flatMap { $0 }) else { return false }
    for candidate in candidates { for gap in candidate.dropLast() { joins[gap] = true } }
    return true
  }

  /// Whether letters could be a word of a language that is written in them.
  private static func looksLikeWord(_ letters: [UInt8]) -> Bool {
    let plain = letters.filter(isLetter)
    guard plain.count >= fewest else { return false }
    var vowels = 0
    var steps = 0
    var repeats = 0
    for (place, letter) in plain.enumerated() {
      if letter >= 0x80 || "aeiouy".utf8.contains(letter | 0x20) { vowels += 1 }
      guard place > 0 else { continue }
      if letter == plain[place - 1] + 1 { steps += 1 }
      if letter == plain[place - 1] { repeats += 1 }
    }
    let isUpper = plain.allSatisfy { $0 < 0x61 || $0 >= 0x80 }
    let isLower = plain.dropFirst().allSatisfy { $0 >= 0x61 }
    // Small letters are variables more often than capitals are.
    guard isUpper || (isLower && plain.count >= 7) else { return false }
    let distinct = Set(plain).count
    return vowels * 5 >= plain.count && vowels * 3 <= plain.count * 2 && steps * 3 < plain.count
      && repeats * 3 <= plain.count && distinct * 5 >= min(plain.count, 12) * 2
  }

  private static func isLetter(_ word: ArraySlice<UInt8>) -> Bool {
    guard let first = word.first else { return false }
    if word.count == 1 { return isLetter(first) }
    return word.count == 2 && first >= 0xC3 && first <= 0xD3
  }

  private static func isLetter(_ byte: UInt8) -> Bool { LineLabel.isLetter(byte) || byte >= 0x80 }
}
