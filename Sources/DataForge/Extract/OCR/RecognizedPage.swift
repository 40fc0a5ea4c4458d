/// A page's words as OCR found them, made fragments for the layout.
struct RecognizedPage {
  /// A line of words that stand close together.
  private struct Line {
    var words: [Word] = []
    var key = ""
  }

  fileprivate struct Word {
    var text: String
    /// Of 100.
    var confidence: Double
    var x0: Double
    var y0: Double
    var x1: Double
    var y1: Double
    var letters: Int
    /// The font size that its height and its letters speak for.
    var size: Double
  }

  var fragments: PageFragments
  var ocr: PageOCR

  /// Reads Tesseract's table (`level page block par line word left top width height conf text`).
  /// - Parameters:
  ///   - page: an empty page of the right number and size.
  ///   - scale: points for each pixel.
  /// - Returns: `nil` where nothing that is text was found.
  init?(table: String, page: PageFragments, scale: Double) {
    var lines: [Line] = []
    for row in table.split(separator: "\n") {
      let cells = row.split(separator: "\t", omittingEmptySubsequences: false)
      guard cells.count >= 12, cells[0] == "5", let word = Word(cells, scale: scale) else { continue }
      let key = cells[2...4].joined(separator: ".")
      if lines.last?.key != key { lines.append(Line(key: key)) }
      lines[lines.count - 1].words.append(word)
    }
    lines = lines.filter { !Self.isNoise($0.words) }
    let words = lines.flatMap(\.words)
    guard words.reduce(0, { $0 + $1.letters }) >= 3 else { return nil }
    let body = Self.bodySize(words)
    fragments = page
    for line in lines { Self.add(line.words, body: body, to: &fragments) }
    let letters = words.reduce(0) { $0 + $1.letters }
    let sum = words.reduce(0) { $0 + $1.confidence * Double($1.letters) }
    ocr = PageOCR(
      confidence: sum / Double(max(1, letters)) / 100,
      words: words.map {
        PageOCR.Word(
          text: $0.text, confidence: $0.confidence / 100, box: Box(x0: $0.x0, y0: $0.y0, x1: $0.x1, y1: $0.y1))
      })
  }

  /// What OCR makes of pictures, rules and stains: signs rather than letters, and little confidence.
  private static func isNoise(_ words: [Word]) -> Bool {
    let count = words.reduce(0) { $0 + $1.text.unicodeScalars.count }
    let letters = words.reduce(0) { $0 + $1.letters }
    let confidence =
      words.reduce(0) { $0 + $1.confidence * Double($1.text.unicodeScalars.count) } / Double(max(1, count))
    if letters == 0 { return confidence < 70 || count < 2 }
    return confidence < 40 || (confidence < 60 && letters * 2 < count)
  }

  /// The size of most letters.
  private static func bodySize(_ words: [Word]) -> Double {
    let sorted = words.sorted { $0.size < $1.size }
    var rest = sorted.reduce(0) { $0 + $1.letters } / 2
    for word in sorted {
      rest -= word.letters
      if rest <= 0 { return (word.size * 2).rounded() / 2 }
    }
    return 10
  }

  /// Sizes are measured on single words and waver: near the body's they are the body's.
  private static func size(of words: ArraySlice<Word>, body: Double) -> Double {
    let size = bodySize(Array(words))
    return (0.78...1.25).contains(size / max(1, body)) ? body : size
  }

  private static let bulletLike: Set<String> = [
    ".", "°", "¢", "®", "©", "«", "»", "*", "@", "=", "~", "e", "o", "¥", "¤", "■", "●", "©", "\u{2022}",
  ]

  private static func add(_ words: [Word], body: Double, to page: inout PageFragments) {
    let size = Self.size(of: words[...], body: body)
    var words = words
    // Tesseract takes a bullet for any small sign.
    if words.count > 1, bulletLike.contains(words[0].text), words[1].x0 - words[0].x1 > 0.4 * size {
      words[0].text = "•"
    }
    // All fragments of a line have its height, so that they stay one row.
    let (top, bottom) = (words.map(\.y0).min() ?? 0, words.map(\.y1).max() ?? 0)
    var start = 0
    for index in 1...words.count {
      guard index == words.count || words[index].x0 - words[index - 1].x1 > 1.1 * size else { continue }
      let part = words[start..<index]
      start = index
      let text = GlyphRepair.composed(Array(part.map(\.text).joined(separator: " ").utf8)[...])
      let offset = page.bytes.count
      page.bytes += text
      page.fragments.append(
        Fragment(
          text: offset..<page.bytes.count, x0: Float(part.map(\.x0).min() ?? 0), y0: Float(top),
          x1: Float(part.map(\.x1).max() ?? 0), y1: Float(bottom), size: Float(size),
          glyphs: part.reduce(0) { $0 + $1.text.unicodeScalars.count }, boldGlyphs: 0, monospaceGlyphs: 0))
    }
  }
}

extension RecognizedPage.Word {
  /// A row of the table; `nil` where it has no text or too little confidence to be any.
  fileprivate init?(_ cells: [Substring], scale: Double) {
    guard let left = Double(cells[6]), let top = Double(cells[7]), let width = Double(cells[8]),
      let height = Double(cells[9]), let confidence = Double(cells[10]), confidence >= 0, width > 0, height > 0
    else { return nil }
    var flow = FlowText()
    flow.append(cells[11...].joined(separator: " "))
    flow.settle()
    guard !flow.isEmpty else { return nil }
    text = String(decoding: flow.bytes, as: UTF8.self)
    letters = text.unicodeScalars.count { $0.properties.isAlphabetic || ("0"..."9").contains($0) }
    if letters == 0 && confidence < 30 || confidence < 10 { return nil }
    self.confidence = confidence
    (x0, y0) = (left * scale, top * scale)
    (x1, y1) = ((left + width) * scale, (top + height) * scale)
    let hasDescender = text.utf8.contains { "gjpqy,;()[]{}|/Q".utf8.contains($0) }
    let hasAscender = text.unicodeScalars.contains { !"acegmnopqrsuvwxyz.,;:-_+=~".unicodeScalars.contains($0) }
    let share = hasAscender ? (hasDescender ? 0.92 : 0.7) : (hasDescender ? 0.67 : 0.46)
    size = height * scale / share
  }
}
