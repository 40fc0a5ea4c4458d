/// Gives the blocks of whole sections their role: what stands below a heading such as “Contents” or “References”.
struct SectionRoles {
  let pages: [PageFragments]

  /// A block's place in the document.
  private typealias Place = (page: Int, block: Int)

  func mark(_ drafts: inout [[DraftBlock]]) {
    let places = drafts.indices.flatMap { page in drafts[page].indices.map { Place(page, $0) } }
      .filter { Self.isText(drafts[$0.page][$0.block].role) }
    var index = 0
    var sections: [(kind: SectionNames.Kind, heading: Place, blocks: ArraySlice<Place>)] = []
    var lastOfTitle: [UInt64: Int]?
    while index < places.count {
      let place = places[index]
      let kind = announced(by: drafts[place.page][place.block])
      index += 1
      switch kind {
      case .contents:
        let last = lastOfTitle ?? lastPlaces(of: places, in: drafts)
        lastOfTitle = last
        let end = endOfContents(places, from: index, last: last, drafts)
        sections.append((.contents, place, places[index..<end]))
        index = end
      case .references:
        let end = endOfSection(places, after: index - 1, drafts)
        if isList(places[index..<end], drafts) {
          sections.append((.references, place, places[index..<end]))
          index = end
        }
      case nil: break
      }
    }
    // From the end, so that places stay true while entries are parted.
    for section in sections.reversed() {
      switch section.kind {
      case .contents: partContents(section.blocks, &drafts)
      case .references:
        drafts[section.heading.page][section.heading.block].role = .heading
        ReferenceEntries(pages: pages).part(section.blocks.map { ($0.page, $0.block) }, of: &drafts)
      }
    }
  }

  private static func isText(_ role: Role) -> Bool {
    switch role {
    case .title, .heading, .paragraph, .listItem, .code, .table, .contents, .references, .formula: true
    case .caption, .footnote, .sideNote, .header, .footer, .pageNumber: false
    }
  }

  /// What a block announces by its name: a heading, or a short line that stands by itself.
  private func announced(by block: DraftBlock) -> SectionNames.Kind? {
    guard block.rows.count == 1, block.role == .heading || block.role == .paragraph || block.role == .listItem else {
      return nil
    }
    return SectionNames.kind(of: text(block))
  }

  private func text(_ block: DraftBlock) -> ArraySlice<UInt8> { pages[block.first.page].bytes[block.first.text] }

  // MARK: Contents without page numbers

  /// Where each heading's title stands last.
  private func lastPlaces(of places: [Place], in drafts: [[DraftBlock]]) -> [UInt64: Int] {
    var last: [UInt64: Int] = [:]
    for (index, place) in places.enumerated() {
      let block = drafts[place.page][place.block]
      guard block.role == .heading, block.rows.count == 1, let key = OutlineTitles.key(text(block)) else { continue }
      last[key] = index
    }
    return last
  }

  /// Where the lines below “Contents” end that name headings further on.
  private func endOfContents(
    _ places: [Place], from start: Int, last: [UInt64: Int], _ drafts: [[DraftBlock]]
  ) -> Int {
    var end = start
    var lines = 0
    while end < places.count {
      let block = drafts[places[end].page][places[end].block]
      if block.role != .contents {
        guard block.role != .table, block.role != .code else { break }
        let named = block.rows.count { row in
          guard let key = OutlineTitles.key(pages[row.page].bytes[row.text]) else { return false }
          return last[key, default: -1] > end
        }
        guard named > 0, named * 5 >= block.rows.count * 3 else { break }
        lines += named
      }
      end += 1
    }
    // One line that names a heading may be anything; a table of contents has several.
    return lines == 1 ? start : end
  }

  /// Gives each line a block of its own.
  private func partContents(_ places: ArraySlice<Place>, _ drafts: inout [[DraftBlock]]) {
    for place in places.reversed() where drafts[place.page][place.block].role != .contents {
      let entries = drafts[place.page][place.block].rows.map { DraftBlock(role: .contents, level: 1, rows: [$0]) }
      drafts[place.page].replaceSubrange(place.block...place.block, with: entries)
    }
  }

  // MARK: References

  /// Where the section of a heading ends: at the next heading.
  private func endOfSection(_ places: [Place], after index: Int, _ drafts: [[DraftBlock]]) -> Int {
    let heading = drafts[places[index].page][places[index].block]
    var end = index + 1
    while end < places.count {
      let block = drafts[places[end].page][places[end].block]
      if block.role.isHeading || block.role == .contents {
        // Entries in bold may look like headings; an entry is no shorter than its year.
        guard block.role == .heading, heading.role == .heading, block.knownLevel == nil,
          ReferenceEntries.isEntry(text(block)), block.size <= heading.size - 0.3
        else { break }
      }
      end += 1
    }
    return end
  }

  /// Whether most of the text is made of entries. Manuals have sections of this name about other things.
  private func isList(_ places: ArraySlice<Place>, _ drafts: [[DraftBlock]]) -> Bool {
    var entries = 0
    var all = 0
    for place in places {
      let block = drafts[place.page][place.block]
      // About a mark or a year for every five lines.
      all += max(1, block.rows.count / 5)
      entries += min(
        max(1, block.rows.count / 5), block.rows.count { ReferenceEntries.isEntry(pages[$0.page].bytes[$0.text]) })
    }
    return all > 0 && entries * 2 >= all
  }
}
