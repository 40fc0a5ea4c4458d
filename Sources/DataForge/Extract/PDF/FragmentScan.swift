import CPoppler

/// The state of one pass over a page's letters.
struct FragmentScan {
  /// Letters further apart than this many ems belong to different fragments. The spaces of a justified line stay
  /// below it, the gaps between columns and cells rarely do.
  private static let gapInEms: Float = 0.8
  /// Poppler ends a word at a tenth of an em, but now and then leaves the space out of its text.
  private static let wordGapInEms: Float = 0.15
  /// In points, from the page's corner: a hundred times the largest page that PDF allows.
  private static let farthest: Float = 1_440_000
  /// Program listings are aligned with spaces: they are parted much later.
  private static let gapInEmsOfListing: Float = 6

  var runs: AttributeRuns
  let rectangles: UnsafeBufferPointer<PopplerRectangle>
  let keepsRuns: Bool

  private var isOpen = false
  private var start = 0
  private var x0: Float = 0
  private var y0: Float = 0
  private var x1: Float = 0
  private var y1: Float = 0
  private var glyphs = 0
  private var boldGlyphs = 0
  private var monospaceGlyphs = 0
  private var composes = false
  private var isSpaced = false
  /// The smallest room between two of its words.
  private var wordGap: Float = .infinity
  /// How wide each space of the fragment is; below zero where a word lies on the one before it.
  private var gaps: [Float] = []
  private var wordStart = 0
  /// How many words are one letter.
  private var singles = 0
  private var overlaps = false
  /// The fragments whose letters stand apart, how far, and whether they are words for sure.
  private var spaced: [(fragment: Int, gap: Float, isWord: Bool)] = []
  /// A combining mark that waits for the letter that it stands on.
  private var mark: (scalar: UInt32, index: Int, hasBase: Bool)?
  /// How many letters followed leftwards, downwards and upwards.
  private var leftward = 0
  private var downward = 0
  private var upward = 0
  private var last = PopplerRectangle()
  /// The size that most letters had so far, and the one that letters have now.
  private var size: Float = 0
  private var sizeGlyphs = 0
  private var runSize: Float = 0
  private var runGlyphs = 0

  init(runs: AttributeRuns, rectangles: UnsafeBufferPointer<PopplerRectangle>, keepsRuns: Bool) {
    self.runs = runs
    self.keepsRuns = keepsRuns
    self.rectangles = rectangles
  }

  mutating func read(_ text: UnsafeBufferPointer<UInt8>, fonts: inout FontTable, into page: inout PageFragments) {
    var offset = 0
    var index = 0
    // Where a word runs from right to left: how far from its first letter's the rectangles are.
    var run: (start: Int, places: [Int]) = (0, [])
    while offset < text.count && index < rectangles.count {
      let byte = text[offset]
      if byte < 0x80 {
        offset += 1
        if byte == 0x0A || byte == 0x0D || byte == 0x0C {
          if mark != nil { settleMark(&fonts, &page) }
          close(into: &page)
        } else if byte == 0x20 || byte == 0x09 {
          isSpaced = true
        } else if byte > 0x20 && byte != 0x7F {
          let own = index - run.start < run.places.count ? run.start + run.places[index - run.start] : index
          guard own < rectangles.count else { break }
          place(own, fonts: &fonts, into: &page)
          if runs.isUndecided {
            runs.measure(byte, width: rectangles[own].x2 - rectangles[own].x1, fonts: &fonts)
          }
          page.bytes.append(byte)
        } else {
          control(byte, at: index, before: offset < text.count ? text[offset] : 0x20, &fonts, &page)
        }
      } else {
        let (scalar, length) = Self.decode(text, at: offset)
        if DirectionMarks.isMark(scalar) {
          offset += length
          if scalar == 0x202B, index >= run.start + run.places.count {
            run = (index, DirectionMarks(text, from: offset).places)
          }
          continue
        }
        let own = index - run.start < run.places.count ? run.start + run.places[index - run.start] : index
        guard own < rectangles.count else { break }
        append(scalar, text[offset..<offset + length], at: own, endsLine: offset + length, text, &fonts, &page)
        offset += length
      }
      index += 1
    }
    if mark != nil { settleMark(&fonts, &page) }
    close(into: &page)
    page.read = page.bytes.count
    if !spaced.isEmpty { joinShortWords(in: &page) }
  }

