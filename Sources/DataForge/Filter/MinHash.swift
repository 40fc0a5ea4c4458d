/// Sketches a set of shingles so that similar sets share a key with high probability.
///
/// 70 permutations in 14 bands of 5: two sets of Jaccard similarity 0.8 meet in a band with probability 0.996, of 0.9
/// with 0.999 997, of 0.5 with 0.36 and of 0.3 with 0.03 (and are then told apart by their shingles). A permutation is
/// one exclusive or and one multiplication by an odd number on the shingle's one hash, so no text is hashed twice; what
/// is compared are the product's upper bits, into which all bits of the hash have gone.
enum MinHash {
  static let bands = 14
  static let rows = 5

  /// One key for each band. Sets with another `kind` share none.
  static func bandKeys(of shingles: [UInt32], kind: UInt64) -> [Int64] {
    var minima = [SIMD8<UInt32>](repeating: SIMD8(repeating: .max), count: permutations.count)
    minima.withUnsafeMutableBufferPointer { minima in
      permutations.withUnsafeBufferPointer { permutations in
        for index in permutations.indices {
          let permutation = permutations[index]
          var smallest = minima[index]
          for shingle in shingles {
            let permuted = (SIMD8(repeating: shingle) ^ permutation.mask) &* permutation.factor
            smallest = pointwiseMin(smallest, permuted)
          }
          minima[index] = smallest
        }
      }
    }
    return (0..<bands).map { band in
      let key = (band * rows..<(band + 1) * rows).reduce(kind &+ UInt64(band)) {
        WordList.mixed($0 &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(minima[$1 / 8][$1 % 8]))
      }
      return Int64(bitPattern: key)
    }
  }

  /// Eight permutations at a time.
  private struct Permutations {
    var mask: SIMD8<UInt32> = .zero
    var factor: SIMD8<UInt32> = .zero
  }

  /// Fixed for ever: the same corpus gives the same duplicates on every machine.
  private static let permutations: [Permutations] = (0..<(bands * rows + 7) / 8).map { group in
    var permutations = Permutations()
    for lane in 0..<8 {
      let number = WordList.mixed(UInt64(group * 8 + lane) &+ 0x5851_F42D_4C95_7F2D)
      permutations.mask[lane] = UInt32(truncatingIfNeeded: number)
      permutations.factor[lane] = UInt32(truncatingIfNeeded: number >> 32) | 1
    }
    return permutations
  }
}
