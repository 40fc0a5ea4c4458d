/// Random numbers that are the same for the same seed on every machine: SplitMix64 (Steele and others, 2014,
/// doi:10.1145/2660193.2660195).
struct SeededNumbers: RandomNumberGenerator, Sendable {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// Numbers for one of many things of the same run: of a tool, of a sample.
  init(seed: Int, for words: String...) {
    // FNV-1a; the standard library's hashes differ from run to run.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in words.joined(separator: "\0").utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    state = hash ^ (UInt64(bitPattern: Int64(seed)) &* 0x9e37_79b9_7f4a_7c15)
  }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  /// One of a list; `nil` of an empty one.
  mutating func pick<Element>(_ list: [Element]) -> Element? {
    list.isEmpty ? nil : list[Int(next() % UInt64(list.count))]
  }

  /// A number of the range, both ends included.
  mutating func number(in range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
}
