import OrderedJSON
import Tokenizer

/// Turns rows of any format into rows of another, one after the other.
///
/// What leaves says what came in, or a problem tells what would be lost.
public struct RowExport {
  /// What is asked for.
  public struct Options: Sendable {
    /// The input's format; `nil` where each row tells it itself.
    public var from: RowFormat?
    public var to: RowFormat
    /// Whether reasoning is kept.
    public var reasoning = true
    /// Whether rows that lose something are kept all the same.
    public var allowLossy = false
    /// Which turns are trained on; `nil` for what the template marks, else the assistant's.
    public var turns: TrainedTurns?
    /// How `text` rows of the input are read; `nil` where each text tells it itself.
    public var sourceDialect: Dialect?
    /// The most tokens of a row of the `tokens` format; 0 for any number.
    public var maxLength = 0
    public var overlong = Overlong.reject
    /// Whether rows of the `tokens` format are packed to `maxLength`.
    public var pack = false
    /// Whether packed rows have an `attention_mask`.
    public var packsMask = true
    /// Deals rows to the parts of the dataset; `nil` where all are one part.
    public var splitter: RowSplitter?

    public init(from: RowFormat? = nil, to: RowFormat) {
      self.from = from
      self.to = to
    }
  }

  /// What became of a row.
  public struct Outcome: Sendable {
    public var rows: [(split: Split, row: JSONObject)] = []
    public var problems: [RowProblem] = []
  }

  private let options: Options
  private let tokenizer: Tokenizer?
  private let chat: ChatExport?
  private let tokens: TokenExport?
  private var reader: RowReader
  private var splitter: RowSplitter?
  /// How a packer begins, where rows are packed; one for each part, so that no row holds samples of two.
  private let emptyPacker: TokenPacker?
  private var packers: [Split: TokenPacker] = [:]

  /// - Parameter renderer: needed to write `text` and `tokens`.
  /// - Parameter tokenizer: needed to write and to read `tokens`.
  public init(_ options: Options, renderer: ChatRenderer? = nil, tokenizer: Tokenizer? = nil) {
    self.options = options
    self.tokenizer = tokenizer
    reader = RowReader(format: options.from)
    splitter = options.splitter
    chat = renderer.map { ChatExport($0, options) }
    guard let chat, let tokenizer, options.to == .tokens else {
      tokens = nil
      emptyPacker = nil
      return
    }
    tokens = TokenExport(chat: chat, tokenizer: tokenizer, options)
    let special = chat.renderer.template.tokens
    let padding = [special.pad, special.eos].lazy.compactMap { $0 }.compactMap(tokenizer.tokenToID).first
    emptyPacker =
      options.pack
      ? TokenPacker(length: options.maxLength, padding: Int32(padding ?? 0), hasMask: options.packsMask) : nil
  }

  /// Takes a row of the input.
  public mutating func add(_ row: JSONValue) -> Outcome {
    var outcome = Outcome()
    do throws(RowProblem) {
      guard let object = row.objectValue else {
        throw RowProblem("wrong-shape", "a row must be an object, not \(row.typeName)")
      }
      guard let canonical = try canonical(object) else { return outcome }
      let split = try split(of: canonical)
      try write(options.reasoning ? canonical : MessagesFormat.withoutReasoning(canonical), split, to: &outcome)
    } catch {
      outcome.problems.append(error)
    }
    return outcome
  }

  /// What still waits when the input has ended, one thing after the other: halves of samples, and rows of a packer that
  /// are not full. `nil` where nothing is left.
  public mutating func finishNext() -> Outcome? {
    let problems = reader.finish().map { RowProblem($0.misfit) }
    guard problems.isEmpty else { return Outcome(problems: problems) }
    for split in Split.allCases {
      if let row = packers[split]?.closeNext() { return Outcome(rows: [(split, row)]) }
    }
    return nil
  }

  // MARK: Reading

