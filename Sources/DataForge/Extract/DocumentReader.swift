/// Who reads a file for the extract stage: this process, or one that may die of it.
public protocol DocumentReader: Sendable {
  /// Reads one file to the end.
  /// - Throws: only where no file can be read; a file that cannot be read is a rejection.
  func read(_ request: ReadRequest) async throws -> [Outcome<Document>]
}

/// A file to read, and how.
public struct ReadRequest: Codable, Hashable, Sendable {
  public var file: SourceFile
  public var options: ExtractOptions
  /// Tried in order where the file is encrypted.
  public var passwords: [String]
  /// Whether blocks say which font and size their text is set in.
  public var spans = false
  /// What is left out, because it ended a worker before.
  var scope = ReadScope()

  public init(
    file: SourceFile, options: ExtractOptions = ExtractOptions(), passwords: [String] = [], spans: Bool = false
  ) {
    self.file = file
    self.options = options
    self.passwords = passwords
    self.spans = spans
  }
}

extension ReadRequest: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Without the passwords, which must not get into a log.
  public var description: String { "ReadRequest(\(file.path))" }
  public var debugDescription: String { description }
  public var customMirror: Mirror { Mirror(self, children: ["file": file]) }
}

/// What a reading leaves out.
struct ReadScope: Codable, Hashable, Sendable {
  /// Pages, counted from 1.
  var without: [Int] = []
  /// The last page that is read.
  var last: Int?
  var withoutInformation = false

  func holds(_ page: Int) -> Bool { page <= last ?? .max && !without.contains(page) }
}

/// Reads files in this process.
///
/// Simple, and enough for files that one trusts. Nothing bounds the memory and the time that a file takes, and a file
/// that crashes poppler ends the process: give files of strangers to a `WorkerPool`.
public struct InProcessReader: DocumentReader {
  public init() {}

  public func read(_ request: ReadRequest) async throws -> [Outcome<Document>] {
    FileExtraction(request: request, watch: UnwatchedRead()).outcomes()
  }
}
