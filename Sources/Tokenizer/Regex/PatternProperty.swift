/// The properties that `\p{…}` and `[[:…:]]` name.
enum PatternProperty {
  /// The set under a name, which is read without regard to case, spaces, `-` and `_`; `nil` where it is not known.
  static func item(named name: String) -> PatternSet.Item? {
    let plain = String(name.lowercased().filter { !" -_".contains($0) })
    if let place = Unicode.GeneralCategory.shortNames.firstIndex(of: plain) {
      return .categories(CategorySet(bits: 1 << UInt32(place)))
    }
    if let categories = categories[plain] { return .categories(categories) }
    if let item = others(plain) { return item }
    return PatternScripts.ranges(named: plain).map { .ranges($0) }
  }

  private static let categories: [String: CategorySet] = [
    "l": .letters, "letter": .letters, "m": .marks, "mark": .marks, "combiningmark": .marks, "n": .numbers,
    "number": .numbers, "p": .punctuation, "punctuation": .punctuation, "punct": .punctuation, "s": .symbols,
    "symbol": .symbols, "z": .separators, "separator": .separators, "c": .others, "other": .others,
    "lc": [.uppercaseLetter, .lowercaseLetter, .titlecaseLetter],
    "casedletter": [.uppercaseLetter, .lowercaseLetter, .titlecaseLetter],
    "uppercaseletter": [.uppercaseLetter], "lowercaseletter": [.lowercaseLetter],
    "titlecaseletter": [.titlecaseLetter], "modifierletter": [.modifierLetter], "otherletter": [.otherLetter],
    "nonspacingmark": [.nonspacingMark], "spacingmark": [.spacingMark], "enclosingmark": [.enclosingMark],
    "decimalnumber": [.decimalNumber], "digit": [.decimalNumber], "letternumber": [.letterNumber],
    "othernumber": [.otherNumber], "connectorpunctuation": [.connectorPunctuation],
    "dashpunctuation": [.dashPunctuation], "openpunctuation": [.openPunctuation],
    "closepunctuation": [.closePunctuation], "initialpunctuation": [.initialPunctuation],
    "finalpunctuation": [.finalPunctuation], "otherpunctuation": [.otherPunctuation], "mathsymbol": [.mathSymbol],
    "currencysymbol": [.currencySymbol], "modifiersymbol": [.modifierSymbol], "othersymbol": [.otherSymbol],
    "spaceseparator": [.spaceSeparator], "lineseparator": [.lineSeparator],
    "paragraphseparator": [.paragraphSeparator], "control": [.control], "cntrl": [.control], "format": [.format],
    "surrogate": [.surrogate], "privateuse": [.privateUse], "unassigned": [.unassigned],
  ]

  private static func others(_ name: String) -> PatternSet.Item? {
    switch name {
    case "any": .range(0...0x10FFFF)
    case "ascii": .range(0...0x7F)
    case "assigned": .not(.categories([.unassigned]))
    case "alpha", "alphabetic": .alphabetic
    case "alnum": .union([.alphabetic, .categories([.decimalNumber])])
    case "space", "whitespace": .space
    case "blank": .union([.categories([.spaceSeparator]), .range(9...9)])
    case "word": .word
    case "upper", "uppercase": .cased(isUpper: true)
    case "lower", "lowercase": .cased(isUpper: false)
    case "xdigit", "asciihexdigit": .ranges([0x30...0x39, 0x41...0x46, 0x61...0x66])
    case "graph": .not(.union([.space, .categories([.control, .unassigned, .surrogate])]))
    case "print":
      .not(.categories([.control, .unassigned, .surrogate, .lineSeparator, .paragraphSeparator]))
    default: nil
    }
  }

  /// The set of a POSIX bracket, in which `punct` has symbols too.
  static func posixItem(named name: String) -> PatternSet.Item? {
    switch name {
    case "punct": .categories(.punctuation.union(.symbols))
    case "print": .not(.categories([.control, .unassigned, .surrogate]))
    case "alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph", "lower", "space", "upper", "word", "xdigit":
      item(named: name)
    default: nil
    }
  }
}