  private mutating func append(
    _ scalar: UInt32, _ bytes: Slice<UnsafeBufferPointer<UInt8>>, at index: Int, endsLine next: Int,
    _ text: UnsafeBufferPointer<UInt8>, _ fonts: inout FontTable, _ page: inout PageFragments
  ) {
    switch GlyphRepair.action(for: scalar) {
    case .drop: return
    case .space: isSpaced = true
    case .keep:
      place(index, fonts: &fonts, into: &page)
      if GlyphRepair.mayCompose(scalar) { composes = true }
      page.bytes.append(contentsOf: bytes)
    case .replace(let replacement):
      place(index, fonts: &fonts, into: &page)
      page.bytes.append(
        contentsOf: UnsafeBufferPointer(start: replacement.utf8Start, count: replacement.utf8CodeUnitCount))
    case .write(let scalar): write(scalar, at: index, &fonts, &page)
    case .mark: placeMark(scalar, bytes, at: index, &fonts, &page)
    case .unknown:
      page.garbage += 1
      place(index, fonts: &fonts, into: &page)
      page.bytes.append(contentsOf: bytes)
    case .garbage: page.garbage += 1
    case .privateUse:
      runs.advance(to: index, fonts: &fonts)
      if let meant = PrivateUse.meaning(of: scalar, isSymbolFont: runs.isSymbol) {
        write(meant, at: index, &fonts, &page)
      } else {
        page.garbage += 1
      }
    case .softHyphen:
      let isLast = next >= text.count || text[next] == 0x0A
      if isLast {
        place(index, fonts: &fonts, into: &page)
        page.bytes.append(contentsOf: bytes)
      } else if rectangles[index].x2 - rectangles[index].x1 > 0.5 {
        // It was printed in the middle of a line: the font calls its hyphen soft.
        place(index, fonts: &fonts, into: &page)
        page.bytes.append(UInt8(ascii: "-"))
      }
    }
  }

  private mutating func write(
    _ scalar: Unicode.Scalar, at index: Int, _ fonts: inout FontTable, _ page: inout PageFragments
  ) {
    place(index, fonts: &fonts, into: &page)
    page.bytes.append(contentsOf: String(scalar).utf8)
  }

  /// A control character: what TeX's fonts have in its place, or nothing.
  private mutating func control(
    _ byte: UInt8, at index: Int, before next: UInt8, _ fonts: inout FontTable, _ page: inout PageFragments
  ) {
    page.controls += 1
    let gap = Float(rectangles[index].x1 - last.x2)
    let isNear = isOpen && !isSpaced && gap < Self.wordGapInEms * runs.size
    let ligature = GlyphRepair.texLigature(
      byte, afterLetter: isNear && page.bytes.last.map(LineLabel.isLetter) ?? false,
      beforeLetter: LineLabel.isLetter(next))
    guard let ligature else {
      page.garbage += 1
      return
    }
    place(index, fonts: &fonts, into: &page)
    page.bytes.append(contentsOf: UnsafeBufferPointer(start: ligature.utf8Start, count: ligature.utf8CodeUnitCount))
  }

  /// Puts a combining mark after its letter: the one before it, or the one to come, as TeX prints accents first.
  private mutating func placeMark(
    _ scalar: UInt32, _ bytes: Slice<UnsafeBufferPointer<UInt8>>, at index: Int, _ fonts: inout FontTable,
    _ page: inout PageFragments
  ) {
    if mark != nil { settleMark(&fonts, &page) }
    // Poppler gives an accent that it joined itself the second half of the letter's room.
    let isJoined = scalar < 0x2000 && abs(rectangles[index].x1 - last.x2) < 0.01
    guard isOpen, !isSpaced, isJoined || stands(index, on: last) else {
      mark = (scalar, index, false)
      return
    }
    attach(scalar, &page)
    // What comes next is measured from the end of both.
    last.x2 = max(last.x2, rectangles[index].x2)
    x1 = max(x1, Float(last.x2))
  }

  /// Whether a mark stands above or below a letter, and not beside it.
  private func stands(_ index: Int, on letter: PopplerRectangle) -> Bool {
    let (x0, x1) = (rectangles[index].x1, rectangles[index].x2)
    return min(x1, letter.x2) - max(x0, letter.x1) >= 0.4 * min(x1 - x0, letter.x2 - letter.x1)
  }

