import OrderedJSON
import Synchronization

/// Turns texts into the numbers that a model is trained on, and back, as a Hugging Face `tokenizer.json` says.
///
/// The results are those of the Rust `tokenizers` library. Truncation and padding, which a file may ask for too, are
/// left to the caller. A tokenizer may be used from several tasks at once.
public final class Tokenizer: Sendable {
  let added: AddedTokens
  let normalizer: Normalizer?
  let preTokenizer: PreTokenizer?
  let model: TokenModel
  let postProcessor: PostProcessor?
  let decoder: TokenDecoder?
  /// Whether the text comes to the model as bytes where the file says that they are written as characters.
  let takesBytes: Bool
  private let idleStates = Mutex<[ModelState]>([])

  /// Memory of earlier texts that is kept for the next ones: as many as are encoded at once on usual machines.
  private static let mostIdleStates = 16

  /// Reads a tokenizer from the value of a `tokenizer.json`.
  /// - Throws: `TokenizerError` that names what is wrong or not supported, and where.
  public init(json: JSONValue) throws(TokenizerError) {
    let root = TokenizerField(json)
    let modelField = try root.required("model")
    normalizer = try root.member("normalizer").map { field throws(TokenizerError) in try Normalizer(field) }
    let steps = try root.member("pre_tokenizer").map { field throws(TokenizerError) in try PreTokenizer(field) }
    let isBPE = try TokenModel.type(modelField) == "BPE"
    let byteSteps = isBPE && BPEModel.canTakeBytes(modelField) ? steps?.leavingBytes : nil
    takesBytes = byteSteps != nil
    preTokenizer = byteSteps ?? steps
    model = try TokenModel(modelField, takesBytes: takesBytes)
    postProcessor = try root.member("post_processor").map { field throws(TokenizerError) in try PostProcessor(field) }
    decoder = try root.member("decoder").map { field throws(TokenizerError) in try TokenDecoder(field) }
    added = try AddedTokens(root.member("added_tokens"), model.tokens, normalizer)
  }

  /// Reads a tokenizer from a file, plain or gzip.
  /// - Throws: `TokenizerError` where it cannot be read, or that names what is wrong or not supported, and where.
  public convenience init(contentsOf path: String) throws(TokenizerError) {
    try self.init(json: TokenizerFile.read(path))
  }

  /// Lends memory to work in, and keeps it for the next text.
  func withState<Result>(_ body: (inout ModelState) -> Result) -> Result {
    var state = idleStates.withLock { $0.popLast() } ?? ModelState()
    defer {
      state.shrink()
      idleStates.withLock { states in if states.count < Self.mostIdleStates { states.append(state) } }
    }
    return body(&state)
  }
}
