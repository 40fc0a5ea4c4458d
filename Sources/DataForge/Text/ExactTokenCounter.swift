import OrderedJSON
import Tokenizer

/// Counts tokens as a model's own tokenizer cuts the text.
public struct ExactTokenCounter: TokenCounter {
  /// `tokenizer:` and a hash of the file, so that the same tokenizer under another path gives the same chunks.
  public let name: String
  private let tokenizer: Tokenizer

  /// Reads a `tokenizer.json`, plain or gzip.
  /// - Throws: `TokenizerError` that names what is wrong or not supported; `FileError` where it cannot be read.
  public init(contentsOf path: String) throws {
    tokenizer = try Tokenizer(contentsOf: path)
    let bytes = try WholeFile.bytes(path, limit: 1 << 30)
    name = "tokenizer:\(StableID.of("tokenizer", String(decoding: bytes, as: UTF8.self)))"
  }

  public func count(_ text: Substring) -> Int { tokenizer.count(String(text)) }
}
