/// What most of a document's letters look like: the measure for headings and footnotes.
struct DocumentStyle {
  /// The size of the running text, in points.
  var bodySize: Float
  /// Whether most letters are bold, so that bold says nothing.
  var isBold: Bool
  /// Whether the running text itself is set in letters of one width, so that these do not tell code.
  var isMonospace: Bool

  init(pages: [PageFragments]) {
    var glyphs: [Int: Int] = [:]
    var listing: [Int: Int] = [:]
    var bold = 0
    var all = 0
    for page in pages {
      for fragment in page.fragments {
        // Half points: fonts are scaled by odd factors.
        let size = Int((fragment.size * 2).rounded())
        if fragment.isMonospace {
          listing[size, default: 0] += fragment.glyphs
        } else {
          glyphs[size, default: 0] += fragment.glyphs
          all += fragment.glyphs
          bold += fragment.boldGlyphs
        }
      }
    }
    // A document that is all listing has that as its body.
    isMonospace = glyphs.values.reduce(0, +) * 4 < listing.values.reduce(0, +)
    if isMonospace { glyphs = listing }
    bodySize = Float(glyphs.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? 20) / 2
    isBold = bold * 2 > all
  }
}
