/// Why a text is no JSON, and where.
///
/// The message holds none of the text besides, at most, one offending character.
public struct JSONParseError: Error, Hashable, Sendable {
  /// What is wrong there.
  public var message: String
  /// The line, counted from 1; lines end with a line feed.
  public var line: Int
  /// The column, counted from 1 in Unicode code points, as Python counts it.
  public var column: Int
  /// How many UTF-8 bytes stand before the place.
  public var byteOffset: Int

  /// Takes what is wrong, and where.
  public init(message: String, line: Int, column: Int, byteOffset: Int) {
    self.message = message
    self.line = line
    self.column = column
    self.byteOffset = byteOffset
  }
}

extension JSONParseError: CustomStringConvertible {
  public var description: String { "\(message) at line \(line), column \(column) (byte \(byteOffset))" }
}

extension JSONParseError {
  /// Finds line and column of a byte: only once something is wrong, so that good text pays nothing for it.
  init(_ failure: JSONFailure, in bytes: UnsafeRawBufferPointer) {
    let offset = min(failure.offset, bytes.count)
    var line = 1
    var column = 1
    for byte in bytes[..<offset] {
      if byte == UInt8(ascii: "\n") {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    self.init(message: failure.reason.message, line: line, column: column, byteOffset: offset)
  }
}
