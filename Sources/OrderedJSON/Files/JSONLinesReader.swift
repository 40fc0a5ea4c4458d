/// Reads a file of rows, plain or gzip (told by its first bytes, not by its name): JSON Lines, or one JSON array of
/// rows, compact or over many lines. Memory grows only to the longest row.
///
/// Blank lines are skipped and CRLF is understood. A row that is no JSON, or too long, is a value, and reading goes on.
/// A file is an array where its first line opens one that it doesn't close, or where all of it is one line with an array
/// of objects; lines that are arrays each are JSON Lines.
public final class JSONLinesReader {
  private let maximumLineBytes: Int
  private var input: RowInput
  private var parser: JSONParser
  private var hasBegun = false
  /// The rows of a file that is an array.
  private var elements: ArrayRows?
  private var lineNumber = 0
  private var lineOffset = 0
  private var rows = 0

  /// Opens a file; `-` is stdin.
  /// - Parameters:
  ///   - maximumLineBytes: the most bytes of a row.
  ///   - repeatedKeys: members of a row that other rows have, too, such as `tools`: what is the same is read once, and many
  ///     times as fast.
  /// - Throws: `FileError` where it cannot be opened.
  public init(
    path: String, maximumLineBytes: Int = 64 << 20, limits: JSONLimits = JSONLimits(), repeatedKeys: [String] = []
  ) throws(FileError) {
    input = try RowInput(path: path)
    self.maximumLineBytes = max(maximumLineBytes, 1)
    parser = JSONParser(limits: limits, repeatedKeys: repeatedKeys)
  }

  /// The next row; `nil` at the end.
  /// - Throws: `FileError` where reading fails, or where packed data is cut short or corrupt; it says how many rows were
  ///   read before.
  public func next() throws(FileError) -> JSONLine? {
    if !hasBegun {
      hasBegun = true
      if try ArrayDetection.isArray(&input, within: min(maximumLineBytes, Self.lookAhead)) {
        elements = ArrayRows(maximumBytes: maximumLineBytes)
      }
    }
    guard elements == nil else { return try elements?.next(&input, &parser) }
    return try nextLine()
  }

  /// How far a first line is looked through for the end of its array. A longer one is taken for the whole file.
  private static let lookAhead = 4 << 20

  private func nextLine() throws(FileError) -> JSONLine? {
    while true {
      guard let length = try lineLength() else { return nil }
      lineNumber += 1
      let offset = lineOffset
      if length > maximumLineBytes {
        let skipped = try skipLine()
        lineOffset += skipped
        rows += 1
        let error = JSONParseError(
          message: JSONFailure.Reason.rowTooLong(maximumLineBytes).message, line: lineNumber, column: 1,
          byteOffset: offset)
        return JSONLine(place: RowPlace(.line, lineNumber), value: .failure(error), byteOffset: offset)
      }
      let bytes = input.buffer.bytes(length)
      if Self.isBlank(bytes) {
        advance(past: length)
        continue
      }
      let value = parse(bytes, offset)
      advance(past: length)
      rows += 1
      return JSONLine(place: RowPlace(.line, lineNumber), value: value, byteOffset: offset)
    }
  }

  private func parse(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> Result<JSONValue, JSONParseError> {
    let result = parser.parse(bytes)
    guard case .failure(var error) = result else { return result }
    error.line = lineNumber
    error.byteOffset += offset
    return .failure(error)
  }

  /// The length of the next line without its line feed, or more than `maximumLineBytes` where it is too long; `nil` at
  /// the end.
  private func lineLength() throws(FileError) -> Int? {
    var searched = 0
    while true {
      if let length = input.buffer.distance(to: UInt8(ascii: "\n"), from: searched) { return length }
      searched = input.buffer.count
      if searched > maximumLineBytes { return searched }
      if input.ended { return searched > 0 ? searched : nil }
      try input.fill(after: rows)
    }
  }

  /// Drops what is left of a line of which only the first bytes are here, and returns how many bytes it took with its
  /// line feed.
  private func skipLine() throws(FileError) -> Int {
    var skipped = 0
    while true {
      if let length = input.buffer.distance(to: UInt8(ascii: "\n"), from: 0) {
        input.buffer.drop(length + 1)
        return skipped + length + 1
      }
      skipped += input.buffer.count
      input.buffer.drop(input.buffer.count)
      if input.ended { return skipped }
      try input.fill(after: rows)
    }
  }

  private func advance(past length: Int) {
    let taken = min(length + 1, input.buffer.count)
    input.buffer.drop(taken)
    lineOffset += taken
  }

  private static func isBlank(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
  }
}
