/// Looks over Markdown before the parser does, for lines that would keep the parser busy for hours.
enum MarkdownScan {
  /// - Throws: `too-complex` where quotations and lists are nested too deep or a row has too many cells.
  static func check(_ text: String, limits: InputLimits) throws(InputFailure) {
    for line in text.utf8.split(separator: 0x0A) where line.count > limits.markdownDepth {
      var depth = 0
      var last: UInt8 = 0
      for byte in line {
        if byte == UInt8(ascii: ">") || (byte <= 0x20 && "-*+.)".utf8.contains(last)) {
          depth += 1
        } else if byte > 0x20, !"-*+.)".utf8.contains(byte), !LineLabel.isDigit(byte) {
          break
        }
        last = byte
      }
      // A ruler of many dashes is no nesting.
      let isRuler =
        Set(line.filter { $0 > 0x20 }).count == 1 && last != UInt8(ascii: ">") && !line.contains(UInt8(ascii: ">"))
      if depth > limits.markdownDepth, !isRuler {
        throw .tooComplex(
          "has quotations or lists nested more than \(limits.markdownDepth) deep", limit: limits.markdownDepth)
      }
      if line.count(where: { $0 == UInt8(ascii: "|") }) > limits.markdownColumns {
        throw .tooComplex(
          "has a table with more than \(limits.markdownColumns) columns", limit: limits.markdownColumns)
      }
    }
  }
}
