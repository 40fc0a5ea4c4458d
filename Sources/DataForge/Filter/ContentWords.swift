/// The words of a text that carry its meaning, each by a key that its forms share.
///
/// Common English words that any text holds are left out. Numbers stand for themselves, in figures or words. The key of
/// a word is a hash of its first six letters without an ending such as `-ing`: coarse, so that "operates" and
/// "operation" agree.
struct ContentWords {
  /// In order, with repetitions.
  private(set) var keys: [UInt64] = []
  let set: Set<UInt64>

  init(_ words: WordList) {
    keys.reserveCapacity(words.words.count)
    for word in words.words {
      guard !Self.common.contains(word.hash) else { continue }
      keys.append(Self.key(of: word, in: words))
    }
    set = Set(keys)
  }

  /// What all forms of a word share.
  static func key(of word: WordList.Word, in words: WordList) -> UInt64 {
    if word.isNumber { return word.hash }
    if let number = numbers[word.hash] { return number }
    return words.bytes.withUnsafeBufferPointer { bytes in
      var end = word.range.upperBound
      let start = word.range.lowerBound
      for ending in endings where end - start - ending.count >= 3 {
        guard bytes[(end - ending.count)..<end].elementsEqual(ending) else { continue }
        end -= ending.count
        break
      }
      return WordList.hash(bytes[start..<min(end, start + prefix)])
    }
  }

  /// How many letters tell words apart.
  private static let prefix = 6

  private static let endings = ["'s", "ingly", "edly", "ings", "ing", "ied", "ies", "ed", "es", "ly", "s", "e", "y"]
    .map { Array($0.utf8) }

  /// Hashes of number words to the hashes of their figures.
  private static let numbers: [UInt64: UInt64] = Dictionary(
    [
      "zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
      "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14",
      "fifteen": "15", "sixteen": "16", "seventeen": "17", "eighteen": "18", "nineteen": "19", "twenty": "20",
      "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90",
      "hundred": "100", "thousand": "1000",
    ].map { (WordList.hash($0.key.utf8), WordList.hash($0.value.utf8)) }, uniquingKeysWith: { first, _ in first })

  private static let common: Set<UInt64> = Set(
    """
    a an the of in on at to for and or but nor is are was were be been being am by with as from that this these those
    it its it's he she they his her hers their theirs them him you your yours we our ours us i me my mine no not do does
    did done doing has have had having will would can cannot can't could may might must shall should if then than so
    such there here what which who whom whose when where why how about into over under out up down off also very more
    most some any all each every both either neither other another own same too just only s t after before between
    during through while because since until upon within without against among per via yes
    """.split { $0 == " " || $0 == "\n" }.map { WordList.hash($0.utf8) })
}
