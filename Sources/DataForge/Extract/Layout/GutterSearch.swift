/// A vertical strip that little or nothing crosses.
struct Gutter {
  /// Where it is crossed least.
  var middle: Float
  /// All of it; what stands inside stands between the columns.
  var extent: ClosedRange<Float>

  /// Whether a fragment belongs to neither side.
  func isSpanned(by fragment: Fragment) -> Bool {
    if fragment.x0 < middle && fragment.x1 > middle { return true }
    return fragment.x0 > extent.lowerBound + 3 && fragment.x1 < extent.upperBound - 3
  }
}

/// Finds a region's gutters, the likeliest first.
struct GutterSearch {
  private(set) var gutters: [Gutter] = []

  /// A gutter is at least this wide; beside many lines that hardly anything crosses, less is enough.
  private static let widthInEms: Float = 0.7
  private static let widthBesideMany: Float = 0.45
  private static let many = 12
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
      let isNarrow = crossing < 0.2 && fullest > Float(Self.many) * em
      let width = Int((isNarrow ? Self.widthBesideMany : Self.widthInEms) * em)
      let strips = Self.strips(in: coverage, atMost: crossing * fullest + 0.01, width: width)
      for strip in strips.prefix(Self.candidatesPerCrossing) {
        let middle = left + Float(strip.core.lowerBound + strip.core.upperBound) / 2
        let extent = left + Float(strip.run.lowerBound)...left + Float(strip.run.upperBound)
        if let known = gutters.firstIndex(where: { abs($0.middle - middle) < em / 2 }) {
          // A title between the columns narrows what is free, but not the gutter.
          if crossing < 0.2, extent.contains(gutters[known].middle) { gutters[known].extent = extent }
          continue
        }
        gutters.append(Gutter(middle: middle, extent: extent))
      }
    }
  }

  /// A run of bins, and the part of it that is covered least.
  private struct Strip {
    var run: Range<Int>
    var core: Range<Int>
  }

  /// The runs of bins that are covered no more than `limit`; those with the widest core first.
  private static func strips(in coverage: [Float], atMost limit: Float, width: Int) -> [Strip] {
    let width = max(2, width)
    var strips: [Strip] = []
    var bin = 1
    while bin < coverage.count - 2 {
      guard coverage[bin] <= limit else {
        bin += 1
        continue
      }
      var end = bin
      while end < coverage.count - 2 && coverage[end] <= limit { end += 1 }
      if end - bin >= width && end < coverage.count - 2 {
        strips.append(Strip(run: bin..<end, core: core(of: bin..<end, coverage, width)))
      }
      bin = end + 1
    }
    return strips.sorted { ($0.core.count, $1.run.lowerBound) > ($1.core.count, $0.run.lowerBound) }
  }

  /// The bins around the window that is covered least, as far as they are covered no more.
  private static func core(of run: Range<Int>, _ coverage: [Float], _ width: Int) -> Range<Int> {
    var best = run.lowerBound..<run.lowerBound + width
    var least = Float.infinity
    for start in run.lowerBound...run.upperBound - width {
      let most = coverage[start..<start + width].reduce(0, max)
      if most < least { (best, least) = (start..<start + width, most) }
    }
    var (low, high) = (best.lowerBound, best.upperBound)
    while low > run.lowerBound && coverage[low - 1] <= least + 0.01 { low -= 1 }
    while high < run.upperBound && coverage[high] <= least + 0.01 { high += 1 }
    return low..<high
  }
}
