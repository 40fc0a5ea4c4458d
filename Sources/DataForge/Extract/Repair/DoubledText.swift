/// Takes out what was printed twice, a little aside, to look bold or to throw a shadow.
///
/// Poppler drops letters that lie within a tenth of an em of an equal one; here are those that lie further off.
enum DoubledText {
  /// How far apart the prints may be, in ems.
  private static let shift: Float = 0.35

  /// Half the letters of text that has each of them twice: `BBoolldd`.
  /// - Parameters:
  ///   - text: UTF-8.
  ///   - width: of the whole, in points.
  ///   - size: the font's.
  /// - Returns: `nil` where letters are doubled by chance or on purpose, as in `YYYYMMDD`: then they have their full width.
  static func halved(_ text: ArraySlice<UInt8>, width: Float, size: Float) -> [UInt8]? {
    let scalars = Array(String(decoding: text, as: UTF8.self).unicodeScalars)
    guard width < 0.36 * size * Float(scalars.count), Set(scalars).count > 3 else { return nil }
    var result = String.UnicodeScalarView()
    var place = 0
    while place < scalars.count {
      result.append(scalars[place])
      if scalars[place] == " " {
        place += 1
      } else if place + 1 < scalars.count, scalars[place + 1] == scalars[place] {
        place += 2
      } else {
        return nil
      }
    }
    return Array(String(result).utf8)
  }

  /// Takes out words that repeat the one that they lie on.
  /// - Parameters:
  ///   - text: UTF-8, its words parted by one space.
  ///   - gaps: in points, one for each of its spaces; far below zero where a word lies on the one before it.
  ///   - size: the font's.
  /// - Returns: `nil` where there are none.
  static func repaired(_ text: ArraySlice<UInt8>, gaps: [Float], size: Float) -> [UInt8]? {
    let words = text.split(separator: 0x20, omittingEmptySubsequences: false)
    guard words.count == gaps.count + 1 else { return nil }
    var result = Array(words[0])
    var isFound = false
    for (place, gap) in gaps.enumerated() {
      if gap < -shift * size, words[place] == words[place + 1] {
        isFound = true
        continue
      }
      result.append(0x20)
      result += words[place + 1]
    }
    return isFound ? result : nil
  }

  /// Takes out fragments that lie on another one that holds their text. Poppler puts such prints next to each other.
  static func remove(from page: inout PageFragments) {
    var isCopy: [Int] = []
    for index in page.fragments.indices {
      for other in index + 1..<min(index + 4, page.fragments.count)
      where liesOn(page.fragments[index], page.fragments[other]) {
        cut(other, to: index, in: &page)
        let (first, second) = (page.fragments[index], page.fragments[other])
        let (short, long) = first.text.count <= second.text.count ? (index, other) : (other, index)
        let copy = page.fragments[short]
        let slack = shift * copy.size
        let original = page.fragments[long]
        guard copy.glyphs > 1, copy.x0 > original.x0 - slack, copy.x1 < original.x1 + slack,
          contains(page.bytes[original.text], page.bytes[copy.text])
        else { continue }
        isCopy.append(short)
      }
    }
    guard !isCopy.isEmpty else { return }
    for index in Set(isCopy).sorted(by: >) { page.fragments.remove(at: index) }
  }

  /// Where the last words of one fragment are the first of the other and lie on these, takes them out of the first.
  private static func cut(_ second: Int, to first: Int, in page: inout PageFragments) {
    let (left, right) = page.fragments[first].x0 < page.fragments[second].x0 ? (first, second) : (second, first)
    let (above, below) = (page.fragments[left], page.fragments[right])
    guard above.x1 < below.x1, let space = page.bytes[above.text].firstIndex(of: 0x20) else { return }
    for end in space..<above.text.upperBound where page.bytes[end] == 0x20 {
      let words = page.bytes[end + 1..<above.text.upperBound]
      let letter = above.width / Float(above.text.count)
      guard page.bytes[below.text].starts(with: words), !words.isEmpty,
        abs(Float(words.count) * letter - (above.x1 - below.x0)) < 0.25 * Float(words.count) * letter + above.size
      else { continue }
      page.fragments[left].text = above.text.lowerBound..<end
      page.fragments[left].x1 = max(above.x0, min(above.x1, below.x0))
      return
    }
  }

  private static func liesOn(_ first: Fragment, _ second: Fragment) -> Bool {
    let slack = shift * min(first.size, second.size)
    return abs(first.y0 - second.y0) < slack && abs(first.y1 - second.y1) < slack
      && min(first.x1, second.x1) - max(first.x0, second.x0) > max(first.size, 0.2 * min(first.width, second.width))
  }

  private static func contains(_ text: ArraySlice<UInt8>, _ part: ArraySlice<UInt8>) -> Bool {
    guard let first = part.first, part.count <= text.count else { return false }
    return text.indices.dropLast(part.count - 1).contains {
      text[$0] == first && text[$0..<$0 + part.count].elementsEqual(part)
    }
  }
}