  private mutating func attach(_ scalar: UInt32, _ page: inout PageFragments) {
    composes = true
    // Accents stand on letters that gave their dots away.
    if page.bytes.suffix(2).elementsEqual([0xC4, 0xB1]) {
      page.bytes.replaceSubrange((page.bytes.count - 2)..., with: [UInt8(ascii: "i")])
    } else if page.bytes.suffix(2).elementsEqual([0xC8, 0xB7]) {
      page.bytes.replaceSubrange((page.bytes.count - 2)..., with: [UInt8(ascii: "j")])
    }
    guard let value = Unicode.Scalar(scalar) else { return }
    page.bytes.append(contentsOf: String(value).utf8)
  }

  /// Writes a waiting mark: after the letter that it was found to stand on, else as a character of its own.
  private mutating func settleMark(_ fonts: inout FontTable, _ page: inout PageFragments) {
    guard let waiting = mark else { return }
    mark = nil
    if waiting.hasBase { return attach(waiting.scalar, &page) }
    guard let spacing = GlyphRepair.spacingMark(waiting.scalar) else { return }
    place(waiting.index, fonts: &fonts, into: &page)
    page.bytes.append(contentsOf: UnsafeBufferPointer(start: spacing.utf8Start, count: spacing.utf8CodeUnitCount))
  }

  /// Makes room for a letter: goes on with the open fragment or begins a new one.
  @inline(__always)
  private mutating func place(_ index: Int, fonts: inout FontTable, into page: inout PageFragments) {
    if let waiting = mark {
      if !waiting.hasBase, stands(waiting.index, on: rectangles[index]) {
        mark = (waiting.scalar, waiting.index, true)
      } else {
        settleMark(&fonts, &page)
      }
    }
    runs.advance(to: index, fonts: &fonts)
    let rectangle = rectangles[index]
    let left = Float(rectangle.x1)
    let right = Float(rectangle.x2)
    if isOpen {
      let gap = max(left - Float(last.x2), Float(last.x1) - right)
      // A gutter beside a heading is as wide as the text's letters ask for.
      let em = max(min(runs.size, runSize), 1)
      let limit = (runs.isMonospace ? Self.gapInEmsOfListing : Self.gapInEms) * em
      if gap > limit { close(into: &page) } else if gap > Self.wordGapInEms * runs.size { isSpaced = true }
    }
    if !isOpen {
      open(rectangle, in: page)
    } else {
      if isSpaced {
        space(before: left, into: &page)
        wordGap = min(wordGap, max(left - Float(last.x2), Float(last.x1) - right))
      }
      if left < Float(last.x1) { leftward += 1 }
      let fall = Float(rectangle.y1 - last.y1)
      if abs(fall) > abs(left - Float(last.x1)) { if fall > 0 { downward += 1 } else { upward += 1 } }
      x0 = min(x0, left)
      x1 = max(x1, right)
      y0 = min(y0, Float(rectangle.y1))
      y1 = max(y1, Float(rectangle.y2))
    }
    isSpaced = false
    if keepsRuns { keepRun(in: &page) }
    last = rectangle
    glyphs += 1
    if runs.isBold { boldGlyphs += 1 }
    if runs.isMonospace { monospaceGlyphs += 1 }
    if runs.size != runSize {
      settleRun()
      runSize = runs.size
    }
    runGlyphs += 1
  }

  private func keepRun(in page: inout PageFragments) {
    let place = page.bytes.count
    // Text that was mended is shorter than it was.
    while let last = page.runs.last, last.start >= place { page.runs.removeLast() }
    if let last = page.runs.last, last.font == runs.font, last.size == runs.size { return }
    page.runs.append(FontRun(start: place, font: runs.font, size: runs.size))
  }

  private mutating func open(_ rectangle: PopplerRectangle, in page: PageFragments) {
    isOpen = true
    start = page.bytes.count
    x0 = Float(rectangle.x1)
    y0 = Float(rectangle.y1)
    x1 = Float(rectangle.x2)
    y1 = Float(rectangle.y2)
    (glyphs, boldGlyphs, monospaceGlyphs, leftward, downward, upward) = (0, 0, 0, 0, 0, 0)
    (sizeGlyphs, runGlyphs) = (0, 0)
    (runSize, composes, wordGap) = (-1, false, .infinity)
    (wordStart, singles, overlaps) = (start, 0, false)
    gaps.removeAll(keepingCapacity: true)
  }

