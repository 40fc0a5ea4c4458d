/// The model of a tokenizer, which turns pieces of text into tokens.
enum TokenModel: Sendable {
  case bpe(BPEModel)
  case unigram(UnigramModel)
  case wordPiece(WordPieceModel)
  case wordLevel(WordLevelModel)

  /// Reads the `model` of a file.
  ///
  /// - Parameter takesBytes: whether a BPE model gets bytes where the file's steps would write them as characters.
  init(_ field: TokenizerField, takesBytes: Bool) throws(TokenizerError) {
    switch try Self.type(field) {
    case "BPE": self = .bpe(try BPEModel(field, takesBytes: takesBytes))
    case "Unigram": self = .unigram(try UnigramModel(field))
    case "WordPiece": self = .wordPiece(try WordPieceModel(field))
    case "WordLevel": self = .wordLevel(try WordLevelModel(field))
    case let type:
      throw field.unsupported(
        "the model `\(type)` is not supported; supported are BPE, Unigram, WordLevel and WordPiece")
    }
  }

  /// The type of a model, which old files leave to be seen from its fields.
  static func type(_ field: TokenizerField) throws(TokenizerError) -> String {
    if let type = field.member("type") { return try type.string() }
    if field.member("merges") != nil { return "BPE" }
    if field.member("max_input_chars_per_word") != nil { return "WordPiece" }
    if field.member("unk_id") != nil { return "Unigram" }
    if field.member("unk_token") != nil { return "WordLevel" }
    throw field.malformed("the type of the model is missing")
  }

  /// The tokens of the model, without those that were added.
  var tokens: TokenTable {
    switch self {
    case .bpe(let model): model.tokens
    case .unigram(let model): model.tokens
    case .wordPiece(let model): model.tokens
    case .wordLevel(let model): model.tokens
    }
  }

  /// The token that stands for what is in no token, or -1.
  var unknown: Int32 {
    switch self {
    case .bpe(let model): model.unknown
    case .unigram(let model): model.unknown
    case .wordPiece(let model): model.unknown
    case .wordLevel(let model): model.unknown
    }
  }

  /// Tokenizes a piece.
  @inline(__always)
  func encode(
    _ text: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ state: inout ModelState, _ sink: inout TokenSink
  ) {
    switch self {
    case .bpe(let model): model.encode(text, start, end, &state, &sink)
    case .unigram(let model): model.encode(text, start, end, &state, &sink)
    case .wordPiece(let model): model.encode(text, start, end, &sink)
    case .wordLevel(let model): model.encode(text, start, end, &sink)
    }
  }
}
