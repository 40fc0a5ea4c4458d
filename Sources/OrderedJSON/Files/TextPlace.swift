import Glibc

/// How far a text was read.
struct TextPlace {
  /// From 1.
  private(set) var line = 1
  /// In code points, from 1.
  private(set) var column = 1
  /// How many bytes stand before, in the text and in the line.
  private(set) var offset = 0
  private(set) var offsetInLine = 0

  /// Goes behind these bytes.
  mutating func pass(_ bytes: UnsafeRawBufferPointer) {
    offset += bytes.count
    var rest = bytes
    while let base = rest.baseAddress, let found = memchr(base, Int32(UInt8(ascii: "\n")), rest.count) {
      line += 1
      column = 1
      offsetInLine = 0
      rest = UnsafeRawBufferPointer(rebasing: rest[(UnsafeRawPointer(found) - base + 1)...])
    }
    offsetInLine += rest.count
    var points = 0
    for byte in rest { points &+= byte & 0xC0 == 0x80 ? 0 : 1 }
    column += points
  }

  /// The error with its place in the whole text, where it was found in what begins here.
  func moved(_ error: JSONParseError) -> JSONParseError {
    var error = error
    if error.line == 1 { error.column += column - 1 }
    error.line += line - 1
    error.byteOffset += offset
    return error
  }
}
