/// A set of scalars that a pattern names: a character, a class in brackets, a property.
struct PatternSet: Sendable {
  /// One of the things that a class in brackets lists.
  indirect enum Item: Hashable, Sendable {
    case range(ClosedRange<UInt32>)
    case categories(CategorySet)
    case space
    case word
    case alphabetic
    case cased(isUpper: Bool)
    case ranges([ClosedRange<UInt32>])
    case not(Item)
    case union([Item])
    case intersection([Item])
  }

  let item: Item
  /// A bit for each scalar below `ScalarTable.limit`.
  private let bits: [UInt64]
  /// The bits of the ASCII characters once more, where they are found without a look at memory.
  private let ascii: (UInt64, UInt64)

  init(_ item: Item) {
    self.item = item
    bits = item.bits
    ascii = (bits[0], bits[1])
  }

  @inline(__always)
  func contains(_ value: UInt32) -> Bool {
    if value < 64 { return ascii.0 >> UInt64(value) & 1 != 0 }
    if value < 128 { return ascii.1 >> UInt64(value & 63) & 1 != 0 }
    if value < ScalarTable.limit {
      return bits.withUnsafeBufferPointer { $0[Int(value >> 6)] >> UInt64(value & 63) & 1 != 0 }
    }
    return item.contains(value)
  }
}

extension PatternSet.Item {
  /// A bit for each scalar below `ScalarTable.limit`.
  fileprivate var bits: [UInt64] {
    let none = [UInt64](repeating: 0, count: Int(ScalarTable.limit + 63) / 64)
    switch self {
    case .range(let range): return Self.bits([range], none)
    case .ranges(let ranges): return Self.bits(ranges, none)
    case .not(let item): return item.bits.map { ~$0 }
    case .union(let items):
      return items.reduce(into: none) { all, item in
        for (index, word) in item.bits.enumerated() { all[index] |= word }
      }
    case .intersection(let items):
      return items.reduce(into: none.map { ~$0 }) { all, item in
        for (index, word) in item.bits.enumerated() { all[index] &= word }
      }
    case .categories, .space, .word, .alphabetic, .cased:
      var bits = none
      for value in 0..<ScalarTable.limit where contains(value) { bits[Int(value >> 6)] |= 1 << UInt64(value & 63) }
      return bits
    }
  }

  private static func bits(_ ranges: [ClosedRange<UInt32>], _ none: [UInt64]) -> [UInt64] {
    var bits = none
    for range in ranges where range.lowerBound < ScalarTable.limit {
      for value in range.lowerBound...min(range.upperBound, ScalarTable.limit - 1) {
        bits[Int(value >> 6)] |= 1 << UInt64(value & 63)
      }
    }
    return bits
  }

  func contains(_ value: UInt32) -> Bool {
    switch self {
    case .range(let range): range.contains(value)
    case .categories(let categories): categories.contains(place: ScalarTable.shared.category(value))
    case .space: ScalarTable.shared.isSpace(value)
    case .word: ScalarTable.shared.isWord(value)
    case .alphabetic: ScalarTable.shared.isAlphabetic(value)
    case .cased(let isUpper): Self.isCased(value, isUpper)
    case .ranges(let ranges): ranges.contains { $0.contains(value) }
    case .not(let item): !item.contains(value)
    case .union(let items): items.contains { $0.contains(value) }
    case .intersection(let items): items.allSatisfy { $0.contains(value) }
    }
  }

  private static func isCased(_ value: UInt32, _ isUpper: Bool) -> Bool {
    let unassigned = Unicode.GeneralCategory.unassigned.place
    guard ScalarTable.shared.category(value) != unassigned, let scalar = Unicode.Scalar(value) else { return false }
    return isUpper ? scalar.properties.isUppercase : scalar.properties.isLowercase || value == 0x295
  }

  /// The same with every character in its other cases too.
  ///
  /// Only characters of one scalar in each case are folded; `ß` does not match `ss`.
  var ignoringCase: Self {
    switch self {
    case .range(let range):
      // Ranges that large are scripts without case, but for those of properties, which are told by name.
      guard range.count <= 0x3000 else { return self }
      var others: [ClosedRange<UInt32>] = [range]
      for value in range { others += Self.otherCases(value).map { $0...$0 } }
      return .ranges(others)
    case .not(let item): return .not(item.ignoringCase)
    case .union(let items): return .union(items.map(\.ignoringCase))
    case .intersection(let items): return .intersection(items.map(\.ignoringCase))
    case .cased: return .union([.cased(isUpper: true), .cased(isUpper: false)])
    default: return self
    }
  }

  private static func otherCases(_ value: UInt32) -> Set<UInt32> {
    guard let scalar = Unicode.Scalar(value) else { return [] }
    var cases: Set<UInt32> = []
    func add(_ text: String) {
      if let only = text.unicodeScalars.first, text.unicodeScalars.count == 1 { cases.insert(only.value) }
    }
    add(scalar.properties.lowercaseMapping)
    add(scalar.properties.uppercaseMapping)
    for other in cases {
      guard let other = Unicode.Scalar(other) else { continue }
      add(other.properties.lowercaseMapping)
      add(other.properties.uppercaseMapping)
    }
    // Letters that fold to others without being the lower or upper case of them.
    for family in [[0x6B, 0x4B, 0x212A], [0x73, 0x53, 0x17F], [0xE5, 0xC5, 0x212B], [0x3C3, 0x3C2, 0x3A3]] as [[UInt32]]
    where family.contains(value) { cases.formUnion(family) }
    cases.remove(value)
    return cases
  }
}
