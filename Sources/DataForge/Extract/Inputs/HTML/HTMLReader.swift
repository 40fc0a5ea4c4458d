/// Reads an HTML page, or a part of an EPUB.
enum HTMLReader {
  struct Result {
    var blocks: [Block]
    var title: String?
    var meta: [String: String]
  }

  /// The page's blocks, as those of page `number`.
  static func read(_ text: String, page number: Int = 1, limits: InputLimits) throws(InputFailure) -> Result {
    let html = HTMLFlow(flow: FlowBuilder(page: number), limits: limits)
    try HTMLParser.parse(text, into: html, limits: limits)
    try html.flow.check()
    let title = String(decoding: html.title.bytes, as: UTF8.self)
    return Result(
      blocks: html.regions.text(of: html.flow.blocks), title: title.isEmpty ? nil : title, meta: html.meta)
  }

  /// The name of the encoding that a page declares in its first bytes.
  static func declaredCharset(_ bytes: [UInt8]) -> String? {
    let head = String(decoding: bytes.prefix(2048).map { $0 < 0x80 ? $0 : 0x3F }, as: UTF8.self).lowercased()
    for mark in ["charset", "encoding"] {
      var rest = head[...]
      while let found = rest.firstRange(of: mark) {
        rest = rest[found.upperBound...]
        let value = rest.drop { $0 == " " || $0 == "\n" }
        guard value.first == "=" else { continue }
        let name = value.dropFirst().drop { " \"'\n".contains($0) }
          .prefix { $0.isLetter || $0.isNumber || "-_:".contains($0) }
        if !name.isEmpty { return String(name) }
      }
    }
    return nil
  }
}
