/// A set of general categories.
struct CategorySet: Hashable, Sendable, ExpressibleByArrayLiteral {
  /// A bit for each category, by its place.
  var bits: UInt32

  init(bits: UInt32) { self.bits = bits }
  init(arrayLiteral elements: Unicode.GeneralCategory...) { bits = elements.reduce(0) { $0 | 1 << $1.place } }

  static let letters: CategorySet = [
    .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
  ]
  static let marks: CategorySet = [.nonspacingMark, .spacingMark, .enclosingMark]
  static let numbers: CategorySet = [.decimalNumber, .letterNumber, .otherNumber]
  static let punctuation: CategorySet = [
    .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
    .finalPunctuation, .otherPunctuation,
  ]
  static let symbols: CategorySet = [.mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol]
  static let separators: CategorySet = [.spaceSeparator, .lineSeparator, .paragraphSeparator]
  static let others: CategorySet = [.control, .format, .surrogate, .privateUse, .unassigned]

  func union(_ other: CategorySet) -> CategorySet { CategorySet(bits: bits | other.bits) }
  func contains(place: UInt32) -> Bool { bits >> place & 1 != 0 }
  func contains(_ category: Unicode.GeneralCategory) -> Bool { contains(place: category.place) }
}

extension Unicode.GeneralCategory {
  /// The place in the order of the short names below.
  var place: UInt32 {
    switch self {
    case .uppercaseLetter: 0
    case .lowercaseLetter: 1
    case .titlecaseLetter: 2
    case .modifierLetter: 3
    case .otherLetter: 4
    case .nonspacingMark: 5
    case .spacingMark: 6
    case .enclosingMark: 7
    case .decimalNumber: 8
    case .letterNumber: 9
    case .otherNumber: 10
    case .connectorPunctuation: 11
    case .dashPunctuation: 12
    case .openPunctuation: 13
    case .closePunctuation: 14
    case .initialPunctuation: 15
    case .finalPunctuation: 16
    case .otherPunctuation: 17
    case .mathSymbol: 18
    case .currencySymbol: 19
    case .modifierSymbol: 20
    case .otherSymbol: 21
    case .spaceSeparator: 22
    case .lineSeparator: 23
    case .paragraphSeparator: 24
    case .control: 25
    case .format: 26
    case .surrogate: 27
    case .privateUse: 28
    case .unassigned: 29
    @unknown default: 29
    }
  }

  /// The short names of the categories, each at its place.
  static let shortNames = [
    "lu", "ll", "lt", "lm", "lo", "mn", "mc", "me", "nd", "nl", "no", "pc", "pd", "ps", "pe", "pi", "pf", "po", "sm",
    "sc", "sk", "so", "zs", "zl", "zp", "cc", "cf", "cs", "co", "cn",
  ]
}
