import OrderedJSON

/// Documents as bytes between a worker and its parent. Not kept anywhere: both sides are one program.
///
/// Through `Codable` this took a tenth of what the reading takes; so it takes a hundredth.
struct DocumentWriter {
  private(set) var bytes: [UInt8] = []

  mutating func write(_ document: Document) {
    write(document.id)
    write(document.path)
    for text in [
      document.title, document.author, document.subject, document.keywords, document.producer, document.created,
    ] {
      write(text)
    }
    write(document.outline.count)
    for entry in document.outline {
      write(entry.title)
      write(entry.level)
      write(entry.page)
    }
    write(document.pages.count)
    for page in document.pages {
      write(page.number)
      write(page.label)
      write(page.width)
      write(page.height)
      write(page.ocr)
      write(page.blocks.count)
      for block in page.blocks { write(block) }
    }
  }

  private mutating func write(_ block: Block) {
    write(block.role.rawValue)
    write(block.level)
    write(block.mark)
    write(block.language)
    write(block.text)
    write(block.table)
    write(block.fontSize)
    write(block.lines.count)
    for line in block.lines {
      write(line.range.lowerBound)
      write(line.range.count)
      write(line.page)
      write(line.box)
    }
    write(block.spans == nil ? 0 : 1)
    guard let spans = block.spans else { return }
    write(spans.count)
    for span in spans {
      write(span.range.lowerBound)
      write(span.range.count)
      write(span.font)
      write(span.size)
      write([span.isBold, span.isItalic, span.isMonospace, span.isRaised].reduce(0) { $0 << 1 | ($1 ? 1 : 0) })
    }
  }

  private mutating func write(_ table: Table?) {
    write(table == nil ? 0 : 1)
    guard let table else { return }
    write(table.headerRows)
    write(table.rows.count)
    for row in table.rows {
      write(row.count)
      for cell in row { write(cell) }
    }
  }

  private mutating func write(_ ocr: PageOCR?) {
    write(ocr == nil ? 0 : 1)
    guard let ocr else { return }
    write(ocr.confidence)
    write(ocr.words.count)
    for word in ocr.words {
      write(word.text)
      write(word.confidence)
      write(word.box)
    }
  }

  private mutating func write(_ box: Box) { for edge in [box.x0, box.y0, box.x1, box.y1] { write(edge) } }

  /// A number with its sign in the lowest bit, seven bits to a byte.
  mutating func write(_ number: Int) {
    var rest = UInt(bitPattern: number << 1 ^ number >> (Int.bitWidth - 1))
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  private mutating func write(_ number: Int?) {
    write(number == nil ? 0 : 1)
    if let number { write(number) }
  }

  private mutating func write(_ number: Double) {
    withUnsafeBytes(of: number.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func write(_ text: String) {
    write(text.utf8.count)
    bytes.append(contentsOf: text.utf8)
  }

  private mutating func write(_ text: String?) {
    write(text == nil ? 0 : 1)
    if let text { write(text) }
  }
}
