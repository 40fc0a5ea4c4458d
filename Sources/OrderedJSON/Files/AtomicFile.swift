/// Writes small files whole or not at all.
public enum AtomicFile {
  /// Writes the bytes to a temporary file in the same folder, syncs it and renames it, so that a reader sees the old file
  /// or the new one. `-` is stdout.
  /// - Throws: `FileError`; then the old file is as it was.
  public static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
    let file = try OutputFile(path: path)
    // The closure cannot carry the error's type, so it gives it back.
    let failure: FileError? = bytes.withUnsafeBytes { bytes in
      do throws(FileError) {
        try file.write(bytes)
        return nil
      } catch { return error }
    }
    if let failure { throw failure }
    try file.finish()
  }
}
