/// Finds running heads, running feet and page numbers: what stands at the same place of many pages.
///
/// A line near the edge of a page counts where the same words (digits aside) stand at the same height of pages nearby,
/// so that heads that alternate or change with the chapter are found; where it holds a number that rises with the
/// pages; or where other pages have such a line at its height and it stands clear of the text.
struct RunningHeads {
  /// A line at the edge of a page.
  struct Edge {
    /// Indices into the page's fragments, left to right.
    var fragments: [Int]
    var role: Role
  }

  /// For each page, the edges that are no part of the text.
  private(set) var edges: [[Edge]]

  /// How much of a page's height can be an edge.
  private static let zone: Float = 0.2
  /// How many lines at each edge are looked at.
  private static let depth = 3
  /// How many pages may lie between two heads of one kind.
  private static let reach = 4

  /// A document of so few pages may have a head on two of them only.
  private static let few = 8

  /// A line that may turn out to be a running head.
  private struct Strip {
    var page: Int
    var isTop: Bool
    /// Its place, from the edge inwards.
    var place: Int
    var fragments: [Int]
    var y: Float
    var size: Float
    /// White between it and the next line inwards.
    var gap: Float
    /// A hash of its words without their digits.
    var words: UInt64
    /// Those that it begins or ends with.
    var numbers: [Int]
    var isNumber: Bool
    var isShort: Bool
    var isConfirmed = false
  }

  /// `bodySize` is the size of the running text, in points.
  init(pages: [PageFragments], bodySize: Float) {
    edges = [[Edge]](repeating: [], count: pages.count)
    guard pages.count >= 2 else { return }
    var strips: [Strip] = []
    for index in pages.indices {
      strips += Self.strips(of: pages[index], index: index, isTop: true)
      strips += Self.strips(of: pages[index], index: index, isTop: false)
    }
    Self.confirmRepeated(&strips, pageCount: pages.count, bodySize: bodySize)
    Self.confirmNumbered(&strips, pageCount: pages.count)
    if pages.count >= 3 {
      Self.confirmPlaced(&strips, pageCount: pages.count)
      Self.confirmAligned(&strips, pages: pages, bodySize: bodySize)
    }
    Self.confirmMarginal(&strips, pages: pages)
    // From the edge inwards: what stands inside a line of the text is text, however often it repeats.
    var inside: (page: Int, isTop: Bool)?
    for strip in strips {
      if let inside, inside == (strip.page, strip.isTop) { continue }
      guard strip.isConfirmed else {
        inside = (strip.page, strip.isTop)
        continue
      }
      let role: Role = strip.isNumber ? .pageNumber : strip.isTop ? .header : .footer
      edges[strip.page].append(Edge(fragments: strip.fragments, role: role))
    }
  }

  private static func strips(of page: PageFragments, index: Int, isTop: Bool) -> [Strip] {
    let limit = isTop ? page.height * zone : page.height * (1 - zone)
    let near = page.fragments.indices.filter { place in
      let fragment = page.fragments[place]
      return !fragment.isSideways && (isTop ? fragment.y0 < limit : fragment.y1 > limit)
    }
    let sorted = near.sorted { left, right in
      let (left, right) = (page.fragments[left], page.fragments[right])
      return isTop ? left.y0 + left.y1 < right.y0 + right.y1 : left.y0 + left.y1 > right.y0 + right.y1
    }
    var lines: [[Int]] = []
    for place in sorted {
      let fragment = page.fragments[place]
      if let last = lines.last?.first {
        let line = page.fragments[last]
        let shared = min(line.y1, fragment.y1) - max(line.y0, fragment.y0)
        if shared > 0.5 * min(line.height, fragment.height) {
          lines[lines.count - 1].append(place)
          continue
        }
      }
      if lines.count > depth { break }
      lines.append([place])
    }
    return lines.prefix(depth).enumerated().map { place, fragments in
      let next = place + 1 < lines.count ? lines[place + 1].first.map { page.fragments[$0] } : nil
      return strip(of: page, index: index, isTop: isTop, place: place, fragments: fragments, next: next)
    }
  }

