/// Reads a text file: form feeds part its pages, empty lines its paragraphs.
struct PlainTextReader {
  private var flow = FlowBuilder()
  /// How wide the text is set: most lines of a wrapped paragraph come near it.
  private let width: Int

  static func read(_ text: String) -> FlowBuilder {
    let text = PlainTextRepair.withoutOverstrikes(text)
    var reader = PlainTextReader(text)
    var isFirst = true
    for page in text.split(separator: "\u{C}", omittingEmptySubsequences: false) {
      if !isFirst { reader.flow.turnPage() }
      isFirst = false
      reader.read(page)
    }
    // What ends with a form feed ends its last page with it.
    return reader.flow
  }

  private init(_ text: String) {
    var lengths = [Int](repeating: 0, count: 121)
    var count = 0
    for line in text.utf8.split(separator: 0x0A) where line.count > 20 {
      lengths[min(line.count, 120)] += 1
      count += 1
    }
    // The length that nine lines of ten keep within.
    var rest = count / 10
    var width = 120
    while width > 40, rest >= lengths[width] {
      rest -= lengths[width]
      width -= 1
    }
    self.width = width
  }

  private mutating func read(_ page: Substring) {
    var lines: [Substring] = []
    // A line feed and a carriage return together are one Character.
    for line in page.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      if line.utf8.allSatisfy({ $0 <= 0x20 }) {
        take(lines[...])
        lines = []
      } else {
        lines.append(line)
      }
    }
    take(lines[...])
  }

  /// Lines without an empty one between them.
  private mutating func take(_ lines: ArraySlice<Substring>) {
    var lines = lines
    while let first = lines.first {
      if lines.count >= 2, let level = PlainTextRules.underline(lines[lines.startIndex + 1], below: first) {
        flow.text.append(first)
        flow.close(.heading, level: level)
        lines = lines.dropFirst(2)
      } else if PlainTextRules.isRuler(first) {
        lines = lines.dropFirst()
      } else {
        return takeText(lines, first)
      }
    }
  }

  private mutating func takeText(_ lines: ArraySlice<Substring>, _ first: Substring) {
    if lines.count == 1, let level = PlainTextRules.heading(first) {
      flow.text.append(first)
      return flow.close(.heading, level: level)
    }
    // What leads to a list or a listing may stand right above it.
    if let item = lines.firstIndex(where: { PlainTextRules.itemLength($0) != nil }) {
      if item > lines.startIndex { takeParagraph(lines[..<item]) }
      return takeItems(lines[item...])
    }
    if PlainTextRules.isListing(lines) {
      let indent = lines.map { PlainTextRules.indent($0) }.min() ?? 0
      flow.text.appendVerbatim(lines.map { String($0.dropFirst(indent)) }.joined(separator: "\n"))
      return flow.close(.code)
    }
    if lines.contains(where: { $0.utf8.count > 200 }) {
      // Each line is a paragraph: the editor wraps them.
      for line in lines { takeParagraph([line]) }
    } else {
      takeParagraph(lines)
    }
  }

  private mutating func takeParagraph(_ lines: ArraySlice<Substring>) {
    let isWrapped = lines.count < 3 || lines.dropLast().allSatisfy { $0.utf8.count * 2 >= width }
    for (index, line) in lines.enumerated() {
      if index > 0 { if isWrapped { flow.text.appendSpace() } else { flow.text.appendVerbatim("\n") } }
      if isWrapped { flow.text.append(line) } else { flow.text.appendVerbatim(line.drop { $0.isWhitespace }) }
    }
    flow.close()
  }

  private mutating func takeItems(_ lines: ArraySlice<Substring>) {
    var indents: [Int] = []
    var isOpen = false
    for line in lines {
      if let length = PlainTextRules.itemLength(line) {
        if isOpen { flow.close() }
        let indent = PlainTextRules.indent(line)
        while let last = indents.last, last > indent { indents.removeLast() }
        if indents.last != indent { indents.append(indent) }
        let item = line.dropFirst(indent)
        let mark = item.utf8.prefix(length)
        flow.beginItem(
          String(decoding: mark, as: UTF8.self).trimmingSpaces, level: indents.count)
        flow.text.append(String(decoding: item.utf8.dropFirst(length), as: UTF8.self))
        isOpen = true
      } else {
        flow.text.appendSpace()
        flow.text.append(line)
      }
    }
    flow.close()
    flow.endItem()
  }
}

extension String {
  /// Without spaces at either end.
  fileprivate var trimmingSpaces: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
