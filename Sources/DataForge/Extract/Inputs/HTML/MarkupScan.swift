/// Looks over HTML or XML before a parser does, for tags that would keep the parser busy for hours.
///
/// Parsers compare each attribute of a tag with every other. This follows quotes, comments and scripts closely enough
/// for pages that mean well; a page that hides a tag from it meets the worker's limit on time.
struct MarkupScan {
  private enum State {
    case text
    case tag
    case quoted(UInt8)
    case comment
    /// In a script or style sheet, up to the `</` that ends it.
    case script
  }

  /// - Throws: `too-complex` where a tag has more attributes than the limit.
  static func check(_ bytes: UnsafeBufferPointer<UInt8>, attributes limit: Int) throws(InputFailure) {
    var state = State.text
    var count = 0
    var isScript = false
    var last: UInt8 = 0
    var index = 0
    func follows(_ text: StaticString) -> Bool {
      text.withUTF8Buffer { text in
        index + text.count <= bytes.count
          && text.enumerated().allSatisfy { bytes[index + $0] | 0x20 == $1 | 0x20 }
      }
    }
    while index < bytes.count {
      let byte = bytes[index]
      switch state {
      case .text:
        guard byte == UInt8(ascii: "<") else { break }
        if follows("<!--") {
          state = .comment
        } else {
          (state, count, isScript) = (.tag, 0, follows("<script") || follows("<style"))
        }
      case .tag:
        if byte == UInt8(ascii: ">") {
          state = isScript ? .script : .text
        } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
          if last == UInt8(ascii: "=") { state = .quoted(byte) }
        } else if byte > 0x20, byte != UInt8(ascii: "="), last <= 0x20 || "\"'/".utf8.contains(last) {
          count += 1
          if count > limit { throw .tooComplex("has a tag with more than \(limit) attributes", limit: limit) }
        }
      case .quoted(let quote): if byte == quote { state = .tag }
      case .comment: if byte == UInt8(ascii: "-"), follows("-->") { state = .text }
      case .script: if byte == UInt8(ascii: "<"), follows("</") { state = .tag; isScript = false }
      }
      if byte > 0x20 || last != UInt8(ascii: "=") { last = byte }
      index += 1
    }
  }
}
