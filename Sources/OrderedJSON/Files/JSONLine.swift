/// A row of a file of rows.
public struct JSONLine: Hashable, Sendable {
  /// Where it stands: its line, or its place in the file's array.
  public var place: RowPlace
  /// What stands there, or why that is no JSON. The error's line, column and byte offset are those of the file.
  public var value: Result<JSONValue, JSONParseError>
  /// How many bytes stand before the row (in the unpacked text, where the file is packed).
  public var byteOffset: Int

  /// Takes a row that was read.
  public init(place: RowPlace, value: Result<JSONValue, JSONParseError>, byteOffset: Int) {
    self.place = place
    self.value = value
    self.byteOffset = byteOffset
  }

  /// The number of its line, or of the row in the file's array; from 1.
  public var number: Int { place.number }
}
