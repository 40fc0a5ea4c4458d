/// Reads a JSON Lines file row by row, plain or gzip (told by its first bytes, not by its name), in memory that grows
/// only to the longest line.
///
/// Blank lines are skipped and CRLF is understood. A line that is no JSON, or too long, is a value, and reading goes on.
public final class JSONLinesReader {
  private let file: InputFile
  private let maximumLineBytes: Int
  private var inflater: GzipInflater?
  private var parser: JSONParser
  private var buffer = ReadBuffer(capacity: 256 << 10)
  private var hasBegun = false
  private var ended = false
  private var lineNumber = 0
  private var lineOffset = 0
  private var rows = 0

  /// Opens a file; `-` is stdin.
  /// - Throws: `FileError` where it cannot be opened.
  public init(
    path: String, maximumLineBytes: Int = 64 << 20, limits: JSONLimits = JSONLimits()
  ) throws(FileError) {
    file = try InputFile(path: path)
    self.maximumLineBytes = max(maximumLineBytes, 1)
    parser = JSONParser(limits: limits)
  }

  /// The next line that is not blank; `nil` at the end.
  /// - Throws: `FileError` where reading fails, or where packed data is cut short or corrupt; it says how many rows were
  ///   read before.
  public func next() throws(FileError) -> JSONLine? {
    while true {
      guard let length = try lineLength() else { return nil }
      lineNumber += 1
      let offset = lineOffset
      if length > maximumLineBytes {
        let skipped = try skipLine()
        lineOffset += skipped
        rows += 1
        let error = JSONParseError(
          message: JSONFailure.Reason.lineTooLong(maximumLineBytes).message, line: lineNumber, column: 1,
          byteOffset: offset)
        return JSONLine(number: lineNumber, value: .failure(error), byteOffset: offset)
      }
      let bytes = buffer.bytes(length)
      if Self.isBlank(bytes) {
        advance(past: length)
        continue
      }
      let value = parse(bytes, offset)
      advance(past: length)
      rows += 1
      return JSONLine(number: lineNumber, value: value, byteOffset: offset)
    }
  }

  private func parse(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> Result<JSONValue, JSONParseError> {
    let result = parser.parse(bytes)
    guard case .failure(var error) = result else { return result }
    error.line = lineNumber
    error.byteOffset += offset
    if rows == 0, bytes.first(where: { $0 > 0x20 }) == UInt8(ascii: "[") {
      error.message =
        "the file looks like a JSON array; write one row a line instead (`jq -c '.[]'` does it): \(error.message)"
    }
    return .failure(error)
  }

  /// The length of the next line without its line feed, or more than `maximumLineBytes` where it is too long; `nil` at
  /// the end.
  private func lineLength() throws(FileError) -> Int? {
    var searched = 0
    while true {
      if let length = buffer.distance(to: UInt8(ascii: "\n"), from: searched) { return length }
      searched = buffer.count
      if searched > maximumLineBytes { return searched }
      if ended { return searched > 0 ? searched : nil }
      try fill()
    }
  }

  /// Drops what is left of a line of which only the first bytes are here, and returns how many bytes it took with its
  /// line feed.
  private func skipLine() throws(FileError) -> Int {
    var skipped = 0
    while true {
      if let length = buffer.distance(to: UInt8(ascii: "\n"), from: 0) {
        buffer.drop(length + 1)
        return skipped + length + 1
      }
      skipped += buffer.count
      buffer.drop(buffer.count)
      if ended { return skipped }
      try fill()
    }
  }

  private func advance(past length: Int) {
    let taken = min(length + 1, buffer.count)
    buffer.drop(taken)
    lineOffset += taken
  }

  private func fill() throws(FileError) {
    do {
      let count: Int
      if let inflater {
        let (place, room) = buffer.room()
        count = try inflater.read(into: place, room, from: file)
      } else {
        let (place, room) = buffer.room()
        count = try file.read(into: place, room)
      }
      buffer.added(count)
      ended = count == 0
    } catch {
      // Half a row must not be taken for one by whoever asks again.
      ended = true
      buffer.drop(buffer.count)
      throw error as? FileError ?? damaged(error)
    }
    if !hasBegun { try begin() }
  }

  /// Looks at the first bytes.
  private func begin() throws(FileError) {
    // A pipe may bring them one by one.
    while buffer.count < 2, !ended {
      let (place, room) = buffer.room()
      let count = try file.read(into: place, room)
      buffer.added(count)
      ended = count == 0
    }
    hasBegun = true
    let first = buffer.bytes(buffer.count)
    guard first.count >= 2, first[0] == 0x1F, first[1] == 0x8B else { return }
    inflater = GzipInflater(first)
    buffer.drop(buffer.count)
    ended = false
  }

  private func damaged(_ error: any Error) -> FileError {
    let rows = rows == 1 ? "1 row" : "\(rows) rows"
    if case GzipInflater.Fault.cutShort = error {
      return FileError(
        operation: .read, path: file.path, reason: "the gzip data ends too early, after \(rows)",
        hint: "it was cut off while it was written or copied: make or fetch it again")
    }
    return FileError(
      operation: .read, path: file.path, reason: "the gzip data is damaged after \(rows)",
      hint: "make or fetch it again")
  }

  private static func isBlank(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
  }
}
