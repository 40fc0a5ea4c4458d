import OrderedJSON

/// Answers from calls that were recorded before, so that a run costs nothing and gives the same again.
///
/// A recording is JSON Lines, plain or gzip, of `{"request": …, "reply": …}` with an optional `"model"`: what
/// `CallRecord` writes, or any file of that shape. Only an index stays in memory.
public final class ReplayBackend: Backend {
  /// Why a recording cannot be used.
  public struct Invalid: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String
  }

  public let name = "replay"
  public let model: String
  public let concurrency = 16

  private let index: [String: Range<Int>]
  private let replies: SpoolFile

  /// Reads a whole recording; where a request stands in it twice, the last reply counts.
  /// - Parameters:
  ///   - path: the file; `-` is stdin.
  ///   - model: the model that the calls were made to; without one, that of the first call.
  /// - Throws: `FileError` where the file cannot be read, `Invalid` where a line is no recorded call.
  public init(path: String, model: String? = nil) throws {
    let reader = try JSONLinesReader(path: path)
    let replies = try SpoolFile()
    var index: [String: Range<Int>] = [:]
    var model = model
    while let line = try reader.next() {
      let row = try Self.row(line, of: path)
      let rowModel = row.model ?? model ?? "replay"
      model = model ?? rowModel
      let bytes = try JSONValueEncoder().encode(row.reply).serialized()
      index[row.request.key(model: rowModel)] = try replies.append(Array(bytes.utf8))
    }
    guard let model else {
      throw Invalid(description: "\(path) holds no recorded call; record some by a run with a model first")
    }
    self.model = model
    self.index = index
    self.replies = replies
  }

  /// How many different requests it can answer.
  public var count: Int { index.count }

  public func reply(to request: BackendRequest) async throws -> BackendReply {
    guard let range = index[request.key(model: model)] else { throw BackendError.notRecorded }
    return try JSONValueDecoder().decode(BackendReply.self, from: JSONValue(parsing: replies.bytes(in: range)))
  }

  private struct Row: Decodable {
    var model: String?
    var request: BackendRequest
    var reply: BackendReply
  }

  private static func row(_ line: JSONLine, of path: String) throws -> Row {
    do {
      return try JSONValueDecoder().decode(Row.self, from: line.value.get())
    } catch let error as JSONParseError {
      throw Invalid(description: "\(path), line \(error.line), column \(error.column): \(error.message)")
    } catch {
      throw Invalid(
        description: "\(path), \(line.place) is no recorded call: it needs a “request” with “messages” and "
          + "“sampling”, and a “reply” with “text”, “usage” and “finish_reason”")
    }
  }
}
