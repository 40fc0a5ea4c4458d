/// A part of a page that is read line by line.
struct Region {
  /// Indices into the page's fragments.
  var fragments: [Int]
  /// A note in the margin: the text beside it goes on without it.
  var isAside = false
}

/// Puts a page's fragments into the order in which a person reads them.
///
/// A recursive cut in the manner of XY-cut: a vertical gutter with running text on both sides parts a region into
/// columns; what spans the gutter (headings, wide figures' captions) parts it into bands and keeps its place between
/// them. Cells of tables stand beside each other too, so a gutter only counts where the sides look like text. What
/// cannot be cut further is a region that is read line by line.
struct ReadingOrder {
  private let fragments: [Fragment]
  private var regions: [Region] = []
  /// How many fragments may still be looked at, over and over again: a page may hold a hundred thousand.
  private var effort = 4_000_000

  private static let depthLimit = 12

  /// The regions in reading order, each as indices into `fragments`. All must be set the same way up.
  static func regions(of fragments: [Fragment], among indices: [Int]) -> [Region] {
    var order = ReadingOrder(fragments: fragments)
    order.cut(Region(fragments: indices), depth: 0)
    return order.regions
  }

  private init(fragments: [Fragment]) { self.fragments = fragments }

  private mutating func cut(_ region: Region, depth: Int) {
    guard !region.fragments.isEmpty else { return }
    guard depth < Self.depthLimit, region.fragments.count >= 4, !region.isAside,
      let parts = columns(of: region.fragments)
    else {
      regions.append(region)
      return
    }
    for part in parts { cut(part, depth: depth + 1) }
  }

  /// The parts of a region in reading order, or `nil` where it has no columns.
  private mutating func columns(of indices: [Int]) -> [Region]? {
    let em = medianSize(indices)
    for gutter in GutterSearch(fragments: fragments, indices: indices, em: em).gutters {
      guard effort > 0 else { return nil }
      effort -= indices.count
      if let parts = ColumnSplit(fragments: fragments, indices: indices, gutter: gutter, em: em).parts,
        parts.count > 1
      {
        return parts
      }
    }
    return nil
  }

  private func medianSize(_ indices: [Int]) -> Float {
    let sizes = indices.map { fragments[$0].size }.sorted()
    return max(4, sizes[sizes.count / 2])
  }
}
