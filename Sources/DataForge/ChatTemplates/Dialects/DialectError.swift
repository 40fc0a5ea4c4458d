/// Why a text could not be read in a dialect, and where. It holds none of the text.
public struct DialectError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The dialect in which the text was read.
  public var dialect: String
  /// What is wrong, in words.
  public var message: String
  /// How many Unicode scalars stand before the place.
  public var offset: Int

  /// Takes what is wrong, and where.
  public init(dialect: String, message: String, offset: Int) {
    self.dialect = dialect
    self.message = message
    self.offset = offset
  }

  public var description: String { "\(message) at character \(offset) (read as \(dialect))" }
}
