/// SentencePiece's precompiled map of characters: a trie of what is replaced (a double array as Darts makes it), and
/// what replaces it.
struct Charsmap: Sendable {
  private let units: [UInt32]
  private let replacements: [UInt8]

  /// Reads the map from Base64.
  init(_ field: TokenizerField) throws(TokenizerError) {
    guard let bytes = Self.decoded(try field.string()), bytes.count >= 4 else {
      throw field.malformed("the map is no Base64")
    }
    let size = Int(bytes[0]) | Int(bytes[1]) << 8 | Int(bytes[2]) << 16 | Int(bytes[3]) << 24
    guard size % 4 == 0, size > 0, 4 + size <= bytes.count else { throw field.malformed("the map is cut short") }
    units = stride(from: 4, to: 4 + size, by: 4).map { place in
      let low = UInt32(bytes[place]) | UInt32(bytes[place + 1]) << 8
      return low | UInt32(bytes[place + 2]) << 16 | UInt32(bytes[place + 3]) << 24
    }
    replacements = Array(bytes[(4 + size)...])
  }

  func apply(to piece: inout PieceText) {
    let text = String(decoding: piece.bytes, as: UTF8.self)
    var changes: [ScalarChange] = []
    changes.reserveCapacity(piece.bytes.count)
    var isModified = false
    for cluster in text {
      if cluster.utf8.count < 6, let new = replacement(for: cluster.utf8) {
        isModified = true
        Self.add(new, for: cluster.unicodeScalars.count, to: &changes)
        continue
      }
      for scalar in cluster.unicodeScalars {
        if let new = replacement(for: UTF8.encode(scalar) ?? UTF8.EncodedScalar()) {
          isModified = true
          Self.add(new, for: 1, to: &changes)
        } else {
          changes.append(ScalarChange(scalar: scalar.value, change: 0))
        }
      }
    }
    if isModified { piece.transform(changes) }
  }

  /// Adds what replaces some scalars: further ones are new, and the last stands for those that are missing.
  private static func add(_ new: ArraySlice<UInt8>, for oldCount: Int, to changes: inout [ScalarChange]) {
    let start = changes.count
    let scalars = String(decoding: new, as: UTF8.self).unicodeScalars
    for scalar in scalars { changes.append(ScalarChange(scalar: scalar.value, change: 0)) }
    let difference = changes.count - start - oldCount
    if difference > 0 {
      for index in (changes.count - difference)..<changes.count { changes[index].change = 1 }
    } else if difference < 0, !changes.isEmpty {
      changes[changes.count - 1].change += difference
    }
  }

  /// What replaces the shortest start of a text that the trie has.
  private func replacement(for text: some Sequence<UInt8>) -> ArraySlice<UInt8>? {
    var place = Self.offset(units[0])
    for byte in text {
      if byte == 0 { break }
      place ^= Int(byte)
      guard place < units.count, units[place] & 0x8000_00FF == UInt32(byte) else { return nil }
      let unit = units[place]
      place ^= Self.offset(unit)
      guard unit >> 8 & 1 == 1 else { continue }
      guard place < units.count else { return nil }
      let start = Int(units[place] & 0x7FFF_FFFF)
      guard start < replacements.count else { return nil }
      let end = replacements[start...].firstIndex(of: 0) ?? replacements.count
      return replacements[start..<end]
    }
    return nil
  }

  private static func offset(_ unit: UInt32) -> Int { Int(unit >> 10) << Int((unit & 0x200) >> 6) }

  private static func decoded(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count / 4 * 3)
    var bits: UInt32 = 0
    var count = 0
    for character in text.utf8 {
      let value: UInt8
      switch character {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = character - 0x41
      case UInt8(ascii: "a")...UInt8(ascii: "z"): value = character - 0x61 + 26
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = character - 0x30 + 52
      case UInt8(ascii: "+"): value = 62
      case UInt8(ascii: "/"): value = 63
      case UInt8(ascii: "="): continue
      default: return nil
      }
      bits = bits << 6 | UInt32(value)
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return bytes
  }
}
