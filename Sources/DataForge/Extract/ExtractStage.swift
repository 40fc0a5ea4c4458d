import OrderedJSON

/// Reads a PDF, or another file of text, into pages of blocks in reading order.
///
/// A file that cannot be read ends as a rejection that says why: `unreadable`, `empty-file`, `too-large`, `not-a-pdf`,
/// `encrypted`, `wrong-password`, `truncated`, `no-pages`, `no-text`, `unreadable-text`. A page that cannot be
/// read is rejected by itself (`unreadable-page`, `no-text` for a picture, `unreadable-text` where its fonts do not say
/// what their letters are), and the document is kept with its other pages. A `WorkerPool` adds the limits that a file or a page went over: `worker-memory`, `worker-time`, `worker-output`, `worker-crashed`, and
/// `worker-gave-up` for the pages after too many of those.
public struct ExtractStage: Stage {
  public static let name = StageName.extract

  /// Counts up with every change that may alter what is extracted, so that finished work is done again.
  static let version = 2

  public var options: ExtractOptions
  /// Tried in order on files that are encrypted. They do not count as parameters: a file that none of them opened is
  /// not finished work (`isFinal`), and what they opened is the same without them.
  public var passwords: [String]
  /// Whether blocks say which font and size their text is set in: for JSON that people read, not for later stages.
  public var spans: Bool
  /// Who reads; it does not change what is read.
  public var reader: any DocumentReader

  public init(
    options: ExtractOptions = ExtractOptions(), passwords: [String] = [],
    spans: Bool = false, reader: any DocumentReader = InProcessReader()
  ) {
    self.options = options
    self.passwords = passwords
    self.spans = spans
    self.reader = reader
  }

  public var parameters: JSONValue {
    var parameters: JSONObject = [
      "version": .integer(Self.version), "file_mib": .integer(options.fileSize), "pages": .integer(options.pages),
      "page_seconds": .integer(options.pageSeconds), "memory_mib": .integer(options.memory),
      "ocr": .string(options.ocr.mode.rawValue), "ocr_language": .string(options.ocr.language),
    ]
    if spans { parameters["spans"] = true }
    return .object(parameters)
  }

  public func run(_ input: SourceFile) async throws -> [Outcome<Document>] {
    try await reader.read(ReadRequest(file: input, options: options, passwords: passwords, spans: spans))
  }

  /// Whether the outcomes are all that can become of a file. One that waits for its password is tried again.
  static func isFinal(_ outcomes: [Outcome<Document>]) -> Bool {
    !outcomes.contains {
      if case .rejected(let rejection) = $0 {
        ["encrypted", "wrong-password"].contains(rejection.check)
      } else {
        false
      }
    }
  }
}
