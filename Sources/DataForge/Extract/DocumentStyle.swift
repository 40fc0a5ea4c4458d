/// What most of a document's letters look like: the measure for headings and footnotes.
struct DocumentStyle {
  /// The size of the running text, in points.
  var bodySize: Float
  var fonts: [FontStyle]
  /// Whether most letters are bold, so that bold says nothing.
  var isBold: Bool

  init(pages: [PageFragments], fonts: [FontStyle]) {
    self.fonts = fonts
    var glyphs: [Int: Int] = [:]
    var listing: [Int: Int] = [:]
    var bold = 0
    var all = 0
    for page in pages {
      for fragment in page.fragments {
        // Half points: fonts are scaled by odd factors.
        let size = Int((fragment.size * 2).rounded())
        if fonts.indices.contains(fragment.font), fonts[fragment.font].isMonospace {
          listing[size, default: 0] += fragment.glyphs
        } else {
          glyphs[size, default: 0] += fragment.glyphs
          all += fragment.glyphs
          bold += fragment.boldGlyphs
        }
      }
    }
    // A document that is all listing has that as its body.
    if glyphs.values.reduce(0, +) * 4 < listing.values.reduce(0, +) { glyphs = listing }
    bodySize = Float(glyphs.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? 20) / 2
    isBold = bold * 2 > all
  }

  func isMonospace(_ row: Row) -> Bool {
    row.cells.allSatisfy { fonts.indices.contains($0.font) && fonts[$0.font].isMonospace }
  }
}
