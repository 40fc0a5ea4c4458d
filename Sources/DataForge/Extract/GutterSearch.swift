/// Finds the vertical strips of a region that little or nothing crosses, likeliest gutter first.
struct GutterSearch {
  /// The middles of the strips, in points.
  private(set) var gutters: [Float] = []

  /// A gutter is at least this wide.
  private static let widthInEms: Float = 0.7
  /// How much of the fullest strip may cross a gutter, tried in turn: headings and figures that span the columns
  /// cross it, and half a page of full lines may stand above them.
  private static let crossings: [Float] = [0, 0.12, 0.3, 0.55, 0.8]
  private static let candidatesPerCrossing = 5

  init(fragments: [Fragment], indices: [Int], em: Float) {
    guard let left = indices.map({ fragments[$0].x0 }).min(), let right = indices.map({ fragments[$0].x1 }).max(),
      right - left > 12 * em, right - left < 20_000
    else { return }
    // One bin a point. Differences first, so that a fragment costs two steps however wide it is.
    let count = Int(right - left) + 2
    var steps = [Float](repeating: 0, count: count + 1)
    for index in indices {
      let fragment = fragments[index]
      // A letter less on both sides: boxes of slanted and spaced letters stick out.
      steps[max(0, Int((fragment.x0 - left).rounded(.up)))] += fragment.height
      steps[min(count, max(0, Int(fragment.x1 - left)))] -= fragment.height
    }
    var coverage = steps
    for bin in 1..<coverage.count { coverage[bin] += coverage[bin - 1] }
    let fullest = coverage.max() ?? 0
    guard fullest > 0 else { return }
    for crossing in Self.crossings {
      let strips = Self.strips(in: coverage, atMost: crossing * fullest + 0.01, width: Int(Self.widthInEms * em))
      for strip in strips.prefix(Self.candidatesPerCrossing) {
        let middle = left + Float(strip.lowerBound + strip.upperBound) / 2
        if !gutters.contains(where: { abs($0 - middle) < em / 2 }) { gutters.append(middle) }
      }
    }
  }

  /// The runs of bins that are covered no more than `limit`, narrowed to where they are covered least; widest first.
  private static func strips(in coverage: [Float], atMost limit: Float, width: Int) -> [Range<Int>] {
    var strips: [Range<Int>] = []
    var bin = 1
    while bin < coverage.count - 2 {
      guard coverage[bin] <= limit else {
        bin += 1
        continue
      }
      var end = bin
      while end < coverage.count - 2 && coverage[end] <= limit { end += 1 }
      if end - bin >= width, end < coverage.count - 2, let strip = narrowed(bin..<end, coverage, width) {
        strips.append(strip)
      }
      bin = end + 1
    }
    return strips.sorted { ($0.count, $1.lowerBound) > ($1.count, $0.lowerBound) }
  }

  private static func narrowed(_ run: Range<Int>, _ coverage: [Float], _ width: Int) -> Range<Int>? {
    guard let least = run.min(by: { coverage[$0] < coverage[$1] }) else { return nil }
    let limit = coverage[least] * 1.1 + 0.01
    var low = least
    var high = least + 1
    while low > run.lowerBound && coverage[low - 1] <= limit { low -= 1 }
    while high < run.upperBound && coverage[high] <= limit { high += 1 }
    return high - low >= max(2, width) ? low..<high : nil
  }
}
