import Glibc
import OrderedJSON

/// The UTF-8 bytes of a text while it is read. Never outlives the call that lends them.
struct TextBytes {
  let bytes: UnsafeBufferPointer<UInt8>

  var count: Int { bytes.count }
  var all: Range<Int> { 0..<bytes.count }

  @inline(__always)
  subscript(at: Int) -> UInt8 { bytes[at] }

  /// Lends the bytes of a string, without a copy where Swift holds them in one piece.
  static func lend<Result>(_ text: String, _ body: (TextBytes) -> Result) -> Result {
    if let result = text.utf8.withContiguousStorageIfAvailable({ body(TextBytes(bytes: $0)) }) { return result }
    return Array(text.utf8).withUnsafeBufferPointer { body(TextBytes(bytes: $0)) }
  }

  @inline(__always)
  func find(byte: UInt8, _ range: Range<Int>) -> Int? {
    guard !range.isEmpty, let base = bytes.baseAddress,
      let found = memchr(base + range.lowerBound, Int32(byte), range.count)
    else { return nil }
    return UnsafeRawPointer(base).distance(to: UnsafeRawPointer(found))
  }

  /// Whether a token stands at a place before `end`.
  @inline(__always)
  func has(_ token: Marker, _ at: Int, _ end: Int) -> Bool {
    let size = token.bytes.count
    guard size > 0, end - at >= size, bytes[at] == token.bytes[0] else { return false }
    return token.bytes.withUnsafeBufferPointer { needle in
      guard let base = bytes.baseAddress, let needle = needle.baseAddress else { return false }
      return memcmp(base + at, needle, size) == 0
    }
  }

  /// The first place of a token in a range.
  func find(_ token: Marker, _ range: Range<Int>) -> Int? {
    guard let first = token.bytes.first else { return nil }
    var at = range.lowerBound
    while let next = find(byte: first, at..<range.upperBound) {
      if has(token, next, range.upperBound) { return next }
      at = next + 1
    }
    return nil
  }

  /// The place behind a token, if it stands at `at`.
  func skip(_ token: Marker, _ at: Int, _ end: Int) -> Int { has(token, at, end) ? at + token.count : at }

  func skipSpace(_ at: Int, _ end: Int) -> Int {
    var at = at
    while at < end, Self.isSpace(bytes[at]) { at += 1 }
    return at
  }

  @inline(__always)
  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }

  /// A range without the white space at its ends.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    let start = skipSpace(range.lowerBound, range.upperBound)
    var end = range.upperBound
    while end > start, Self.isSpace(bytes[end - 1]) { end -= 1 }
    return start..<end
  }

  func isBlank(_ range: Range<Int>) -> Bool { skipSpace(range.lowerBound, range.upperBound) == range.upperBound }

  func string(_ range: Range<Int>) -> String {
    String(decoding: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self)
  }

  func trimmedString(_ range: Range<Int>) -> String { string(trimmed(range)) }

  /// How many Unicode scalars begin in a range.
  func scalars(_ range: Range<Int>) -> Int {
    var count = 0
    for byte in bytes[range] where byte & 0xC0 != 0x80 { count += 1 }
    return count
  }

  /// Where the JSON object or array that begins at `at` ends; `nil` where its brackets do not close.
  func endOfJSON(_ at: Int, _ end: Int) -> Int? {
    var depth = 0
    var at = at
    while at < end {
      switch bytes[at] {
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        if depth <= 0 { return at + 1 }
      case UInt8(ascii: "\""):
        guard let close = endOfString(at, end) else { return nil }
        at = close
        if depth == 0 { return at }
        continue
      default:
        if depth == 0 { return nil }
      }
      at += 1
    }
    return nil
  }

  private func endOfString(_ at: Int, _ end: Int) -> Int? {
    var at = at + 1
    while at < end {
      if bytes[at] == UInt8(ascii: "\"") { return at + 1 }
      at += bytes[at] == UInt8(ascii: "\\") ? 2 : 1
    }
    return nil
  }

  /// Reads a range as strict JSON.
  func json(_ range: Range<Int>) throws(JSONParseError) -> JSONValue {
    try JSONValue(parsing: UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[range])))
  }
}
