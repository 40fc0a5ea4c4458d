/// Puts a page's fragments into the order in which a person reads them.
///
/// A recursive cut in the manner of XY-cut: a vertical gutter with running text on both sides parts a region into
/// columns; what spans the gutter (headings, wide figures' captions) parts it into bands and keeps its place between
/// them. Cells of tables stand beside each other too, so a gutter only counts where the sides look like text. What
/// cannot be cut further is a region that is read line by line.
struct ReadingOrder {
  private let fragments: [Fragment]
  private var regions: [[Int]] = []

  private static let depthLimit = 12

  /// The regions in reading order, each as indices into `fragments`; text that is set sideways comes last.
  static func regions(of fragments: [Fragment], among indices: [Int]) -> [[Int]] {
    var order = ReadingOrder(fragments: fragments)
    let upright = indices.filter { !fragments[$0].isSideways }
    let sideways = indices.filter { fragments[$0].isSideways }
    order.cut(upright, depth: 0)
    for index in sideways { order.regions.append([index]) }
    return order.regions
  }

  private init(fragments: [Fragment]) { self.fragments = fragments }

  private mutating func cut(_ indices: [Int], depth: Int) {
    guard !indices.isEmpty else { return }
    guard depth < Self.depthLimit, indices.count >= 4, let parts = columns(of: indices) else {
      regions.append(indices)
      return
    }
    for part in parts { cut(part, depth: depth + 1) }
  }

  /// The parts of a region in reading order, or `nil` where it has no columns.
  private func columns(of indices: [Int]) -> [[Int]]? {
    let em = medianSize(indices)
    for gutter in GutterSearch(fragments: fragments, indices: indices, em: em).gutters {
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
