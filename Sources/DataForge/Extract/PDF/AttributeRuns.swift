import CPoppler

/// Walks poppler's list of attribute runs beside the letters.
struct AttributeRuns {
  private var node: UnsafeMutablePointer<GList>?
  private(set) var size: Float = 0
  private(set) var isBold = false
  private(set) var isMonospace = false
  private(set) var font = 0
  /// Whether it is not known yet if the font's letters all have one width.
  private(set) var isUndecided = false
  private(set) var isSymbol = false
  private var end = -1

  init(_ list: UnsafeMutablePointer<GList>?) { node = list }

  /// Moves on to the run that holds the letter; `end_index` is inclusive.
  @inline(__always)
  mutating func advance(to index: Int, fonts: inout FontTable) {
    guard index > end else { return }
    move(to: index, fonts: &fonts)
  }

  private mutating func move(to index: Int, fonts: inout FontTable) {
    while index > end, let current = node {
      node = current.pointee.next
      guard let run = current.pointee.data?.assumingMemoryBound(to: PopplerTextAttributes.self).pointee else {
        continue
      }
      end = max(end, Int(run.end_index))
      guard index <= end else { continue }
      font = fonts.index(of: run.font_name)
      size = Float(run.font_size)
      isBold = fonts.styles[font].isBold
      isMonospace = fonts.styles[font].isMonospace
      isUndecided = fonts.styles[font].isUndecided
      isSymbol = fonts.styles[font].isSymbol
    }
  }

  /// Learns from a letter's width, in points, whether its font is one of a program listing.
  mutating func measure(_ letter: UInt8, width: Double, fonts: inout FontTable) {
    fonts.measure(letter, width: Float(width) / max(size, 1), font: font)
    isMonospace = fonts.styles[font].isMonospace
    isUndecided = fonts.styles[font].isUndecided
  }
}
