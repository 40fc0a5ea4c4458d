/// The bytes of a file of rows as they come, unpacked where they are gzip (told by the first bytes, not by the name).
struct RowInput: ~Copyable {
  private let file: InputFile
  private var inflater: GzipInflater?
  private var hasBegun = false
  /// What was read and not used yet.
  var buffer = ReadBuffer(capacity: 256 << 10)
  /// Whether nothing comes any more.
  private(set) var ended = false

  /// - Throws: `FileError` where the file cannot be opened.
  init(path: String) throws(FileError) { file = try InputFile(path: path) }

  /// Reads more into the buffer, unless the end is there.
  /// - Parameter rows: how many were read before, for the error.
  mutating func fill(after rows: Int) throws(FileError) {
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
      throw error as? FileError ?? damaged(error, after: rows)
    }
    if !hasBegun { try begin() }
  }

  /// Looks at the first bytes.
  private mutating func begin() throws(FileError) {
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

  private func damaged(_ error: any Error, after rows: Int) -> FileError {
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
}
