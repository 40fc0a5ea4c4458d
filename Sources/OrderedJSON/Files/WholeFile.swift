/// Reads files that are small enough to be held whole: settings, schemas, templates, tokenizers.
public enum WholeFile {
  /// The largest file that is read where the caller names no limit: 64 MiB.
  public static let usualLimit = 64 << 20

  /// The bytes of a file, unpacked where it is gzip (told by its first bytes, not by its name). `-` is stdin.
  /// - Parameter limit: the most bytes it may have, unpacked.
  /// - Throws: `FileError` where it cannot be read, is damaged or larger than the limit.
  public static func bytes(_ path: String, limit: Int = usualLimit) throws(FileError) -> [UInt8] {
    let file = try InputFile(path: path)
    let raw = try all(of: file, limit: limit) { place, room in try file.read(into: place, room) }
    guard raw.starts(with: [0x1F, 0x8B]) else { return raw }
    let inflater = raw.withUnsafeBytes { GzipInflater($0) }
    return try all(of: file, limit: limit) { place, room in try inflater.read(into: place, room, from: file) }
  }

  /// The text of a UTF-8 file, without a byte order mark.
  /// - Throws: `FileError`, also where the bytes are no UTF-8.
  public static func text(_ path: String, limit: Int = usualLimit) throws(FileError) -> String {
    var bytes = try bytes(path, limit: limit)[...]
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw FileError(operation: .read, path: path, reason: "it is no UTF-8 text", hint: "convert it with `iconv`")
    }
    return text
  }

  private static func all(
    of file: InputFile, limit: Int, read: (UnsafeMutableRawPointer, Int) throws -> Int
  ) throws(FileError) -> [UInt8] {
    var buffer = ReadBuffer(capacity: 64 << 10)
    do {
      while true {
        let (place, room) = buffer.room()
        let count = try read(place, room)
        if count == 0 { return Array(buffer.bytes(buffer.count)) }
        buffer.added(count)
        guard buffer.count <= limit else {
          throw FileError(
            operation: .read, path: file.path, reason: "it is larger than \(limit >> 20) MiB",
            hint: "check that it is the file you mean")
        }
      }
    } catch let error as FileError {
      throw error
    } catch {
      let isCut = if case GzipInflater.Fault.cutShort = error { true } else { false }
      throw FileError(
        operation: .read, path: file.path, reason: isCut ? "the gzip data ends too early" : "the gzip data is damaged",
        hint: "make or fetch it again")
    }
  }
}
