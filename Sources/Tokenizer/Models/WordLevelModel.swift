/// A vocabulary of whole words.
final class WordLevelModel: Sendable {
  let tokens: TokenTable
  let unknown: Int32

  init(_ field: TokenizerField) throws(TokenizerError) {
    tokens = try TokenTable(field.required("vocab"))
    let unk = try field.required("unk_token")
    guard let id = tokens.id(try unk.string()) else {
      throw unk.malformed("the unknown token is not in the vocabulary")
    }
    unknown = id
  }

  /// Tokenizes a piece.
  func encode(_ text: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ sink: inout TokenSink) {
    let id = tokens.id(text + start, end - start)
    sink.add(id < 0 ? unknown : id, start, end)
  }
}
