import OrderedJSON

/// Reads the rows of one file into canonical rows, whichever format they have.
///
/// It keeps rows only where a sample takes two (`distill`), until the other one comes.
public struct RowReader: Sendable {
  /// The format that every row must have; `nil` where each row is recognised by itself.
  public let format: RowFormat?
  private var joiner = DistillJoiner()

  /// Takes the format, where it is known.
  public init(format: RowFormat? = nil) { self.format = format }

  /// The canonical row, or `nil` where more rows are needed for it.
  /// - Throws: `RowMisfit` with the field and what is wrong with it.
  public mutating func read(_ row: JSONObject) throws(RowMisfit) -> JSONObject? {
    switch format ?? RowFormat.recognise(row) {
    case .messages: return try MessagesFormat.read(row)
    case .openai: return try OpenAIFormat.read(row)
    case .sharegpt: return try ShareGPTFormat.read(row)
    case .alpaca: return try AlpacaFormat.read(row)
    case .promptCompletion: return try PromptCompletionFormat.read(row)
    case .distill: return try joiner.add(row)
    case .xlam: return try XLAMFormat.read(row)
    case .text:
      throw RowMisfit("/text", "a rendered text does not say who speaks; convert from the rows that it was made from")
    case .tokens:
      throw RowMisfit("/input_ids", "token ids do not say who speaks; convert from the rows that they were made from")
    case nil:
      throw RowMisfit(
        "",
        "the row's keys are those of no known format; name it with --from (messages, openai, sharegpt, alpaca, "
          + "prompt-completion, distill, xlam)")
    }
  }

  /// The rows that still wait for the other half of their sample, each with what is missing; then it begins anew.
  public mutating func finish() -> [(row: JSONObject, misfit: RowMisfit)] {
    defer { joiner = DistillJoiner() }
    return joiner.halves
  }
}
