/// Tells headings from paragraphs, with the whole document as the measure.
struct HeadingRules {
  let style: DocumentStyle
  let outline: OutlineTitles

  /// Turns what is a heading into one, with the level that the outline or the number gives, where one does.
  func mark(_ blocks: inout [DraftBlock], bytes: [UInt8]) {
    for index in blocks.indices where blocks[index].role == .paragraph || blocks[index].role == .listItem {
      guard !blocks[index].keepsLines, blocks[index].rows.count <= 4 else { continue }
      var text: [UInt8] = []
      for row in blocks[index].rows {
        if !text.isEmpty { text.append(0x20) }
        text += bytes[row.text]
      }
      let name = bytes[blocks[index].first.cells[0].text]
      guard isHeading(blocks[index], text[...], name: name) else { continue }
      blocks[index].role = .heading
      blocks[index].level = nil
      blocks[index].knownLevel = knownLevel(text[...])
    }
  }

  private func isHeading(_ block: DraftBlock, _ text: ArraySlice<UInt8>, name: ArraySlice<UInt8>) -> Bool {
    guard text.count <= 240, text.contains(where: { LineLabel.isLetter($0) || $0 >= 0x80 }) else { return false }
    if LeaderDots.hasLeader(text) { return false }
    let size = block.size
    let isBold = !style.isBold && block.rows.allSatisfy(\.isBold)
    let label = LineLabel(text)
    if case .bullet = label { return false }
    if case .caption = label { return false }
    let last = text.last ?? 0
    let isOpenEnded = last == UInt8(ascii: ",") || last == UInt8(ascii: ";")
    if isOpenEnded { return false }
    let isLarge = size > style.bodySize * 1.09 + 0.2
    let isNumbered: Bool
    switch label {
    case .section, .item: isNumbered = true
    default: isNumbered = false
    }
    // A name at the left and what it stands for at the right: the outline has the name.
    if block.rows.count == 1, block.first.cells.count == 2, block.first.isBold || isLarge || size >= style.bodySize,
      outline.contains(name)
    {
      return true
    }
    if outline.contains(text), isLarge || isBold || isNumbered || block.rows.count == 1 { return true }
    if isLarge {
      // A pull quote or an abstract in large letters is a sentence.
      return !(block.rows.count > 2 && SentenceEnd.ends(text)) && !(SentenceEnd.ends(text) && text.count > 120)
    }
    guard isBold, block.rows.count <= 2, text.count <= 140, size > style.bodySize * 0.93 else { return false }
    // `Note:` in bold opens a paragraph, and a bold sentence is emphasis.
    if last == UInt8(ascii: ".") || last == UInt8(ascii: ":") {
      return isNumbered && last == UInt8(ascii: ".") && text.count < 60
    }
    return true
  }

  private func knownLevel(_ text: ArraySlice<UInt8>) -> Int? {
    if let level = outline.level(of: text) { return level }
    switch LineLabel(text) {
    case .section(_, let depth): return depth
    // `2. Methods`, but not `b. Methods`: letters number sections at any depth.
    case .item: return text.first.map(LineLabel.isDigit) ?? false ? 1 : nil
    default: return nil
    }
  }

  /// Gives every heading its level: known ones keep theirs, others take that of headings that look the same, and what
  /// is left stands one level below the headings that look like more.
  static func rank(_ drafts: inout [[DraftBlock]], pages: [PageFragments]) {
    var known: [Look: [Int: Int]] = [:]
    var looks: [Look] = []
    var seen: Set<Look> = []
    for page in drafts {
      for block in page where block.role == .heading {
        let look = Look(block, pages)
        if seen.insert(look).inserted { looks.append(look) }
        if let level = block.knownLevel { known[look, default: [:]][level, default: 0] += 1 }
      }
    }
    // Of looks of one size, the one that comes up first is a section of those that follow.
    let sorted = looks.enumerated().sorted { ($1.element.size, $0.offset) < ($0.element.size, $1.offset) }
    var levels: [Look: Int] = [:]
    var above = 0
    let usual = sorted.map { known[$0.element]?.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key }
    for (place, look) in sorted.map(\.element).enumerated() {
      // What looks like more than a section of a known level is no part of one.
      let highest = usual[place...].compactMap { $0 }.min() ?? .max
      above = usual[place] ?? min(above + 1, highest)
      levels[look] = above
    }
    for page in drafts.indices {
      for index in drafts[page].indices where drafts[page][index].role == .heading {
        let block = drafts[page][index]
        drafts[page][index].level = min(6, max(1, block.knownLevel ?? levels[Look(block, pages)] ?? 1))
      }
    }
  }

  /// What a heading looks like: sizes in half points.
  private struct Look: Hashable {
    var size: Int
    var isBold: Bool
    var isUpper: Bool

    init(_ block: DraftBlock, _ pages: [PageFragments]) {
      size = Int((block.size * 2).rounded())
      isBold = block.first.isBold
      let text = pages[block.first.page].bytes[block.first.text]
      isUpper = text.contains(where: LineLabel.isUpper) && !text.contains(where: LineLabel.isLower)
    }
  }
}
