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
      var end = start
      while end < words.count, isCapitals(words[end]) { end += 1 }
      let singles = words[start..<end].count { isLetter($0) }
      if end - start >= fewest, singles * 2 >= end - start {
        if join(words, gaps, start..<end, size: size, into: &joins) { isFound = true }
        start = end
        continue
      }
      end = start
      while end < words.count, isLetter(words[end]) { end += 1 }
      if end - start >= fewest - 1 {
        let run = extended(start..<end, words, gaps, size: size)
        if join(words, gaps, run, size: size, into: &joins) { isFound = true }
      }
      start = max(end, start + 1)
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

  /// Marks the gaps of a run that belong to words; `false` where there are none.
  private static func join(
    _ words: [ArraySlice<UInt8>], _ gaps: [Float], _ run: Range<Int>, size: Float, into joins: inout [Bool]
  ) -> Bool {
    guard let widest = widest(gaps[run.dropLast()], size: size) else { return false }
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

  /// How wide a gap within a word may be: capitals kern, so even gaps differ a little, and a word's space is wider by far.
  private static func widest(_ gaps: ArraySlice<Float>, size: Float) -> Float? {
    guard !gaps.isEmpty else { return nil }
    let usual = gaps.sorted()[gaps.count / 2]
    return usual > 0 ? usual * 1.5 + 0.05 * size : nil
  }

  /// A run of single letters with those beside it that kern and so stayed together: `w av e s`.
  private static func extended(
    _ letters: Range<Int>, _ words: [ArraySlice<UInt8>], _ gaps: [Float], size: Float
  ) -> Range<Int> {
    guard let widest = widest(gaps[letters.dropLast()], size: size) else { return letters }
    var run = letters
    while run.lowerBound > 0, words[run.lowerBound - 1].count <= 3, gaps[run.lowerBound - 1] <= widest,
      words[run.lowerBound - 1].allSatisfy(isLetter)
    {
      run = run.lowerBound - 1..<run.upperBound
    }
    while run.upperBound < words.count, words[run.upperBound].count <= 3, gaps[run.upperBound - 1] <= widest {
      run = run.lowerBound..<run.upperBound + 1
    }
    return run
  }

  /// Whether a word is a few capitals, or a hyphen between them.
  private static func isCapitals(_ word: ArraySlice<UInt8>) -> Bool {
    word.count <= 5 && word.allSatisfy { LineLabel.isUpper($0) || $0 >= 0x80 || $0 == UInt8(ascii: "-") }
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
