/// Puts a drop cap, the large first letter of a chapter, back before the rest of its word.
enum DropCaps {
  /// More large letters than this on one page are something else.
  private static let most = 20

  /// Joins drop caps to their lines, and moves the lines beside them to the column's edge.
  ///
  /// - Returns: the indices without those of the caps.
  static func mend(_ page: inout PageFragments, among indices: [Int]) -> [Int] {
    guard indices.count >= 4 else { return indices }
    let sizes = indices.map { page.fragments[$0].size }.sorted()
    let em = max(sizes[sizes.count / 2], 4)
    let caps = indices.filter { isCap(page.fragments[$0], em: em, bytes: page.bytes) }
    guard !caps.isEmpty, caps.count <= most else { return indices }
    var joined: Set<Int> = []
    for cap in caps where join(cap, on: &page, among: indices, em: em) { joined.insert(cap) }
    return joined.isEmpty ? indices : indices.filter { !joined.contains($0) }
  }

  private static func isCap(_ fragment: Fragment, em: Float, bytes: [UInt8]) -> Bool {
    guard fragment.glyphs <= 2, fragment.turn == .upright, fragment.size > 1.8 * em,
      let first = bytes[fragment.text].last
    else { return false }
    return LineLabel.isUpper(first) || first >= 0x80 || first == UInt8(ascii: "'")
  }

  private static func join(_ cap: Int, on page: inout PageFragments, among indices: [Int], em: Float) -> Bool {
    let letter = page.fragments[cap]
    // The lines that begin beside it, at its right.
    let beside = indices.filter { index in
      let line = page.fragments[index]
      let middle = (line.y0 + line.y1) / 2
      return index != cap && line.size < 0.6 * letter.size && middle > letter.y0 - 0.3 * em
        && middle < letter.y1 + 0.6 * em && line.x0 > letter.x0 + 0.3 * letter.width && line.x0 < letter.x1 + 1.5 * em
    }
    let fragments = page.fragments
    guard beside.count >= 2, let first = beside.min(by: { fragments[$0].y0 < fragments[$1].y0 }),
      let next = page.bytes[page.fragments[first].text].first, LineLabel.isLetter(next) || next >= 0x80
    else { return false }
    let start = page.bytes.count
    page.bytes += page.bytes[letter.text]
    page.bytes += page.bytes[page.fragments[first].text]
    page.fragments[first].text = start..<page.bytes.count
    page.fragments[first].glyphs += letter.glyphs
    for index in beside { page.fragments[index].x0 = min(page.fragments[index].x0, letter.x0) }
    return true
  }
}
