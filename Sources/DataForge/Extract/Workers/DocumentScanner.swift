/// Reads what `DocumentWriter` wrote. The bytes come from a process that read a stranger's file, so nothing is believed.
struct DocumentScanner {
  /// The bytes are none that a `DocumentWriter` writes.
  struct Malformed: Error {}

  private let bytes: [UInt8]
  private var place: Int

  init(_ bytes: [UInt8], from place: Int = 0) {
    self.bytes = bytes
    self.place = place
  }

  var isAtEnd: Bool { place == bytes.count }

  mutating func document() throws(Malformed) -> Document {
    var document = Document(id: try string(), path: try string(), pages: [])
    document.title = try optionalString()
    document.author = try optionalString()
    document.subject = try optionalString()
    document.keywords = try optionalString()
    document.producer = try optionalString()
    document.created = try optionalString()
    for _ in 0..<(try count()) {
      document.outline.append(OutlineEntry(title: try string(), level: try integer(), page: try optionalInteger()))
    }
    let pages = try count()
    document.pages.reserveCapacity(pages)
    for _ in 0..<pages {
      var page = Page(
        number: try integer(), label: try optionalString(), width: try double(), height: try double(), ocr: try ocr(),
        blocks: [])
      let blocks = try count()
      page.blocks.reserveCapacity(blocks)
      for _ in 0..<blocks { page.blocks.append(try block()) }
      guard page.number > document.pages.last?.number ?? 0 else { throw Malformed() }
      document.pages.append(page)
    }
    return document
  }

  private mutating func block() throws(Malformed) -> Block {
    guard let role = Role(rawValue: try string()) else { throw Malformed() }
    var block = Block(
      role: role, level: try optionalInteger(), mark: try optionalString(), language: try optionalString(),
      text: try string(), table: try table(), fontSize: try double(), lines: [])
    let lines = try count()
    let length = block.text.utf8.count
    block.lines.reserveCapacity(lines)
    for _ in 0..<lines {
      let start = try integer()
      let size = try integer()
      guard start >= 0, size >= 0, start <= length, size <= length - start else { throw Malformed() }
      let page = try integer()
      block.lines.append(Line(range: start..<start + size, page: page, box: try box()))
    }
    block.spans = try spans(within: length)
    return block
  }

  private mutating func spans(within length: Int) throws(Malformed) -> [Span]? {
    guard try integer() != 0 else { return nil }
    var spans: [Span] = []
    for _ in 0..<(try count()) {
      let start = try integer()
      let size = try integer()
      guard start >= 0, size >= 0, start <= length, size <= length - start else { throw Malformed() }
      let (font, points, flags) = (try optionalString(), try double(), try integer())
      spans.append(
        Span(
          range: start..<start + size, font: font, size: points, isBold: flags & 8 != 0, isItalic: flags & 4 != 0,
          isMonospace: flags & 2 != 0, isRaised: flags & 1 != 0))
    }
    return spans
  }

  private mutating func table() throws(Malformed) -> Table? {
    guard try integer() != 0 else { return nil }
    var table = Table(headerRows: try integer(), rows: [])
    for _ in 0..<(try count()) {
      var row: [String] = []
      for _ in 0..<(try count()) { row.append(try string()) }
      guard row.count == table.rows.first?.count ?? row.count else { throw Malformed() }
      table.rows.append(row)
    }
    guard (0...table.rows.count).contains(table.headerRows) else { throw Malformed() }
    return table
  }

  private mutating func ocr() throws(Malformed) -> PageOCR? {
    guard try integer() != 0 else { return nil }
    let confidence = try double()
    var words: [PageOCR.Word] = []
    for _ in 0..<(try count()) {
      words.append(PageOCR.Word(text: try string(), confidence: try double(), box: try box()))
    }
    return PageOCR(confidence: confidence, words: words)
  }

  private mutating func box() throws(Malformed) -> Box {
    Box(x0: try double(), y0: try double(), x1: try double(), y1: try double())
  }

  /// A number of things that follow: each takes at least a byte.
  mutating func count() throws(Malformed) -> Int {
    let number = try integer()
    guard number >= 0, number <= bytes.count - place else { throw Malformed() }
    return number
  }

  mutating func integer() throws(Malformed) -> Int {
    var result: UInt = 0
    var shift: UInt = 0
    while true {
      guard place < bytes.count, shift < 64 else { throw Malformed() }
      let byte = bytes[place]
      place += 1
      result |= UInt(byte & 0x7F) << shift
      if byte < 0x80 { return Int(bitPattern: result >> 1) ^ -Int(bitPattern: result & 1) }
      shift += 7
    }
  }

  private mutating func optionalInteger() throws(Malformed) -> Int? { try integer() == 0 ? nil : try integer() }

  private mutating func double() throws(Malformed) -> Double {
    guard bytes.count - place >= 8 else { throw Malformed() }
    let pattern = bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: place, as: UInt64.self) }
    place += 8
    let number = Double(bitPattern: UInt64(littleEndian: pattern))
    guard number.isFinite else { throw Malformed() }
    return number
  }

  mutating func string() throws(Malformed) -> String {
    let length = try count()
    defer { place += length }
    return String(decoding: bytes[place..<place + length], as: UTF8.self)
  }

  private mutating func optionalString() throws(Malformed) -> String? { try integer() == 0 ? nil : try string() }
}
