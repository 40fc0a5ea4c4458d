import OrderedJSON

/// The special tokens that a model's tokenizer is set up with, and that its chat template may write.
///
/// Source: `tokenizer_config.json` of `transformers`.
public struct SpecialTokens: Hashable, Sendable {
  /// What stands before a text.
  public var bos: String?
  /// What ends a text, and often a turn.
  public var eos: String?
  /// What fills rows up to a length.
  public var pad: String?
  /// What stands for text that the vocabulary cannot write.
  public var unknown: String?
  /// Further tokens that stand for one piece each: turn markers, tags around calls.
  public var additional: [String]

  /// Takes the tokens; those that a model has not stay away.
  public init(
    bos: String? = nil, eos: String? = nil, pad: String? = nil, unknown: String? = nil, additional: [String] = []
  ) {
    self.bos = bos
    self.eos = eos
    self.pad = pad
    self.unknown = unknown
    self.additional = additional
  }

  /// The tokens under the names that `transformers` gives them in a template's context.
  var context: JSONObject {
    var context: JSONObject = [:]
    for (name, token) in named { context[name] = .string(token) }
    if !additional.isEmpty { context["additional_special_tokens"] = .array(additional.map { .string($0) }) }
    return context
  }

  /// The tokens with a role of their own, in the order of a `special_tokens_map.json`.
  var named: [(name: String, token: String)] {
    [("bos_token", bos), ("eos_token", eos), ("unk_token", unknown), ("pad_token", pad)].compactMap { name, token in
      token.map { (name, $0) }
    }
  }

  /// These tokens, with those of another set over them.
  func overridden(by other: SpecialTokens) -> SpecialTokens {
    SpecialTokens(
      bos: other.bos ?? bos, eos: other.eos ?? eos, pad: other.pad ?? pad, unknown: other.unknown ?? unknown,
      additional: additional + other.additional.filter { !additional.contains($0) })
  }

  /// Each token once: those with a role first.
  public var all: [String] {
    var seen: Set<String> = []
    return (named.map(\.token) + additional).filter { seen.insert($0).inserted }
  }
}
