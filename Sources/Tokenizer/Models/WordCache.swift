import Glibc

/// What words were tokenized to, for as many as fit; the oldest are forgotten all at once.
struct WordCache {
  /// Longer words are not kept: they hardly come again.
  static let longestWord = 96

  private struct Slot {
    var hash: UInt64
    var wordStart: UInt32
    var tokenStart: UInt32
    var wordLength: UInt16
    var tokenCount: UInt16
  }

  private static let slotBits = 16
  private static let probes = 4
  private static let mostBytes = 2 << 20

  private var slots: [Slot]
  private var words: [UInt8] = []
  private var ids: [Int32] = []
  /// Where each token ends, counted from the start of its word.
  private var ends: [UInt8] = []

  init() {
    slots = Array(
      repeating: Slot(hash: 0, wordStart: 0, tokenStart: 0, wordLength: 0, tokenCount: 0), count: 1 << Self.slotBits)
  }

  /// Hands the tokens of a word to a sink; false where the word is not known.
  @inline(__always)
  func find(_ word: UnsafePointer<UInt8>, _ length: Int, _ hash: UInt64, _ start: Int, _ sink: inout TokenSink) -> Bool
  {
    let first = Int(truncatingIfNeeded: hash >> 48)
    return slots.withUnsafeBufferPointer { slots in
      for probe in 0..<Self.probes {
        let slot = slots[(first + probe) & (1 << Self.slotBits - 1)]
        guard slot.wordLength > 0 else { return false }
        guard slot.hash == hash, Int(slot.wordLength) == length else { continue }
        let isSame = words.withUnsafeBufferPointer { words in
          guard let base = words.baseAddress else { return false }
          return memcmp(base + Int(slot.wordStart), word, length) == 0
        }
        guard isSame else { continue }
        var from = start
        for index in Int(slot.tokenStart)..<(Int(slot.tokenStart) + Int(slot.tokenCount)) {
          let end = start + Int(ends[index])
          sink.add(ids[index], from, end)
          from = end
        }
        return true
      }
      return false
    }
  }

  /// Keeps the tokens that a sink got for a word, from one on.
  mutating func keep(
    _ word: UnsafePointer<UInt8>, _ length: Int, _ hash: UInt64, _ start: Int, _ sink: TokenSink, from first: Int
  ) {
    if words.count + length > Self.mostBytes || ids.count > Self.mostBytes { forgetAll() }
    let slot = Slot(
      hash: hash, wordStart: UInt32(words.count), tokenStart: UInt32(ids.count), wordLength: UInt16(length),
      tokenCount: UInt16(sink.ids.count - first))
    words.append(contentsOf: UnsafeBufferPointer(start: word, count: length))
    for index in first..<sink.ids.count {
      ids.append(sink.ids[index])
      ends.append(UInt8(truncatingIfNeeded: sink.ends[index] - start))
    }
    let place = Int(truncatingIfNeeded: hash >> 48)
    for probe in 0..<Self.probes {
      let index = (place + probe) & (1 << Self.slotBits - 1)
      if slots[index].wordLength == 0 {
        slots[index] = slot
        return
      }
    }
    slots[(place + Int(truncatingIfNeeded: hash & 3)) & (1 << Self.slotBits - 1)] = slot
  }

  private mutating func forgetAll() { self = WordCache() }
}
