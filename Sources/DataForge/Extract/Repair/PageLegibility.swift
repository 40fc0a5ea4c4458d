/// Tells text from what comes out of fonts that do not say what their glyphs mean: numbers of glyphs taken for letters.
///
/// Only clear cases count, since a page that is taken for garbage is lost. Text in other scripts than Latin is judged by
/// what is no character at all; listings, where anything may stand, likewise.
struct PageLegibility {
  /// Printed letters, those included that were dropped.
  private var glyphs = 0
  /// How often each ASCII character stands in running text, and how many other letters do.
  private var counts = [Int](repeating: 0, count: 128)
  private var others = 0
  /// How often a capital follows a small letter.
  private var humps = 0
  private let controls: Int
  private let garbage: Int

  init(_ page: PageFragments) {
    (controls, garbage) = (page.controls, page.garbage)
    glyphs = garbage
    for fragment in page.fragments {
      glyphs += fragment.glyphs
      if fragment.isMonospace { continue }
      var wasLower = false
      for index in fragment.text {
        let byte = page.bytes[index]
        if wasLower && LineLabel.isUpper(byte) { humps += 1 }
        wasLower = LineLabel.isLower(byte)
        if byte < 0x80 { counts[Int(byte)] += 1 } else if byte >= 0xC0 { others += 1 }
      }
    }
  }

  /// Whether the most of the page says nothing.
  var isUnreadable: Bool {
    if garbage * 10 > glyphs * 3 && garbage > 4 { return true }
    // A few are the ligatures of old TeX fonts; spaces and digits of a garbled font are many.
    if controls * 100 > glyphs * 12 && controls > 9 { return true }
    let ink = counts[0x21...].reduce(0, +)
    guard ink >= 200, others * 4 < ink else { return false }
    return isMostlySigns(ink) || isShuffled
  }

  /// Glyphs numbered as they came up, from the first character on: letters became signs, digits and capitals.
  private func isMostlySigns(_ ink: Int) -> Bool {
    let usual = Array(".,-_=*~|".utf8)
    var signs = 0
    var kinds = 0
    for byte in 0x21..<0x7F where !LineLabel.isLetter(UInt8(byte)) && !LineLabel.isDigit(UInt8(byte)) {
      if usual.contains(UInt8(byte)) { continue }
      signs += counts[byte]
      if counts[byte] * 100 >= ink { kinds += 1 }
    }
    let small = counts[0x61..<0x7B].reduce(0, +)
    return signs * 100 >= ink * 30 && kinds >= 8 && small * 100 < ink * 15
  }

  /// Letters that stand for others: the frequent ones of every language in Latin letters are rare.
  private var isShuffled: Bool {
    func count(_ letters: String) -> Int {
      letters.utf8.reduce(0) { $0 + counts[Int($1)] + counts[Int($1) - 0x20] }
    }
    let letters = count("abcdefghijklmnopqrstuvwxyz")
    let spaces = counts[0x20]
    // Long words are data, such as keys in Base64; underscores stand in names, and dots before the pages of an index.
    guard letters >= 300, letters < 15 * (spaces + 1), counts[Int(UInt8(ascii: "_"))] * 200 < letters,
      counts[Int(UInt8(ascii: "."))] * 8 < letters
    else { return false }
    let frequent = (count("eainorstl") + others) * 100 / letters
    let vowels = (count("aeiouy") + others) * 100 / letters
    // Names in programs have capitals inside, too, but are made of words.
    let isMixed = humps * 100 > letters * 10
    return (frequent < 42 && vowels < 25) || (isMixed && (frequent < 48 || vowels < 25))
  }
}
