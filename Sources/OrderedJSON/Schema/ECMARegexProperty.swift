/// What `\p{…}` asks of a code point.
enum ECMARegexProperty: Sendable {
  /// A bit for each general category, by its place in `categories`.
  case category(UInt32)
  case script([ClosedRange<UInt32>])
  case binary(@Sendable (Unicode.Scalar.Properties) -> Bool)
  case any
  case ascii

  /// The property that the text between the braces names, or `nil` where there is none that we know.
  init?(_ text: String) {
    if let equals = text.utf8.firstIndex(of: UInt8(ascii: "=")) {
      let name = text[..<equals]
      let value = String(text[text.index(after: equals)...])
      switch name {
      case "General_Category", "gc":
        guard let mask = Self.categoryMask(value) else { return nil }
        self = .category(mask)
      case "Script", "sc", "Script_Extensions", "scx":
        guard let ranges = ECMARegexScripts.ranges(value) else { return nil }
        self = .script(ranges)
      default: return nil
      }
    } else if let mask = Self.categoryMask(text) {
      self = .category(mask)
    } else if text == "Any" {
      self = .any
    } else if text == "ASCII" {
      self = .ascii
    } else if text == "Assigned" {
      self = .category(~Self.bit(of: .unassigned))
    } else if let test = Self.binary(text) {
      self = .binary(test)
    } else {
      return nil
    }
  }

  func holds(_ value: UInt32) -> Bool {
    switch self {
    case .any: return true
    case .ascii: return value < 128
    case .script(let ranges): return ranges.contains { $0.contains(value) }
    case .category(let mask):
      guard let scalar = Unicode.Scalar(value) else { return mask & Self.bit(of: .surrogate) != 0 }
      return mask & Self.bit(of: scalar.properties.generalCategory) != 0
    case .binary(let test):
      guard let scalar = Unicode.Scalar(value) else { return false }
      return test(scalar.properties)
    }
  }

  private static func binary(_ name: String) -> (@Sendable (Unicode.Scalar.Properties) -> Bool)? {
    switch name {
    case "Alphabetic", "Alpha": { $0.isAlphabetic }
    case "ASCII_Hex_Digit", "AHex": { $0.isASCIIHexDigit }
    case "Bidi_Control", "Bidi_C": { $0.isBidiControl }
    case "Cased": { $0.isCased }
    case "Case_Ignorable", "CI": { $0.isCaseIgnorable }
    case "Dash": { $0.isDash }
    case "Default_Ignorable_Code_Point", "DI": { $0.isDefaultIgnorableCodePoint }
    case "Diacritic", "Dia": { $0.isDiacritic }
    case "Emoji": { $0.isEmoji }
    case "Emoji_Modifier", "EMod": { $0.isEmojiModifier }
    case "Emoji_Modifier_Base", "EBase": { $0.isEmojiModifierBase }
    case "Emoji_Presentation", "EPres": { $0.isEmojiPresentation }
    case "Extender", "Ext": { $0.isExtender }
    case "Grapheme_Base", "Gr_Base": { $0.isGraphemeBase }
    case "Grapheme_Extend", "Gr_Ext": { $0.isGraphemeExtend }
    case "Hex_Digit", "Hex": { $0.isHexDigit }
    case "ID_Continue", "IDC": { $0.isIDContinue }
    case "ID_Start", "IDS": { $0.isIDStart }
    case "Ideographic", "Ideo": { $0.isIdeographic }
    case "Lowercase", "Lower": { $0.isLowercase }
    case "Math": { $0.isMath }
    case "Noncharacter_Code_Point", "NChar": { $0.isNoncharacterCodePoint }
    case "Pattern_White_Space", "Pat_WS": { $0.isPatternWhitespace }
    case "Quotation_Mark", "QMark": { $0.isQuotationMark }
    case "Radical": { $0.isRadical }
    case "Sentence_Terminal", "STerm": { $0.isSentenceTerminal }
    case "Soft_Dotted", "SD": { $0.isSoftDotted }
    case "Unified_Ideograph", "UIdeo": { $0.isUnifiedIdeograph }
    case "Uppercase", "Upper": { $0.isUppercase }
    case "Variation_Selector", "VS": { $0.isVariationSelector }
    case "White_Space", "space": { $0.isWhitespace }
    case "XID_Continue", "XIDC": { $0.isXIDContinue }
    case "XID_Start", "XIDS": { $0.isXIDStart }
    default: nil
    }
  }

