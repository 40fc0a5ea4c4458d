/// Finds the places of one byte string in others, in time linear in both (Knuth, Morris and Pratt).
struct ByteSearch {
  private let needle: [UInt8]
  /// For each prefix of the needle, how long the longest proper prefix is that also ends it.
  private let borders: [Int]

  /// An empty needle is found nowhere.
  init(_ needle: some Sequence<UInt8>) {
    let needle = Array(needle)
    var borders = [Int](repeating: 0, count: needle.count)
    var length = 0
    for index in needle.indices.dropFirst() {
      while length > 0, needle[index] != needle[length] { length = borders[length - 1] }
      if needle[index] == needle[length] { length += 1 }
      borders[index] = length
    }
    self.needle = needle
    self.borders = borders
  }

  /// Calls `body` with each place, also overlapping ones, until it returns a value.
  func first<Result>(in text: [UInt8], where body: (Range<Int>) -> Result?) -> Result? {
    guard !needle.isEmpty else { return nil }
    var length = 0
    for (index, byte) in text.enumerated() {
      while length > 0, byte != needle[length] { length = borders[length - 1] }
      if byte == needle[length] { length += 1 }
      guard length == needle.count else { continue }
      if let result = body(index + 1 - length..<index + 1) { return result }
      length = borders[length - 1]
    }
    return nil
  }
}
