import OrderedJSON
import Tokenizer

/// A text as a trainer takes it: token numbers, and for each whether the loss sees it.
public struct TokenSequence: Hashable, Sendable {
  public var ids: [Int32]
  /// For each token whether it is trained on.
  public var isTrained: [Bool]

  /// What a trainer's loss skips (`ignore_index` of PyTorch's cross entropy).
  public static let ignoredLabel: Int32 = -100

  public init(ids: [Int32], isTrained: [Bool]) {
    self.ids = ids
    self.isTrained = isTrained
  }

  /// Tokenizes a rendered row; nothing is put around it, since the template has written all special tokens.
  ///
  /// A token is trained on where a part of it lies in a span. That is what `return_assistant_tokens_mask` of
  /// `transformers` marks, from the token of a span's first character to that of its last.
  /// - Parameter spans: what the loss may see, in code points, in order, without overlaps.
  public init(of text: String, trained spans: [Range<Int>], tokenizer: Tokenizer) {
    let encoding = tokenizer.encode(text, addSpecialTokens: false)
    ids = encoding.ids
    isTrained = [Bool](repeating: false, count: ids.count)
    var first = 0
    for span in spans where !span.isEmpty {
      // Tokens that share a character have the same range, so ends never fall.
      while first < ids.count, encoding.offsets[first].upperBound <= span.lowerBound { first += 1 }
      var index = first
      while index < ids.count, encoding.offsets[index].lowerBound < span.upperBound {
        isTrained[index] = true
        index += 1
      }
    }
  }

  public var count: Int { ids.count }

  /// How many tokens the loss sees.
  public var trainedCount: Int { isTrained.count { $0 } }

  /// The labels of a causal language model: the token itself, or `ignoredLabel`.
  var labels: [Int32] { zip(ids, isTrained).map { $1 ? $0 : Self.ignoredLabel } }

  /// The first tokens.
  func prefix(_ count: Int) -> TokenSequence {
    TokenSequence(ids: Array(ids.prefix(count)), isTrained: Array(isTrained.prefix(count)))
  }

  /// The members of a row of the `tokens` format.
  var members: JSONObject {
    [
      "input_ids": Self.json(ids), "attention_mask": Self.json([Int32](repeating: 1, count: count)),
      "labels": Self.json(labels),
    ]
  }

  static func json(_ numbers: [Int32]) -> JSONValue { .array(numbers.map { .integer(Int($0)) }) }
}
