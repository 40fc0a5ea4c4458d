/// Finds the document's title among the headings of its first page with text.
///
/// It is the largest text there and larger than the headings of the pages that follow, or the one that the metadata
/// names. What the outline leads to is a section, unless the metadata says otherwise.
struct TitleFinder {
  let metadata: String?
  let outline: OutlineTitles
  let style: DocumentStyle

  func mark(_ drafts: inout [[DraftBlock]], pages: [PageFragments]) {
    guard let page = drafts.firstIndex(where: { $0.contains { $0.role.isBody } }), page < 3 else { return }
    let candidates = drafts[page].indices.filter { drafts[page][$0].role == .heading }
    guard !candidates.isEmpty else { return }
    let titles = OutlineTitles(metadata.map { [OutlineEntry(title: $0, level: 1, page: nil)] } ?? [])
    if let named = candidates.first(where: { titles.contains(text(of: drafts[page][$0], pages)[...]) }) {
      drafts[page][named].role = .title
      unmarkByline(after: named, on: page, &drafts, pages)
      return
    }
    let size = candidates.reduce(Float(0)) { max($0, drafts[page][$1].size) }
    guard size > style.bodySize * 1.15 + 0.3 else { return }
    let largest = candidates.filter { drafts[page][$0].size > size - 0.3 }
    guard let first = largest.first, drafts[page][first].first.y0 < pages[page].height * 0.65 else { return }
    // A title of several lines may have become several headings; more than that are sections.
    guard largest.count <= 3, largest == Array(first..<first + largest.count) else { return }
    for index in largest {
      let text = text(of: drafts[page][index], pages)
      if text.count > 300 || outline.contains(text[...]) || SectionNames.kind(of: text[...]) != nil { return }
      if case .section = LineLabel(text[...]) { return }
    }
    var others = 0
    for later in drafts.indices where later > page {
      for block in drafts[later] where block.role == .heading && block.size > size - 0.3 { others += 1 }
    }
    guard others <= drafts.count / 50 else { return }
    for index in largest.dropFirst().reversed() {
      drafts[page][first].rows += drafts[page][index].rows
      drafts[page].remove(at: index)
    }
    drafts[page][first].role = .title
    unmarkByline(after: first, on: page, &drafts, pages)
  }

  /// Authors, dates and subtitles below the title are large too. Headings that follow it at once and look like none of
  /// the document's other headings are such, where they are centred as it is or followed by another one.
  private func unmarkByline(after title: Int, on page: Int, _ drafts: inout [[DraftBlock]], _ pages: [PageFragments]) {
    var end = title + 1
    while end < drafts[page].count, drafts[page][end].role == .heading {
      let text = text(of: drafts[page][end], pages)
      if drafts[page][end].knownLevel != nil || SectionNames.kind(of: text[...]) != nil { break }
      end += 1
    }
    for index in title + 1..<end {
      let block = drafts[page][index]
      var alike = 0
      for (other, blocks) in drafts.enumerated() {
        for (place, candidate) in blocks.enumerated()
        where candidate.role == .heading && !(other == page && (title..<end).contains(place)) {
          if abs(candidate.size - block.size) < 0.3 && candidate.first.isBold == block.first.isBold { alike += 1 }
        }
      }
      let isCentred = abs(block.x0 + block.x1 - drafts[page][title].x0 - drafts[page][title].x1) < 2 * block.size
      let isAtLeft = abs(block.x0 - drafts[page][title].x0) < block.size
      if alike == 0, index + 1 < end || (isCentred && !isAtLeft) { drafts[page][index].role = .paragraph }
    }
  }

  private func text(of block: DraftBlock, _ pages: [PageFragments]) -> [UInt8] {
    var text: [UInt8] = []
    for row in block.rows { text += (text.isEmpty ? [] : [0x20]) + pages[row.page].bytes[row.text] }
    return text
  }
}
