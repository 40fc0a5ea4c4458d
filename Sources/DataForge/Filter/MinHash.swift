/// Sketches a set of shingles so that similar sets share a key with high probability.
///
/// 120 permutations in 20 bands of 6: two sets of Jaccard similarity 0.8 meet in a band with probability 0.998, of 0.9
/// with 0.999 999, of 0.5 with 0.27 (and are then told apart by their shingles). Each permutation is one multiplication
/// and addition on the shingle's one hash (Dietzfelbinger's multiply-shift), so no text is hashed twice.
enum MinHash {
  static let bands = 20
  static let rows = 6

  /// One key for each band.
  static func bandKeys(of shingles: [UInt32]) -> [Int64] {
    var minima = [UInt32](repeating: .max, count: bands * rows)
    minima.withUnsafeMutableBufferPointer { minima in
      permutations.withUnsafeBufferPointer { permutations in
        for shingle in shingles {
          let value = UInt64(shingle)
          for index in 0..<bands * rows {
            let permuted = UInt32(
              truncatingIfNeeded: (permutations[index].factor &* value &+ permutations[index].term) >> 32)
            if permuted < minima[index] { minima[index] = permuted }
          }
        }
      }
    }
    return (0..<bands).map { band in
      let key = minima[band * rows..<(band + 1) * rows].reduce(UInt64(band)) {
        WordList.mixed($0 &* 0x9E37_79B9_7F4A_7C15 &+ UInt64($1))
      }
      return Int64(bitPattern: key)
    }
  }

  private struct Permutation {
    var factor: UInt64
    var term: UInt64
  }

  /// Fixed for ever: the same corpus gives the same duplicates on every machine.
  private static let permutations: [Permutation] = (0..<UInt64(bands * rows)).map { index in
    Permutation(
      factor: WordList.mixed(2 * index &+ 0x5851_F42D_4C95_7F2D) | 1,
      term: WordList.mixed(2 * index &+ 0x1405_7B7E_F767_814F))
  }
}