  /// Every general category with the names that Unicode's PropertyValueAliases gives it.
  private static let categories: [(Unicode.GeneralCategory, [String])] = [
    (.uppercaseLetter, ["Lu", "Uppercase_Letter"]), (.lowercaseLetter, ["Ll", "Lowercase_Letter"]),
    (.titlecaseLetter, ["Lt", "Titlecase_Letter"]), (.modifierLetter, ["Lm", "Modifier_Letter"]),
    (.otherLetter, ["Lo", "Other_Letter"]), (.nonspacingMark, ["Mn", "Nonspacing_Mark"]),
    (.spacingMark, ["Mc", "Spacing_Mark"]), (.enclosingMark, ["Me", "Enclosing_Mark"]),
    (.decimalNumber, ["Nd", "Decimal_Number", "digit"]), (.letterNumber, ["Nl", "Letter_Number"]),
    (.otherNumber, ["No", "Other_Number"]), (.connectorPunctuation, ["Pc", "Connector_Punctuation"]),
    (.dashPunctuation, ["Pd", "Dash_Punctuation"]), (.openPunctuation, ["Ps", "Open_Punctuation"]),
    (.closePunctuation, ["Pe", "Close_Punctuation"]), (.initialPunctuation, ["Pi", "Initial_Punctuation"]),
    (.finalPunctuation, ["Pf", "Final_Punctuation"]), (.otherPunctuation, ["Po", "Other_Punctuation"]),
    (.mathSymbol, ["Sm", "Math_Symbol"]), (.currencySymbol, ["Sc", "Currency_Symbol"]),
    (.modifierSymbol, ["Sk", "Modifier_Symbol"]), (.otherSymbol, ["So", "Other_Symbol"]),
    (.spaceSeparator, ["Zs", "Space_Separator"]), (.lineSeparator, ["Zl", "Line_Separator"]),
    (.paragraphSeparator, ["Zp", "Paragraph_Separator"]), (.control, ["Cc", "Control", "cntrl"]),
    (.format, ["Cf", "Format"]), (.surrogate, ["Cs", "Surrogate"]), (.privateUse, ["Co", "Private_Use"]),
    (.unassigned, ["Cn", "Unassigned"]),
  ]

  /// Groups of categories: their names and what the members' short names begin with.
  private static let groups: [(names: [String], prefix: String)] = [
    (["L", "Letter"], "L"), (["M", "Mark", "Combining_Mark"], "M"), (["N", "Number"], "N"),
    (["P", "Punctuation", "punct"], "P"), (["S", "Symbol"], "S"), (["Z", "Separator"], "Z"), (["C", "Other"], "C"),
  ]

  private static func categoryMask(_ name: String) -> UInt32? {
    if let index = categories.firstIndex(where: { $0.1.contains(name) }) { return 1 << UInt32(index) }
    let prefix: (String) -> Bool
    if name == "LC" || name == "Cased_Letter" {
      prefix = { ["Lu", "Ll", "Lt"].contains($0) }
    } else if let group = groups.first(where: { $0.names.contains(name) }) {
      prefix = { $0.hasPrefix(group.prefix) }
    } else {
      return nil
    }
    return categories.indices.reduce(0) { mask, index in
      prefix(categories[index].1[0]) ? mask | 1 << UInt32(index) : mask
    }
  }

  /// In the order of `categories`, but without a search: this runs for each letter outside ASCII.
  private static func bit(of category: Unicode.GeneralCategory) -> UInt32 {
    switch category {
    case .uppercaseLetter: 1 << 0
    case .lowercaseLetter: 1 << 1
    case .titlecaseLetter: 1 << 2
    case .modifierLetter: 1 << 3
    case .otherLetter: 1 << 4
    case .nonspacingMark: 1 << 5
    case .spacingMark: 1 << 6
    case .enclosingMark: 1 << 7
    case .decimalNumber: 1 << 8
    case .letterNumber: 1 << 9
    case .otherNumber: 1 << 10
    case .connectorPunctuation: 1 << 11
    case .dashPunctuation: 1 << 12
    case .openPunctuation: 1 << 13
    case .closePunctuation: 1 << 14
    case .initialPunctuation: 1 << 15
    case .finalPunctuation: 1 << 16
    case .otherPunctuation: 1 << 17
    case .mathSymbol: 1 << 18
    case .currencySymbol: 1 << 19
    case .modifierSymbol: 1 << 20
    case .otherSymbol: 1 << 21
    case .spaceSeparator: 1 << 22
    case .lineSeparator: 1 << 23
    case .paragraphSeparator: 1 << 24
    case .control: 1 << 25
    case .format: 1 << 26
    case .surrogate: 1 << 27
    case .privateUse: 1 << 28
    case .unassigned: 1 << 29
    @unknown default: 0
    }
  }
}