  /// The row in the `messages` form; `nil` where it is half of a sample.
  private mutating func canonical(_ row: JSONObject) throws(RowProblem) -> JSONObject? {
    let format = options.from ?? RowFormat.recognise(row)
    do {
      switch format {
      case .text: return try MessagesFormat.read(readText(row["text"], row))
      case .tokens: return try MessagesFormat.read(readTokens(row))
      case .messages, .openai:
        guard options.to == .text || options.to == .tokens else { return try reader.read(row) }
        // A template sees the messages as they stand, with whatever keys they have.
        if !options.allowLossy { try MessagesFormat.check(row, needsAssistant: options.to == .tokens) }
        return row
      default: return try reader.read(row)
      }
    } catch let problem as RowProblem {
      throw problem
    } catch let misfit as RowMisfit {
      throw RowProblem(misfit)
    } catch {
      throw RowProblem("wrong-shape", "\(error)")
    }
  }

  private func readText(_ text: JSONValue?, _ row: JSONObject) throws -> JSONObject {
    guard let text = text?.stringValue else { throw RowMisfit("/text", "a text row needs text") }
    guard let dialect = options.sourceDialect ?? Dialect.recognise(text: text) else {
      throw RowMisfit("/text", "it is written in no dialect that is known; --from-template names the one")
    }
    let messages: [JSONValue]
    do {
      messages = Self.joiningSystemTurns(try dialect.parse(text).messages)
    } catch {
      throw RowMisfit("/text", "it cannot be read as \(dialect.name): \(error)")
    }
    var result: JSONObject = [:]
    if let id = row["id"] { result["id"] = id }
    result["messages"] = .array(messages)
    for (key, value) in row where !Self.renderedMembers.contains(key) { result[key] = value }
    return result
  }

  /// Some templates write tools in a system turn of their own before the row's; one conversation has one.
  private static func joiningSystemTurns(_ messages: [JSONValue]) -> [JSONValue] {
    let systems = messages.prefix { $0["role"]?.stringValue == "system" }
    guard systems.count > 1 else { return messages }
    let text = systems.compactMap { $0["content"]?.stringValue }.joined(separator: "\n\n")
    return [["role": "system", "content": .string(text)]] + messages.dropFirst(systems.count)
  }

  /// What a rendered row has instead of messages.
  private static let renderedMembers: Set<String> = [
    "text", "assistant_spans", "input_ids", "attention_mask", "labels",
  ]

  private func readTokens(_ row: JSONObject) throws -> JSONObject {
    guard let tokenizer else {
      throw RowProblem("wrong-shape", "/input_ids: reading tokens takes the --tokenizer that wrote them")
    }
    guard let ids = row["input_ids"]?.arrayValue?.map(\.intValue), ids.allSatisfy({ $0 != nil }) else {
      throw RowMisfit("/input_ids", "they must be a list of integers")
    }
    guard row["position_ids"] == nil else {
      throw RowMisfit("/position_ids", "packed rows hold parts of several samples and cannot be read back")
    }
    let text = tokenizer.decode(ids.compactMap { $0.flatMap(Int32.init(exactly:)) }, skipSpecialTokens: false)
    return try readText(.string(text), row)
  }

  // MARK: Writing

  private mutating func split(of row: JSONObject) throws(RowProblem) -> Split {
    do {
      return try splitter?.split(of: row) ?? .train
    } catch {
      throw RowProblem(error)
    }
  }

  private mutating func write(
    _ row: JSONObject, _ split: Split, to outcome: inout Outcome
  ) throws(RowProblem) {
    switch options.to {
    case .text:
      guard let chat else { throw RowProblem("no-template", "text needs a --template") }
      outcome.rows = [(split, try chat.textRow(row))]
    case .tokens:
      guard let tokens else { throw RowProblem("no-tokenizer", "tokens need a --template and a --tokenizer") }
      let (pieces, problems) = try tokens.pieces(of: row)
      outcome.problems = problems
      for piece in pieces {
        guard let row = add(piece, split) else { continue }
        outcome.rows.append((split, row))
      }
    default:
      do {
        outcome.rows = try options.to.write(row, lossy: options.allowLossy).map { (split, $0) }
      } catch {
        throw RowProblem(error)
      }
    }
  }

  /// The row that a piece makes, or that is full by it.
  private mutating func add(_ piece: TokenExport.Piece, _ split: Split) -> JSONObject? {
    guard let emptyPacker else {
      var members: JSONObject = [:]
      if let id = piece.id { members["id"] = id }
      for (key, value) in piece.tokens.members { members[key] = value }
      return members
    }
    return packers[split, default: emptyPacker].add(piece.tokens, id: piece.id)
  }
}
