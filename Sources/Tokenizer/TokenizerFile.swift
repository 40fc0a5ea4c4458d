import OrderedJSON

/// Reads a `tokenizer.json`, plain or gzip.
enum TokenizerFile {
  /// Larger files are no tokenizers.
  private static let maximumBytes = 1 << 30

  /// The JSON value of a file.
  static func read(_ path: String) throws(TokenizerError) -> JSONValue {
    do {
      return try JSONValue(parsing: WholeFile.bytes(path, limit: maximumBytes))
    } catch let error as FileError {
      throw TokenizerError(reason: .unreadable, place: "", message: error.description)
    } catch {
      throw TokenizerError(reason: .unreadable, place: "", message: "\(path) is no JSON: \(error)")
    }
  }
}
