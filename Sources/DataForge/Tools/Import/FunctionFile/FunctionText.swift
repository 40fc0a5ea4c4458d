import OrderedJSON

/// Finds the values in a file of function definitions, whatever its form.
enum FunctionText {
  /// - Throws: `ToolImportError` where nothing can be read.
  static func values(of bytes: [UInt8], name: String) throws(ToolImportError) -> [JSONValue] {
    guard !bytes.allSatisfy({ " \t\r\n".utf8.contains($0) }) else { throw ToolImportError("\(name): it is empty") }
    if let value = try? JSONValue(parsing: bytes) { return [value] }
    if let values = lines(bytes) { return values }
    if let values = tagged(bytes) { return values }
    return [try StructuredText.value(of: bytes, name: name)]
  }

  /// JSON Lines: every line that holds anything holds a value.
  private static func lines(_ bytes: [UInt8]) -> [JSONValue]? {
    var values: [JSONValue] = []
    for line in bytes.split(whereSeparator: { $0 == 10 || $0 == 13 }) where !line.allSatisfy({ $0 == 32 || $0 == 9 }) {
      guard let value = line.withUnsafeBytes({ try? JSONValue(parsing: $0) }) else { return nil }
      values.append(value)
    }
    return values.isEmpty ? nil : values
  }

  /// What stands between `<tools>` and `</tools>`, one value or one in each line.
  private static func tagged(_ bytes: [UInt8]) -> [JSONValue]? {
    guard let text = String(validating: bytes, as: UTF8.self), text.contains("<tools>") else { return nil }
    var values: [JSONValue] = []
    for part in text.split(separator: "<tools>", omittingEmptySubsequences: false).dropFirst() {
      guard let end = part.firstRange(of: "</tools>") else { continue }
      let inner = Array(part[..<end.lowerBound].utf8)
      if let value = try? JSONValue(parsing: inner) {
        values.append(value)
      } else if let several = lines(inner) {
        values += several
      }
    }
    return values.isEmpty ? nil : values
  }
}
