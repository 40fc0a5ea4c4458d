/// Gives list items and entries of a table of contents their depth, by how far they are set in beside those around them.
///
/// Where the text jumps to another column or page, edges cannot be compared: there an item stands with the open items
/// that have its kind of mark.
struct ListNesting {
  private let pages: [PageFragments]
  /// The open items, outermost first.
  private var open: [Item] = []
  private var last: PrintedRow?

  private struct Item {
    var x0: Float
    var mark: MarkKind
  }

  /// What an item is marked with.
  private enum MarkKind: Hashable {
    case bullet([UInt8])
    case number
    case letter
    case bracketed
    case none

    /// Whether such marks are for lists within lists.
    var isInner: Bool {
      switch self {
      case .bullet(let bullet): !bullet.starts(with: "•".utf8)
      case .letter, .bracketed: true
      case .number, .none: false
      }
    }
  }

  static func mark(_ drafts: inout [[DraftBlock]], pages: [PageFragments]) {
    var nesting = ListNesting(pages: pages)
    for page in drafts.indices {
      for index in drafts[page].indices { nesting.take(&drafts[page][index]) }
    }
    markContents(&drafts)
  }

  private init(pages: [PageFragments]) { self.pages = pages }

  private mutating func take(_ block: inout DraftBlock) {
    switch block.role {
    case .listItem:
      let first = block.first
      let em = max(first.size, 1)
      let item = Item(x0: first.x0, mark: kind(of: first))
      let hasJumped = last.map { $0.page != first.page || first.y0 < $0.y0 } ?? false
      if hasJumped, let level = open.lastIndex(where: { $0.mark == item.mark && item.mark != .none }) {
        open.removeLast(open.count - level - 1)
        // What is open stands as far left in the new column.
        let shift = first.x0 - open[level].x0
        for place in open.indices { open[place].x0 += shift }
      } else if hasJumped, let deepest = open.last, item.mark.isInner {
        // Items of an inner list: their outer ones stand to their left, wherever the column is.
        let shift = first.x0 - 2 * em - deepest.x0
        for place in open.indices { open[place].x0 += shift }
        open.append(item)
      } else {
        if hasJumped, item.mark != .none { open = [] }
        while let last = open.last, first.x0 < last.x0 - 0.5 * em { open.removeLast() }
        if let last = open.last, first.x0 <= last.x0 + 0.5 * em {
          open[open.count - 1].mark = item.mark
        } else {
          open.append(item)
        }
      }
      block.level = min(open.count, 6)
      last = block.last
    case .title, .heading, .contents, .references: open = []
    case .paragraph:
      // Text below the items' marks ends the list; text set in as theirs is belongs to an item.
      if let outermost = open.first, let above = last {
        let first = block.first
        let hasJumped = above.page != first.page || first.y0 < above.y0
        if hasJumped || first.x0 < outermost.x0 + 0.5 * max(first.size, 1) { open = [] }
      }
      last = block.last
    case .code, .table, .caption, .formula, .footnote, .sideNote, .header, .footer, .pageNumber: break
    }
  }

  private func kind(of row: PrintedRow) -> MarkKind {
    let text = pages[row.page].bytes[row.text]
    switch LineLabel(text) {
    case .bullet(let length): return .bullet(Array(text.prefix(length)))
    case .item, .section:
      guard let first = text.first else { return .none }
      if first == UInt8(ascii: "(") { return .bracketed }
      return LineLabel.isDigit(first) ? .number : .letter
    default: return .none
    }
  }

  /// The depth of contents' entries, page by page: their edges, from the left.
  private static func markContents(_ drafts: inout [[DraftBlock]]) {
    for page in drafts.indices {
      let entries = drafts[page].indices.filter { drafts[page][$0].role == .contents }
      guard !entries.isEmpty else { continue }
      var edges: [Float] = []
      for x0 in entries.map({ drafts[page][$0].first.x0 }).sorted() where x0 > (edges.last ?? -.infinity) + 4 {
        edges.append(x0)
      }
      for index in entries {
        let depth = edges.lastIndex { $0 <= drafts[page][index].first.x0 } ?? 0
        drafts[page][index].level = min(depth + 1, 6)
      }
    }
  }
}
