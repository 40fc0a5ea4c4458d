/// Which blocks of a page stand in its `main` and `article` elements, and what is open around the next one.
struct HTMLRegions {
  var notes = 0
  var feet = 0
  private var mains: [Range<Int>] = []
  private var articles: [Range<Int>] = []
  private var openMains: [Int] = []
  private var openArticles: [Int] = []

  var isInArticle: Bool { !openMains.isEmpty || !openArticles.isEmpty }

  mutating func beginMain(at block: Int) { openMains.append(block) }
  mutating func beginArticle(at block: Int) { openArticles.append(block) }

  mutating func endMain(at block: Int) {
    guard let start = openMains.popLast(), openMains.isEmpty, start < block else { return }
    mains.append(start..<block)
  }

  mutating func endArticle(at block: Int) {
    guard let start = openArticles.popLast(), openArticles.isEmpty, start < block else { return }
    articles.append(start..<block)
  }

  /// The blocks that are the page's text: those of `main`; else those of the only article, where it is most of the
  /// page; else all.
  func text(of blocks: [Block]) -> [Block] {
    let all = blocks.reduce(0) { $0 + $1.text.utf8.count }
    func share(_ ranges: [Range<Int>]) -> Double {
      let size = ranges.reduce(0) { sum, range in
        sum + blocks[range.clamped(to: blocks.indices)].reduce(0) { $0 + $1.text.utf8.count }
      }
      return Double(size) / Double(max(1, all))
    }
    // A `main` that holds next to nothing is a frame that a program fills later.
    if !mains.isEmpty, share(mains) > 0.05 { return mains.flatMap { blocks[$0.clamped(to: blocks.indices)] } }
    if articles.count == 1, share(articles) > 0.5 { return Array(blocks[articles[0].clamped(to: blocks.indices)]) }
    return blocks
  }
}
