/// Finds the document's title among the headings of its first page with text.
///
/// It is the one that the metadata names, else the largest text there if it is larger than the headings of the pages that
/// follow, else the first line where it is centred and unlike all others. What the outline leads to is a section, unless the metadata says otherwise.
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
    guard
      let first = largest(of: candidates, on: page, &drafts, pages) ?? foremost(of: candidates, on: page, drafts, pages)
    else { return }
    drafts[page][first].role = .title
    unmarkByline(after: first, on: page, &drafts, pages)
  }

  /// The largest heading of the page, if none of the later ones is as large; its lines are put together.
  private func largest(
    of candidates: [Int], on page: Int, _ drafts: inout [[DraftBlock]], _ pages: [PageFragments]
  ) -> Int? {
    let size = candidates.reduce(Float(0)) { max($0, drafts[page][$1].size) }
    guard size > style.bodySize * 1.15 + 0.3 else { return nil }
    let largest = candidates.filter { drafts[page][$0].size > size - 0.3 }
    guard let first = largest.first, drafts[page][first].first.y0 < pages[page].height * 0.65 else { return nil }
    // A title of several lines may have become several headings; more than that are sections.
    guard largest.count <= 3, largest == Array(first..<first + largest.count),
      largest.allSatisfy({ !isSection(drafts[page][$0], pages) })
    else { return nil }
    // Headings as large are chapters; one that is larger may be an index or an odd page.
    var (alike, larger) = (0, 0)
    for later in drafts.indices where later > page {
      for block in drafts[later] where block.role == .heading && block.size > size - 0.3 {
        if block.size > size + 0.3 { larger += 1 } else { alike += 1 }
      }
    }
    guard alike <= drafts.count / 50, larger <= max(1, drafts.count / 50) else { return nil }
    for index in largest.dropFirst().reversed() {
      drafts[page][first].rows += drafts[page][index].rows
      drafts[page].remove(at: index)
    }
    return first
  }

  /// The first text of all, where it is centred and looks like no other heading.
  private func foremost(
    of candidates: [Int], on page: Int, _ drafts: [[DraftBlock]], _ pages: [PageFragments]
  ) -> Int? {
    guard let first = candidates.first, drafts[page][..<first].allSatisfy({ !$0.role.isBody }) else { return nil }
    let block = drafts[page][first]
    guard !isSection(block, pages), abs(block.x0 + block.x1 - pages[page].width) < 0.04 * pages[page].width else {
      return nil
    }
    let alike = drafts.reduce(0) { count, blocks in
      count
        + blocks.count {
          $0.role == .heading && abs($0.size - block.size) < 0.3 && $0.first.isBold == block.first.isBold
        }
    }
    return alike == 1 ? first : nil
  }

  /// Whether a heading is too long for a title, or has a section's number, name or place in the outline.
  private func isSection(_ block: DraftBlock, _ pages: [PageFragments]) -> Bool {
    let text = text(of: block, pages)
    switch LineLabel(text[...]) {
    case .section: return true
    case .item where text.first.map(LineLabel.isDigit) ?? false: return true
    default: break
    }
    return text.count > 300 || outline.contains(text[...]) || SectionNames.kind(of: text[...]) != nil
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
    partTables(after: title, on: page, &drafts, pages)
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

  /// Authors who stand beside each other with their addresses are no table: each column is a paragraph.
  private func partTables(after title: Int, on page: Int, _ drafts: inout [[DraftBlock]], _ pages: [PageFragments]) {
    var index = title + 1
    while index < drafts[page].count {
      let block = drafts[page][index]
      if block.role == .paragraph && block.glyphs > 250 || block.role == .heading && block.knownLevel != nil { return }
      let text = text(of: block, pages)
      if block.role == .heading, SectionNames.kind(of: text[...]) != nil { return }
      let digits = text.count(where: LineLabel.isDigit)
      guard block.role == .table, let table = block.table, digits * 8 < text.count else {
        index += 1
        continue
      }
      let columns = table.rows.first?.cells.count ?? 0
      let parts = (0..<columns).compactMap { column -> DraftBlock? in
        let rows = table.rows.flatMap { row in
          row.cells[column].compactMap { cell in block.rows[row.printed].lazy.compactMap { $0.part(cell) }.first }
        }
        return rows.isEmpty ? nil : DraftBlock(role: .paragraph, rows: rows)
      }
      drafts[page].replaceSubrange(index...index, with: parts)
      index += parts.count
    }
  }

  private func text(of block: DraftBlock, _ pages: [PageFragments]) -> [UInt8] {
    var text: [UInt8] = []
    for row in block.rows { text += (text.isEmpty ? [] : [0x20]) + pages[row.page].bytes[row.text] }
    return text
  }
}