  private static func strip(
    of page: PageFragments, index: Int, isTop: Bool, place: Int, fragments: [Int], next: Fragment?
  ) -> Strip {
    let fragments = fragments.sorted { page.fragments[$0].x0 < page.fragments[$1].x0 }
    let first = page.fragments[fragments[0]]
    var gap: Float = .infinity
    if let next { gap = isTop ? next.y0 - first.y1 : first.y0 - next.y1 }
    var fold = DigitFold()
    var letters = 0
    for fragment in fragments {
      fold.add(page.bytes[page.fragments[fragment].text])
      letters += page.fragments[fragment].glyphs
    }
    fold.finish()
    return Strip(
      page: index, isTop: isTop, place: place, fragments: fragments, y: (first.y0 + first.y1) / 2, size: first.size,
      gap: gap, words: fold.hash, numbers: fold.outer, isNumber: fold.letters == 0 && !fold.numbers.isEmpty,
      isShort: letters <= 120)
  }

  /// The same words at the same height of at least three pages that are near each other; of two in a short document,
  /// where the line is clear of the text.
  private static func confirmRepeated(_ strips: inout [Strip], pageCount: Int, bodySize: Float) {
    struct Key: Hashable {
      var words: UInt64
      var isTop: Bool
      var y: Int
    }
    var groups: [Key: [Int]] = [:]
    for (index, strip) in strips.enumerated() where !strip.isNumber {
      // Heights are put into bins that overlap by half, so that no two near heights are parted.
      for bin in [Int(strip.y / 4), Int((strip.y + 2) / 4) + 1_000_000] {
        groups[Key(words: strip.words, isTop: strip.isTop, y: bin), default: []].append(index)
      }
    }
    for group in groups.values where group.count >= 2 {
      var run: [Int] = []
      for index in group + [-1] {
        let goesOn = index >= 0 && (run.last.map { strips[index].page - strips[$0].page <= reach } ?? true)
        if !goesOn {
          for index in run where run.count >= 3 || run.count == 2 && isClear(strips[index], pageCount, bodySize) {
            strips[index].isConfirmed = true
          }
          run = []
        }
        if index >= 0 { run.append(index) }
      }
    }
  }

  /// Of two lines that begin alike, as letters do, only what stands clear of the text is a head; and nothing large,
  /// because chapters begin alike too.
  private static func isClear(_ strip: Strip, _ pageCount: Int, _ bodySize: Float) -> Bool {
    pageCount <= few && strip.place == 0 && strip.gap > (pageCount < 3 ? 0.7 : 1) * strip.size
      && strip.size < 1.1 * bodySize + 0.3
  }

  /// A number that is as far from the page's place in the file as the numbers at that edge of other pages.
  private static func confirmNumbered(_ strips: inout [Strip], pageCount: Int) {
    struct Key: Hashable {
      var offset: Int
      var isTop: Bool
      var y: Int
    }
    var pages: [Key: [Int]] = [:]
    let candidates = strips.indices.filter { strips[$0].place < 2 && strips[$0].isShort && !strips[$0].numbers.isEmpty }
    func keys(_ strip: Strip) -> Set<Key> {
      var keys: Set<Key> = []
      for number in strip.numbers {
        for bin in [Int(strip.y / 4), Int((strip.y + 2) / 4) + 1_000_000] {
          keys.insert(Key(offset: number - strip.page, isTop: strip.isTop, y: bin))
        }
      }
      return keys
    }
    for index in candidates { for key in keys(strips[index]) { pages[key, default: []].append(strips[index].page) } }
    let needed = min(3, pageCount)
    for index in candidates where strips[index].isNumber || strips[index].gap > 0.5 * strips[index].size {
      let strip = strips[index]
      guard pageCount >= 3 || strip.place == 0 && strip.gap > 0.7 * strip.size else { continue }
      // Lines of the text hold numbers too, and three of a hundred may happen to agree: neighbours rarely do.
      let isNumbered = keys(strip).contains { key in
        let others = pages[key] ?? []
        return (strip.isNumber ? others.count : near(strip.page, in: others)) >= needed
      }
      if isNumbered { strips[index].isConfirmed = true }
    }
  }

