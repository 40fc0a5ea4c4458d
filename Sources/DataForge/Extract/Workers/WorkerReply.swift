import OrderedJSON

/// What a worker answers: the outcomes of a file, and whether it should be replaced.
struct WorkerReply {
  var outcomes: [Outcome<Document>]
  /// It holds much memory, or ran short of it, or has read many files.
  private(set) var isWorn = false

  private static let document = 1
  private static let rejection = 2

  init(outcomes: [Outcome<Document>]) { self.outcomes = outcomes }

  /// The reply's bytes; the first says whether the worker is worn, which is known when they are written.
  func bytes() throws -> [UInt8] {
    var writer = DocumentWriter()
    writer.write(0)
    writer.write(outcomes.count)
    for outcome in outcomes {
      switch outcome {
      case .kept(let value):
        writer.write(Self.document)
        writer.write(value)
      case .rejected(let value):
        writer.write(Self.rejection)
        writer.write(try JSONValueEncoder().encode(value).serialized())
      }
    }
    return writer.bytes
  }

  static func mark(_ bytes: inout [UInt8], isWorn: Bool) { bytes[0] = isWorn ? 2 : 0 }

  /// - Throws: where the bytes are no reply, or speak of another file than the one that was asked for.
  init(_ bytes: [UInt8], about file: SourceFile) throws {
    var scanner = DocumentScanner(bytes)
    isWorn = try scanner.integer() != 0
    outcomes = []
    for _ in 0..<(try scanner.count()) {
      if try scanner.integer() == Self.document {
        let document = try scanner.document()
        guard document.id == file.sha256, document.path == file.path, outcomes.isEmpty else {
          throw DocumentScanner.Malformed()
        }
        outcomes.append(.kept(document))
      } else {
        let value = try JSONValue(parsing: try scanner.string())
        let rejection = try JSONValueDecoder().decode(Rejection.self, from: value)
        guard rejection.stage == .extract, rejection.document == file.path else { throw DocumentScanner.Malformed() }
        outcomes.append(.rejected(rejection))
      }
    }
    guard scanner.isAtEnd else { throw DocumentScanner.Malformed() }
  }
}