  /// Writes a space; in a listing as many as there is room for, so that its columns stay aligned.
  private mutating func space(before left: Float, into page: inout PageFragments) {
    var count = 1
    let gap = left - Float(last.x2)
    gaps.append(gap)
    if gap < -0.35 * runs.size { overlaps = true }
    if page.bytes.count - wordStart <= 2 { singles += 1 }
    let letter = Float(last.x2 - last.x1)
    if runs.isMonospace && letter > 1 {
      count = max(1, min(80, Int(((left - Float(last.x2)) / letter).rounded())))
    }
    for _ in 0..<count { page.bytes.append(0x20) }
    wordStart = page.bytes.count
  }

  /// Damaged files place letters where no page is.
  private var isOnEarth: Bool {
    [x0, y0, x1, y1].allSatisfy { abs($0) < Self.farthest } && abs(size) < Self.farthest
  }

  private mutating func settleRun() {
    if runGlyphs > sizeGlyphs {
      (size, sizeGlyphs) = (runSize, runGlyphs)
    }
    runGlyphs = 0
  }

  /// Mends letterspaced words. Short ones could be anything by themselves: the words beside them decide.
  private mutating func joinSpacedLetters(in page: inout PageFragments) {
    let usual = gaps.sorted()[gaps.count / 2]
    if let joined = LetterspacedText.repaired(page.bytes[start...], gaps: gaps, size: size) {
      page.bytes.replaceSubrange(start..., with: joined)
      spaced.append((page.fragments.count, usual, true))
    } else if singles >= gaps.count, page.bytes.count - wordStart <= 2 {
      spaced.append((page.fragments.count, usual, false))
    }
  }

  /// Mends the short words that stand on one line with longer ones that were letterspaced.
  private func joinShortWords(in page: inout PageFragments) {
    guard spaced.contains(where: \.isWord) else { return }
    for short in spaced where !short.isWord {
      let fragment = page.fragments[short.fragment]
      let isBeside = spaced.contains { long in
        let other = page.fragments[long.fragment]
        return long.isWord && other.size == fragment.size && abs(other.y1 - fragment.y1) < 0.2 * fragment.size
          && abs(long.gap - short.gap) < 0.4 * long.gap
      }
      guard isBeside else { continue }
      let joined = page.bytes[fragment.text].filter { $0 != 0x20 }
      page.fragments[short.fragment].text = page.bytes.count..<page.bytes.count + joined.count
      page.bytes += joined
    }
  }

  private mutating func close(into page: inout PageFragments) {
    isSpaced = false
    guard isOpen else { return }
    isOpen = false
    settleRun()
    guard isOnEarth else {
      page.bytes.removeSubrange(start...)
      return
    }
    if singles > 2 || (singles > 0 && singles == gaps.count) { joinSpacedLetters(in: &page) }
    if page.bytes.count - start > 7, page.bytes[start] == page.bytes[start + 1],
      let once = DoubledText.halved(page.bytes[start...], width: x1 - x0, size: size)
    {
      page.bytes.replaceSubrange(start..., with: once)
    }
    if overlaps, let once = DoubledText.repaired(page.bytes[start...], gaps: gaps, size: size) {
      page.bytes.replaceSubrange(start..., with: once)
    }
    if composes {
      let composed = GlyphRepair.composed(page.bytes[start...])
      page.bytes.replaceSubrange(start..., with: composed)
    }
    var fragment = Fragment(
      text: start..<page.bytes.count, x0: x0, y0: y0, x1: x1, y1: y1, size: size, glyphs: glyphs,
      boldGlyphs: boldGlyphs, monospaceGlyphs: monospaceGlyphs)
    fragment.wordGap = wordGap
    if glyphs > 2 && max(downward, upward) * 2 > glyphs { fragment.turn = downward > upward ? .downwards : .upwards }
    fragment.isRightToLeft = leftward * 2 > glyphs && !fragment.isSideways
    page.fragments.append(fragment)
  }

  /// Decodes a sequence of several bytes. Poppler writes valid UTF-8; a stray byte counts as one scalar.
  private static func decode(_ text: UnsafeBufferPointer<UInt8>, at offset: Int) -> (scalar: UInt32, length: Int) {
    let lead = text[offset]
    let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1
    guard length > 1, offset + length <= text.count else { return (0xFFFD, 1) }
    var scalar = UInt32(lead) & (0x7F >> UInt32(length))
    for next in offset + 1..<offset + length { scalar = scalar << 6 | UInt32(text[next] & 0x3F) }
    return (scalar, length)
  }
}
