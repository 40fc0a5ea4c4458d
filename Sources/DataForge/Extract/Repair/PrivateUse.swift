/// What fonts mean by characters of the Unicode area that everyone may use as they like.
///
/// Adobe and Microsoft filled parts of it long ago: https://github.com/adobe-type-tools/agl-aglfn and the Symbol font's
/// encoding (PDF 32000-1, D.5). What nobody agreed on is a picture, and nothing that can be read.
enum PrivateUse {
  /// What to write in its place; `nil` where nobody knows.
  static func meaning(of scalar: UInt32, isSymbolFont: Bool) -> Unicode.Scalar? {
    if isSymbolFont, let meant = symbol(scalar) { return meant }
    switch scalar {
    // Pieces of tall brackets.
    case 0xF8E5...0xF8FE: return adobe[Int(scalar - 0xF8E5)]
    // Old-style figures and small capitals.
    case 0xF730...0xF739: return Unicode.Scalar(scalar - 0xF700)
    case 0xF761...0xF77A: return Unicode.Scalar(scalar - 0xF700)
    case 0xF7E0...0xF7FE: return Unicode.Scalar(scalar - 0xF700)
    case 0xF721, 0xF724, 0xF726, 0xF73F: return Unicode.Scalar(scalar - 0xF700)
    case 0xF6BE: return "j"
    case 0xF6D9: return "©"
    case 0xF6DA: return "®"
    case 0xF6DB: return "™"
    case 0xF6DC: return "1"
    default: return dingbats[scalar]
    }
  }

  /// From U+F8E5 on.
  private static let adobe = Array("‾⏐⎯®©™⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪⎮⎞⎟⎠⎤⎥⎦⎫⎬⎭".unicodeScalars)

  /// Of Wingdings and Symbol at U+F000: bullets, boxes, arrows.
  private static let dingbats: [UInt32: Unicode.Scalar] = [
    0xF0B7: "•", 0xF0A7: "•", 0xF06C: "•", 0xF09F: "•", 0xF076: "•", 0xF06E: "•", 0xF06F: "◦", 0xF071: "◦", 0xF0A8: "◦",
    0xF0D8: "→", 0xF0E0: "→", 0xF0E8: "→", 0xF0F0: "→", 0xF0FC: "✓", 0xF0FB: "✗", 0xF0FE: "☑", 0xF0FD: "☒",
  ]

  /// The Symbol font at U+F020 to U+F0FF.
  private static func symbol(_ scalar: UInt32) -> Unicode.Scalar? {
    let table: [Unicode.Scalar]
    let first: UInt32
    switch scalar {
    case 0xF021...0xF07E: (table, first) = (lower, 0xF021)
    case 0xF0A1...0xF0FE: (table, first) = (upper, 0xF0A1)
    default: return nil
    }
    let found = table[Int(scalar - first)]
    return found == " " ? nil : found
  }

  private static let lower = Array(
    ("!∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼").unicodeScalars)
  private static let upper = Array(
    ("ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪ 〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭")
      .unicodeScalars)
}
