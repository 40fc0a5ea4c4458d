/// A line of a JSON Lines file.
public struct JSONLine: Hashable, Sendable {
  /// The line's number in the file, counted from 1; blank lines count.
  public var number: Int
  /// What stands in it, or why that is no JSON. The error's line and byte offset are those of the file.
  public var value: Result<JSONValue, JSONParseError>
  /// How many bytes stand before the line (in the unpacked text, where the file is packed).
  public var byteOffset: Int

  /// Takes a line that was read.
  public init(number: Int, value: Result<JSONValue, JSONParseError>, byteOffset: Int) {
    self.number = number
    self.value = value
    self.byteOffset = byteOffset
  }
}
