/// Gives list items their depth, by how far they are set in beside the items around them.
enum ListNesting {
  static func mark(_ pages: inout [[DraftBlock]]) {
    var open: [Float] = []
    for page in pages.indices {
      for index in pages[page].indices {
        switch pages[page][index].role {
        case .listItem:
          let first = pages[page][index].first
          let em = max(first.size, 1)
          while let last = open.last, first.x0 < last - 0.5 * em { open.removeLast() }
          if open.last.map({ first.x0 > $0 + 0.5 * em }) ?? true { open.append(first.x0) }
          pages[page][index].level = min(open.count, 6)
        case .title, .heading: open = []
        case .paragraph:
          // Text at the left of the items ends the list; text set in belongs to its item.
          if let last = open.first, pages[page][index].first.x0 < last - 1 { open = [] }
        default: break
        }
      }
    }
  }
}
