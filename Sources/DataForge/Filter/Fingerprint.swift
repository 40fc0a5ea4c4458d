/// What a sample is compared by with others.
final class Fingerprint {
  /// 128 bits over the words of question, answer and calls; equal for texts that differ in case, punctuation or space.
  let exact: (UInt64, UInt64)
  /// A hash of the set of numbers: two samples of a table that differ in a year alone are no duplicates.
  let numbers: UInt64
  /// The hashes of the shingles, rising, at most `maximumShingles` of them (those with the smallest hashes).
  let shingles: [UInt32]
  /// The keys by which similar samples with the same numbers find each other.
  private(set) lazy var bandKeys: [Int64] = MinHash.bandKeys(of: shingles, kind: numbers)

  /// How many shingles are kept of a long text; its similarity is estimated from them.
  static let maximumShingles = 4_096
  /// Letters of a shingle, spaces between words included.
  static let shingleLength = 5

  init(_ subject: FilterSubject) {
    var words = WordList(subject.question)
    let questionEnd = words.words.count
    words.append(subject.answer)
    words.append(subject.calls)
    var first: UInt64 = 0x243F_6A88_85A3_08D3
    var second: UInt64 = 0x1319_8A2E_0370_7344
    for (index, word) in words.words.enumerated() {
      // What is question and what is answer makes a difference.
      let hash = index < questionEnd ? word.hash : ~word.hash
      first = WordList.mixed(first ^ hash)
      second = WordList.mixed(second &+ hash &* 0x9E37_79B9_7F4A_7C15)
    }
    exact = (first, second)
    numbers = Set(words.words.lazy.filter(\.isNumber).map(\.hash)).reduce(0) { $0 &+ WordList.mixed($1) }
    shingles = Self.shingles(of: words.bytes)
  }

  /// The Jaccard similarity of two sets of shingles, from 0 to 1.
  static func similarity(_ left: [UInt32], _ right: [UInt32]) -> Double {
    var shared = 0
    var i = 0
    var j = 0
    while i < left.count, j < right.count {
      if left[i] == right[j] {
        shared += 1
        i += 1
        j += 1
      } else if left[i] < right[j] {
        i += 1
      } else {
        j += 1
      }
    }
    let union = left.count + right.count - shared
    return union == 0 ? 1 : Double(shared) / Double(union)
  }

  private static func shingles(of bytes: [UInt8]) -> [UInt32] {
    guard bytes.count >= shingleLength else { return [UInt32(truncatingIfNeeded: WordList.hash(bytes) >> 32)] }
    var hashes: [UInt32] = []
    hashes.reserveCapacity(bytes.count)
    var window: UInt64 = 0
    for (index, byte) in bytes.enumerated() {
      window = (window << 8 | UInt64(byte)) & 0xFF_FFFF_FFFF
      if index >= shingleLength - 1 { hashes.append(UInt32(truncatingIfNeeded: WordList.mixed(window) >> 32)) }
    }
    hashes.sort()
    var unique: [UInt32] = []
    unique.reserveCapacity(min(hashes.count, maximumShingles))
    for hash in hashes where unique.last != hash {
      unique.append(hash)
      if unique.count == maximumShingles { break }
    }
    return unique
  }
}

/// Makes a subject's fingerprint once for the rules and the index that ask for it one after the other.
final class Fingerprints {
  private var last: (subject: FilterSubject, fingerprint: Fingerprint)?

  func of(_ subject: FilterSubject) -> Fingerprint {
    if let last, last.subject == subject { return last.fingerprint }
    let fingerprint = Fingerprint(subject)
    last = (subject, fingerprint)
    return fingerprint
  }
}
