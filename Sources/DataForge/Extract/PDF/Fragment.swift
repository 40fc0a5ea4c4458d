/// Letters that stand side by side on one printed line: a line of a paragraph, a table's cell, a bullet.
///
/// Coordinates are points from the top left of the page as it is shown. Single precision is enough for a page and
/// halves what a long document takes.
struct Fragment {
  /// Where its UTF-8 text stands in the page's bytes.
  var text: Range<Int>
  var x0: Float
  var y0: Float
  var x1: Float
  var y1: Float
  /// The font size of most of its letters.
  var size: Float
  var glyphs: Int
  /// How many of the letters are bold.
  var boldGlyphs: Int
  /// How many stand in a font whose letters all have one width.
  var monospaceGlyphs: Int
  /// The narrowest space between two of its words, in points; infinite where it is one word.
  var wordGap: Float = .infinity
  /// How it is turned on the page.
  var turn = PageTurn.upright
  /// Its letters run from right to left.
  var isRightToLeft = false

  var isSideways: Bool { turn == .downwards || turn == .upwards }
  var width: Float { x1 - x0 }
  var height: Float { y1 - y0 }
  var isMonospace: Bool { monospaceGlyphs * 10 >= glyphs * 9 }
  var isBold: Bool { boldGlyphs * 10 >= glyphs * 9 }
  var box: Box { Box(x0: Double(x0), y0: Double(y0), x1: Double(x1), y1: Double(y1)) }
}

/// Where letters of another font or size begin.
struct FontRun {
  /// The offset of its first byte.
  var start: Int
  /// The font, as an index into those of the document.
  var font: Int
  var size: Float
}

/// A page as it was read: its fragments, in no dependable order.
struct PageFragments {
  /// Counted from 1.
  var number: Int
  var label: String?
  var width: Float
  var height: Float
  /// Repaired UTF-8; fragments (and later rows) are ranges of it.
  var bytes: [UInt8] = []
  var fragments: [Fragment] = []
  /// Where each font begins in the first `read` of the bytes; only where it was asked for.
  var runs: [FontRun] = []
  var read = 0
  /// How many of its letters came out as control characters, and as nothing that can be read (those included).
  var controls = 0
  var garbage = 0

  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}
