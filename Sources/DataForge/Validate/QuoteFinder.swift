/// Finds a quote in a chunk, and with it the pages and boxes where it is printed.
public enum QuoteFinder {
  /// Where the quote stands, or `nil` where it does not.
  ///
  /// Looks for the quote as it is written first, then in the form of `QuoteFold`; marks that only enclose the quote
  /// (quotation marks, an ellipsis where it breaks off) may be missing from the text. The first place that begins and
  /// ends with whole words is taken, or else the first. Takes time linear in both texts.
  public static func find(_ quote: String, in chunk: Chunk) -> Citation? {
    let text = Array(chunk.text.utf8)
    let trimmed = trimming(Array(quote.utf8)[...], where: isBlank)
    guard !trimmed.isEmpty else { return nil }
    if let range = range(of: trimmed, in: text, text: text, original: { $0 }) {
      return citation(of: range, text: text, in: chunk)
    }

    let folded = QuoteFold(chunk.text)
    let needle = QuoteFold(quote).bytes[...]
    for candidate in [needle, trimming(needle, where: encloses)] where !candidate.isEmpty {
      guard let range = range(of: candidate, in: folded.bytes, text: text, original: folded.original) else { continue }
      return citation(of: range, text: text, in: chunk)
    }
    return nil
  }

  private static func citation(of range: Range<Int>, text: [UInt8], in chunk: Chunk) -> Citation {
    var boxes: [PageBox] = []
    for line in chunk.pieces.lazy.flatMap(\.lines) where line.range.overlaps(range) {
      // The chunk's separators between pieces belong to no line, but a line may end in a space that the quote shares.
      let shared = line.range.clamped(to: range)
      guard text[shared].contains(where: { !isBlank($0) }) else { continue }
      let box = PageBox(page: line.page, box: line.box)
      if boxes.last != box { boxes.append(box) }
    }
    return Citation(
      quote: String(decoding: text[range], as: UTF8.self), start: range.lowerBound, end: range.upperBound,
      pages: Set(boxes.map(\.page)).sorted(), boxes: boxes)
  }

  /// The first of at most eight places that `original` maps to whole words of the text, or else the first place.
  private static func range(
    of needle: ArraySlice<UInt8>, in searched: [UInt8], text: [UInt8], original: (Range<Int>) -> Range<Int>
  ) -> Range<Int>? {
    var first: Range<Int>?
    var seen = 0
    let whole: Range<Int>?? = ByteSearch(needle).first(in: searched) { place in
      let range = original(place)
      if first == nil { first = range }
      seen += 1
      if hasWordEdges(range, in: text) { return .some(range) }
      return seen == 8 ? .some(nil) : nil
    }
    return (whole ?? nil) ?? first
  }

  /// Whether no letter of the text is cut off at either end. Bytes beyond ASCII are taken for letters.
  private static func hasWordEdges(_ range: Range<Int>, in text: [UInt8]) -> Bool {
    let startsInside =
      range.lowerBound > 0 && isLetter(text[range.lowerBound]) && isLetter(text[range.lowerBound - 1])
    let endsInside =
      range.upperBound < text.count && isLetter(text[range.upperBound - 1]) && isLetter(text[range.upperBound])
    return !startsInside && !endsInside
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), 0x80...:
      true
    default: false
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  /// What a backend puts around a quote: quotation marks, and dots where it breaks off.
  private static func encloses(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "`") || byte == UInt8(ascii: ".")
  }

  private static func trimming(
    _ bytes: ArraySlice<UInt8>, where isOuter: (UInt8) -> Bool
  ) -> ArraySlice<UInt8> {
    let rest = bytes.drop(while: isOuter)
    guard let last = rest.lastIndex(where: { !isOuter($0) }) else { return [] }
    return rest[...last]
  }
}
