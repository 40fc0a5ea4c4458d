import OrderedJSON
import Tokenizer

/// The files that set a tokenizer up for a chat template.
public struct SpecialTokenFiles: Sendable {
  private let tokens: SpecialTokens

  public init(_ tokens: SpecialTokens) { self.tokens = tokens }

  /// What `tokenizer.add_special_tokens(…)` of `transformers` takes: `special_tokens.json`.
  public var specialTokens: JSONValue {
    var json: JSONObject = [:]
    for (name, token) in tokens.named { json[name] = .string(token) }
    let named = Set(tokens.named.map(\.token))
    let others = tokens.additional.filter { !named.contains($0) }
    if !others.isEmpty { json["additional_special_tokens"] = .array(others.map { .string($0) }) }
    return .object(json)
  }

  /// Each token with its settings, as `tokenizers.AddedToken(**entry)` takes them: `added_tokens.json`.
  public var addedTokens: JSONValue {
    .array(
      tokens.all.map { token in
        [
          "content": .string(token), "single_word": false, "lstrip": false, "rstrip": false, "normalized": false,
          "special": true,
        ]
      })
  }

  /// How a tokenizer stands to the tokens.
  public enum Standing: Hashable, Sendable {
    /// It writes the token as one piece.
    case whole(id: Int)
    /// It has no such token and writes so many pieces.
    case pieces(Int)
  }

  /// Each token with how the tokenizer writes it.
  public func standing(in tokenizer: Tokenizer) -> [(token: String, standing: Standing)] {
    tokens.all.map { token in
      let ids = tokenizer.encode(token, addSpecialTokens: false).ids
      if ids.count == 1, let id = ids.first, tokenizer.tokenToID(token) == Int(id) {
        return (token, .whole(id: Int(id)))
      }
      return (token, .pieces(ids.count))
    }
  }
}
