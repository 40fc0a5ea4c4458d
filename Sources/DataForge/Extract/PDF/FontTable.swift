import CPoppler
import Glibc

/// What a font's name says about its letters.
struct FontStyle: Hashable {
  /// Without the mark of a subset.
  let name: String
  var isBold: Bool
  var isItalic: Bool
  var isMonospace: Bool
  /// How wide a narrow and a wide letter are, in ems, until both were seen: they say more than the name.
  private var narrow: Float?
  private var wide: Float?
  /// The Symbol font, whose letters are Greek.
  var isSymbol: Bool

  /// Names are not standardised: these are the marks that foundries and TeX use.
  init(name: String) {
    // A subset's name begins with six letters and a plus sign.
    let plain = name.split(separator: "+", maxSplits: 1).last.map(String.init) ?? name
    let lower = plain.lowercased()
    // Poppler's word for a font without a name.
    self.name = plain == "Default" ? "" : plain
    let italic = ["ital", "obliq", "slant", "cmti", "cmsl", "cmmi", "cmbxti", "sfti", "ecti", "ecsl", "lmri", "-it"]
    isItalic = italic.contains(where: lower.contains)
    isSymbol = lower.hasPrefix("symbol")
    let bold = ["bold", "black", "heavy", "demi", "cmbx", "cmb10", "sfbx", "ecbx", "dcbx", "-bd", "cmssbx", "lmbx"]
    isBold = bold.contains(where: lower.contains) || lower.hasSuffix("medi") || lower.hasSuffix("mediital")
    let mono = [
      "mono", "courier", "consol", "typewriter", "cmtt", "cmsltt", "cmitt", "sftt", "ectt", "eltt", "lmtt",
      "inconsolata",
      "menlo", "fixed", "andale", "lettergothic", "txtt", "beramono", "nimbusmon",
    ]
    isMonospace = mono.contains(where: lower.contains)
  }

  /// Whether the letters' widths are not known yet.
  var isUndecided: Bool { narrow == nil || wide == nil }

  /// Takes note of how wide a letter is, in ems.
  mutating func measure(_ letter: UInt8, width: Float) {
    // Letters that are set sideways are as wide as their line is high, whichever they are.
    guard isUndecided, width > 0.1, width < 0.8 else { return }
    switch letter {
    case UInt8(ascii: "i"), UInt8(ascii: "l"), UInt8(ascii: "I"): narrow = width
    case UInt8(ascii: "m"), UInt8(ascii: "o"), UInt8(ascii: "a"), UInt8(ascii: "n"), UInt8(ascii: "e"): wide = width
    default: return
    }
    if let narrow, let wide { isMonospace = abs(narrow - wide) < 0.02 * wide }
  }
}

/// The fonts of a document, numbered as they come up.
struct FontTable: ~Copyable {
  private(set) var styles: [FontStyle] = []
  private var names: [UnsafeMutablePointer<CChar>] = []
  private var last = 0

  deinit { for name in names { free(name) } }

  /// Takes note of how wide a letter of a font is, in ems.
  mutating func measure(_ letter: UInt8, width: Float, font: Int) { styles[font].measure(letter, width: width) }

  /// The number of the font with this name. Compares C strings, because it is asked at every change of font.
  mutating func index(of name: UnsafePointer<CChar>?) -> Int {
    guard let name else { return "".withCString { number($0) } }
    return number(name)
  }

  private mutating func number(_ name: UnsafePointer<CChar>) -> Int {
    if last < names.count, strcmp(names[last], name) == 0 { return last }
    if let known = names.firstIndex(where: { strcmp($0, name) == 0 }) {
      last = known
      return known
    }
    guard let copy = strdup(name) else { return last }
    names.append(copy)
    styles.append(FontStyle(name: String(cString: name)))
    last = names.count - 1
    return last
  }
}