  /// How many of the pages, which rise, are within reach of one, itself counted.
  private static func near(_ page: Int, in pages: [Int]) -> Int {
    func first(from least: Int) -> Int {
      var (low, high) = (0, pages.count)
      while low < high {
        let half = (low + high) / 2
        if pages[half] >= least { high = half } else { low = half + 1 }
      }
      return low
    }
    return first(from: page + 2 * reach + 1) - first(from: page - 2 * reach)
  }

  /// Where most pages have a head at a height, a line at that height that stands clear of the text is one too.
  private static func confirmPlaced(_ strips: inout [Strip], pageCount: Int) {
    struct Place: Hashable {
      var isTop: Bool
      var y: Int
    }
    var sizes: [Place: (count: Int, size: Float)] = [:]
    for strip in strips where strip.isConfirmed {
      let place = Place(isTop: strip.isTop, y: Int(strip.y.rounded()))
      sizes[place] = (sizes[place, default: (0, 0)].count + 1, strip.size)
    }
    for (index, strip) in strips.enumerated() where !strip.isConfirmed && strip.place == 0 && strip.isShort {
      let near = (-1...1).compactMap { sizes[Place(isTop: strip.isTop, y: Int(strip.y.rounded()) + $0)] }
      let count = near.reduce(0) { $0 + $1.count }
      if count >= 3, count * 5 >= pageCount * 2, near.contains(where: { abs($0.size - strip.size) < 0.5 }),
        strip.gap > 0.8 * strip.size
      {
        strips[index].isConfirmed = true
      }
    }
  }

  /// Heads that change from page to page: where the outermost line of most pages stands at one height, small and clear
  /// of the text on nearly all of these, it is no text. Slides, which have their titles there, are wider than high.
  private static func confirmAligned(_ strips: inout [Strip], pages: [PageFragments], bodySize: Float) {
    struct Place: Hashable {
      var isTop: Bool
      var y: Int
    }
    let candidates = strips.indices.filter { index in
      let page = pages[strips[index].page]
      return strips[index].place == 0 && page.width < page.height
    }
    var counts: [Place: (all: Int, clear: Int)] = [:]
    func isClear(_ strip: Strip) -> Bool {
      strip.isShort && strip.gap > 1.2 * strip.size && strip.size < 1.1 * bodySize + 0.3
    }
    for index in candidates {
      let strip = strips[index]
      for y in -1...1 {
        let place = Place(isTop: strip.isTop, y: Int(strip.y.rounded()) + y)
        counts[place, default: (0, 0)].all += 1
        if isClear(strip) { counts[place, default: (0, 0)].clear += 1 }
      }
    }
    for index in candidates where !strips[index].isConfirmed && isClear(strips[index]) {
      let count = counts[Place(isTop: strips[index].isTop, y: Int(strips[index].y.rounded()))] ?? (0, 0)
      if count.clear >= 3, count.clear * 10 >= count.all * 9, count.clear * 2 >= pages.count {
        strips[index].isConfirmed = true
      }
    }
  }

  /// Few pages, few heads to compare: a line in the very margin that holds its own page's number and stands clear of
  /// the text is one without company.
  private static func confirmMarginal(_ strips: inout [Strip], pages: [PageFragments]) {
    for (index, strip) in strips.enumerated() where !strip.isConfirmed && strip.place == 0 && strip.isShort {
      let page = pages[strip.page]
      let margin = strip.isTop ? strip.y : page.height - strip.y
      let isNumbered = strip.numbers.last == page.number || strip.numbers.first == page.number
      if margin < 0.09 * page.height, isNumbered, strip.gap > strip.size, page.number > 1 || strip.isNumber {
        strips[index].isConfirmed = true
      }
    }
  }
}
