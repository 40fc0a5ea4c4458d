/// Reads many documents, one after the other, faster than `JSONValue(parsing:)` can: it keeps its memory and the keys
/// that it has seen.
public struct JSONReader: ~Copyable {
  private var parser: JSONParser

  /// A reader that refuses what goes beyond the limits.
  public init(limits: JSONLimits = JSONLimits()) { parser = JSONParser(limits: limits) }

  /// Reads one JSON value from UTF-8 bytes, strictly by RFC 8259.
  /// - Throws: `JSONParseError` with the place. The reader can go on with the next document.
  public mutating func read(_ bytes: UnsafeRawBufferPointer) throws(JSONParseError) -> JSONValue {
    switch parser.parse(bytes) {
    case .success(let value): return value
    case .failure(let error): throw error
    }
  }

  /// Reads one JSON value from UTF-8 bytes, strictly by RFC 8259.
  /// - Throws: `JSONParseError` with the place. The reader can go on with the next document.
  public mutating func read(_ bytes: [UInt8]) throws(JSONParseError) -> JSONValue {
    switch bytes.withUnsafeBytes({ parser.parse($0) }) {
    case .success(let value): return value
    case .failure(let error): throw error
    }
  }
}
