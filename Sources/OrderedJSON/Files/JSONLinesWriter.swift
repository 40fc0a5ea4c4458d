/// Writes a JSON Lines file that appears under its name only once it is whole; gzip where the name ends in `.gz`.
///
/// The same rows give the same bytes, packed or not.
public final class JSONLinesWriter {
  private let file: OutputFile
  private let deflater: GzipDeflater?
  private var text: JSONWriter
  private var hasFinished = false

  /// How many bytes are gathered before they are written.
  private static let portion = 256 << 10

  /// Begins a file; `-` is stdout.
  /// - Throws: `FileError` where nothing can be written there.
  public init(path: String, style: JSONStyle = .compact) throws(FileError) {
    file = try OutputFile(path: path)
    deflater = path.hasSuffix(".gz") ? GzipDeflater() : nil
    text = JSONWriter(style: style)
  }

  /// Adds a row. The style must be one that keeps a value on one line.
  /// - Throws: `FileError`; then the file is given up.
  public func write(_ value: JSONValue) throws(FileError) {
    text.write(value)
    try endLine()
  }

  /// Adds a row that is text already; it must hold no line feed.
  /// - Throws: `FileError`; then the file is given up.
  public func write(rawLine: String) throws(FileError) {
    text.append(rawLine)
    try endLine()
  }

  /// Writes what was gathered to the temporary file, or to stdout.
  /// - Throws: `FileError`; then the file is given up.
  public func flush() throws(FileError) { try flush(isLast: false) }

  /// Makes the file appear under its name. A second call does nothing.
  /// - Throws: `FileError`; then the old file is as it was.
  public func finish() throws(FileError) {
    if hasFinished { return }
    try flush(isLast: true)
    try file.finish()
    hasFinished = true
  }

  /// Throws away what was written; this also happens when the writer goes away without `finish()`.
  public func abandon() {
    text.removeAll()
    file.abandon()
  }

  private func endLine() throws(FileError) {
    text.append(UInt8(ascii: "\n"))
    if text.count >= Self.portion { try flush(isLast: false) }
  }

  private func flush(isLast: Bool) throws(FileError) {
    defer { text.removeAll() }
    let (file, deflater) = (file, deflater)
    try text.withBytes { (bytes) throws(FileError) in
      guard let deflater else { return try file.write(bytes) }
      try deflater.pack(bytes, isLast: isLast) { (packed) throws(FileError) in try file.write(packed) }
    }
  }
}
