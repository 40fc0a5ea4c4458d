/// What every scanner asks about a scalar, in tables that are made once.
///
/// The tokenizers that models were trained with read Unicode 16 (Oniguruma 6.9 and the `regex` crate), and a character
/// that was assigned later is no letter to them: it is taken for unassigned here too.
final class ScalarTable: @unchecked Sendable {
  // Sendable: the memory is written before anyone sees the table, and never freed.

  /// What a scalar is to the patterns of known tokenizers; a scalar may be several.
  struct Kinds {
    static let letter: UInt8 = 1
    static let number: UInt8 = 2
    static let space: UInt8 = 4
    static let mark: UInt8 = 8
    static let punctuationOrSymbol: UInt8 = 16
    /// `[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]`
    static let upper: UInt8 = 32
    /// `[\p{Ll}\p{Lm}\p{Lo}\p{M}]`
    static let lower: UInt8 = 64
  }

  /// The scalars below are looked up; those above are few and are asked for one by one.
  static let limit: UInt32 = 0x33480
  static let shared = ScalarTable()

  let kindsBelowLimit: UnsafeMutablePointer<UInt8>
  private let traitsBelowLimit: UnsafeMutablePointer<UInt8>

  private init() {
    let count = Int(Self.limit)
    kindsBelowLimit = .allocate(capacity: count)
    traitsBelowLimit = .allocate(capacity: count)
    // One block after the other of those whose scalars are all alike, and what lies between.
    var value: UInt32 = 0
    for block in Self.uniformBlocks + [Self.limit...Self.limit] {
      while value < block.lowerBound {
        set(value, Self.traits(value))
        value += 1
      }
      guard value < Self.limit else { break }
      let traits = Self.traits(value)
      for value in block { set(value, traits) }
      value = block.upperBound + 1
    }
  }

  /// Ideographs, Hangul and private characters: more than half of all scalars.
  private static let uniformBlocks: [ClosedRange<UInt32>] = [
    0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7A3, 0xD800...0xDFFF, 0xE000...0xF8FF, 0x20000...0x2A6DF,
    0x2A700...0x2B739, 0x2B740...0x2B81D, 0x2B820...0x2CEA1, 0x2CEB0...0x2EBE0, 0x2EBF0...0x2EE5D,
    0x30000...0x3134A, 0x31350...0x323AF,
  ]

  private func set(_ value: UInt32, _ traits: UInt8) {
    traitsBelowLimit[Int(value)] = traits
    kindsBelowLimit[Int(value)] = Self.kinds(traits)
  }

  /// The bits of `Kinds`.
  @inline(__always)
  func kinds(_ value: UInt32) -> UInt8 {
    value < Self.limit ? kindsBelowLimit[Int(value)] : Self.kinds(Self.traits(value))
  }

  /// The general category as its place in `Unicode.GeneralCategory.order`.
  func category(_ value: UInt32) -> UInt32 { UInt32(traits(value) & 31) }

  /// Whether `\s` takes it: the property White_Space.
  func isSpace(_ value: UInt32) -> Bool { traits(value) & 32 != 0 }

  /// Whether it has the property Alphabetic.
  func isAlphabetic(_ value: UInt32) -> Bool { traits(value) & 64 != 0 }

  /// Whether it is what Unicode takes for a part of words: Alphabetic, marks, decimal digits and connectors.
  func isWord(_ value: UInt32) -> Bool { traits(value) & 128 != 0 }

  private func traits(_ value: UInt32) -> UInt8 {
    value < Self.limit ? traitsBelowLimit[Int(value)] : Self.traits(value)
  }

  private static func traits(_ value: UInt32) -> UInt8 {
    guard let scalar = Unicode.Scalar(value) else { return UInt8(Unicode.GeneralCategory.surrogate.place) }
    let properties = scalar.properties
    var category = properties.generalCategory
    guard category != .unassigned, category == .privateUse || properties.age?.major ?? 0 <= 16 else {
      return UInt8(Unicode.GeneralCategory.unassigned.place)
    }
    // Became Lo with Unicode 17.
    if value == 0x295 { category = .lowercaseLetter }
    let place = category.place
    var traits = UInt8(place)
    if properties.isWhitespace { traits |= 32 }
    if properties.isAlphabetic { traits |= 64 }
    if traits & 64 != 0 || wordCategories.contains(place: place) { traits |= 128 }
    return traits
  }

  private static let wordCategories: CategorySet = [
    .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .connectorPunctuation,
  ]

  private static func kinds(_ traits: UInt8) -> UInt8 {
    kindsByCategory[Int(traits & 31)] | (traits & 32 != 0 ? Kinds.space : 0)
  }

  private static let kindsByCategory: [UInt8] = (UInt32(0)..<32).map { place in
    var kinds: UInt8 = 0
    if CategorySet.letters.contains(place: place) { kinds |= Kinds.letter }
    if CategorySet.numbers.contains(place: place) { kinds |= Kinds.number }
    if CategorySet.marks.contains(place: place) { kinds |= Kinds.mark }
    if CategorySet.punctuation.union(.symbols).contains(place: place) { kinds |= Kinds.punctuationOrSymbol }
    let either = CategorySet.marks.union([.modifierLetter, .otherLetter])
    if either.union([.uppercaseLetter, .titlecaseLetter]).contains(place: place) { kinds |= Kinds.upper }
    if either.union([.lowercaseLetter]).contains(place: place) { kinds |= Kinds.lower }
    return kinds
  }
}
