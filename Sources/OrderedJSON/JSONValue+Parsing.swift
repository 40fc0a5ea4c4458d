extension JSONValue {
  /// Reads one JSON value from a text, strictly by RFC 8259.
  ///
  /// Of a key that stands twice the last value counts. Integers stay integers, whatever their size.
  /// - Throws: `JSONParseError` with the place, also for anything that follows the value.
  public init(parsing text: String, limits: JSONLimits = JSONLimits()) throws(JSONParseError) {
    self = try Self.value(of: text.withBytes { Self.parse(UnsafeRawBufferPointer($0), limits) })
  }

  /// Reads one JSON value from UTF-8 bytes, strictly by RFC 8259.
  /// - Throws: `JSONParseError` with the place, also for anything that follows the value and for invalid UTF-8.
  public init(parsing bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONParseError) {
    self = try Self.value(of: bytes.withUnsafeBytes { Self.parse($0, limits) })
  }

  /// Reads one JSON value from UTF-8 bytes, strictly by RFC 8259.
  /// - Throws: `JSONParseError` with the place, also for anything that follows the value and for invalid UTF-8.
  public init(parsing bytes: UnsafeRawBufferPointer, limits: JSONLimits = JSONLimits()) throws(JSONParseError) {
    self = try Self.value(of: Self.parse(bytes, limits))
  }

  private static func parse(
    _ bytes: UnsafeRawBufferPointer, _ limits: JSONLimits
  ) -> Result<JSONValue, JSONParseError> {
    var parser = JSONParser(limits: limits, forBytes: bytes.count)
    return parser.parse(bytes)
  }

  private static func value(of result: Result<JSONValue, JSONParseError>) throws(JSONParseError) -> JSONValue {
    switch result {
    case .success(let value): return value
    case .failure(let error): throw error
    }
  }
}
