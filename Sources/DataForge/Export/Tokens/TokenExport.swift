import OrderedJSON
import Tokenizer

/// Writes rows as tokens with their labels, no longer than a trainer takes.
struct TokenExport: Sendable {
  /// One row of the output, or a part of a row that was too long.
  struct Piece: Sendable {
    var id: JSONValue?
    var tokens: TokenSequence
  }

  let chat: ChatExport
  let tokenizer: Tokenizer
  private let maxLength: Int
  private let overlong: Overlong
  /// Whether rows are kept of which the loss sees nothing.
  private let keepsUntrained: Bool

  init(chat: ChatExport, tokenizer: Tokenizer, _ options: RowExport.Options) {
    self.chat = chat
    self.tokenizer = tokenizer
    maxLength = options.maxLength
    overlong = options.overlong
    keepsUntrained = options.allowLossy
  }

  /// The pieces of a row, and what could not become one.
  func pieces(of row: JSONObject) throws(RowProblem) -> (pieces: [Piece], problems: [RowProblem]) {
    let chatRow = try ChatExport.chatRow(row).withoutNulls
    let id = row["id"].flatMap { $0.isNull ? nil : $0 }
    let tokens = try tokens(of: chatRow)
    guard maxLength > 0, tokens.count > maxLength else { return ([Piece(id: id, tokens: try trained(tokens))], []) }
    switch overlong {
    case .reject: throw tooLong(tokens.count, "--overlong truncate or split keeps what fits")
    case .truncate: return ([Piece(id: id, tokens: try trained(tokens.prefix(maxLength)))], [])
    case .split: return try split(chatRow, id: id)
    }
  }

  private func tokens(of row: ChatRow) throws(RowProblem) -> TokenSequence {
    let text = try chat.text(of: row)
    return TokenSequence(of: text.chat.text, trained: try chat.spans(of: text), tokenizer: tokenizer)
  }

  private func trained(_ tokens: TokenSequence) throws(RowProblem) -> TokenSequence {
    guard keepsUntrained || tokens.isTrained.contains(true) else {
      throw RowProblem(
        "nothing-to-train",
        "no token of the row is trained on; --train-on or the row's weights leave nothing; --allow-lossy keeps such rows",
        values: ["tokens": .integer(tokens.count)])
    }
    return tokens
  }

  private func tooLong(_ count: Int, _ advice: String) -> RowProblem {
    RowProblem(
      "too-long", "the row has \(count) tokens and --max-length allows \(maxLength); \(advice)",
      values: ["tokens": .integer(count), "max_length": .integer(maxLength)])
  }

  // MARK: Splitting at turns

  /// As many exchanges to a piece as fit, in order. An exchange is a user's turn with all that follows until the next.
  private func split(_ row: ChatRow, id: JSONValue?) throws(RowProblem) -> (pieces: [Piece], problems: [RowProblem]) {
    let (head, exchanges) = Self.exchanges(row.messages)
    var parts: [TokenSequence] = []
    var problems: [RowProblem] = []
    var start = 0
    while start < exchanges.count {
      var fitting: TokenSequence?
      var end = start
      while end < exchanges.count {
        var part = row
        part.messages = head + exchanges[start...end].flatMap { $0 }
        let tokens = try tokens(of: part)
        guard tokens.count <= maxLength else {
          if fitting == nil {
            problems.append(tooLong(tokens.count, "exchange \(start + 1) is too long by itself"))
          }
          break
        }
        fitting = tokens
        end += 1
      }
      if let fitting, keepsUntrained || fitting.isTrained.contains(true) { parts.append(fitting) }
      start = max(end, start + 1)
    }
    let pieces = parts.enumerated().map { number, tokens in
      Piece(id: parts.count == 1 && problems.isEmpty ? id : id.map { Self.partID($0, number + 1) }, tokens: tokens)
    }
    return (pieces, problems)
  }

  /// The turns that stand in each piece, and the conversation cut before each of the user's turns.
  private static func exchanges(_ messages: [JSONValue]) -> (head: [JSONValue], exchanges: [[JSONValue]]) {
    let head = messages.prefix { ["system", "developer"].contains($0["role"]?.stringValue) }
    var exchanges: [[JSONValue]] = []
    for message in messages.dropFirst(head.count) {
      if exchanges.isEmpty || message["role"]?.stringValue == "user" { exchanges.append([]) }
      exchanges[exchanges.count - 1].append(message)
    }
    return (Array(head), exchanges)
  }

  private static func partID(_ id: JSONValue, _ number: Int) -> JSONValue {
    .string("\(id.stringValue ?? id.serialized())#\(number)")
  }
}
