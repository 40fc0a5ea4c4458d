/// A step that cuts the text into the pieces that are tokenized by themselves.
indirect enum PreTokenizer: Sendable {
  case sequence([PreTokenizer])
  /// - Parameter writesBytes: false where the model takes the bytes as they are.
  case byteLevel(addsPrefixSpace: Bool, usesRegex: Bool, writesBytes: Bool)
  case split(SplitPattern, SplitBehavior, isInverted: Bool)
  case digits(individually: Bool)
  case metaspace(replacement: [UInt8], PrependScheme, splits: Bool)
  case whitespace
  case whitespaceSplit
  case punctuation(SplitBehavior)
  case bert
  case delimiter([UInt8])
  case fixedLength(Int)

  /// When a metaspace is put before a piece.
  enum PrependScheme: String, Sendable {
    case first, never, always
  }

  init(_ field: TokenizerField) throws(TokenizerError) {
    let type = try field.required("type").string()
    switch type {
    case "Sequence":
      var steps: [PreTokenizer] = []
      for element in try field.required("pretokenizers").elements() { steps.append(try PreTokenizer(element)) }
      self = .sequence(steps)
    case "ByteLevel":
      self = .byteLevel(
        addsPrefixSpace: try field.flag("add_prefix_space", default: true),
        usesRegex: try field.flag("use_regex", default: true), writesBytes: true)
    case "Split":
      self = .split(
        try SplitPattern(field.required("pattern")), try Self.behavior(field.required("behavior")),
        isInverted: try field.flag("invert", default: false))
    case "Digits": self = .digits(individually: try field.flag("individual_digits", default: false))
    case "Metaspace": self = try Self.metaspace(field)
    case "Whitespace": self = .whitespace
    case "WhitespaceSplit": self = .whitespaceSplit
    case "Punctuation":
      self = .punctuation(
        try field.member("behavior").map { field throws(TokenizerError) in try Self.behavior(field) } ?? .isolated)
    case "BertPreTokenizer": self = .bert
    case "CharDelimiterSplit", "Delimiter":
      self = .delimiter(Array(String(Character(try field.required("delimiter").scalar())).utf8))
    case "FixedLength":
      let length = try field.member("length").map { field throws(TokenizerError) in try field.int() } ?? 5
      guard length > 0 else { throw field.malformed("the length has to be above 0") }
      self = .fixedLength(length)
    default:
      throw field.unsupported(
        "the pre-tokenizer `\(type)` is not supported; supported are BertPreTokenizer, ByteLevel, CharDelimiterSplit, "
          + "Digits, FixedLength, Metaspace, Punctuation, Sequence, Split, Whitespace and WhitespaceSplit")
    }
  }

  private static func behavior(_ field: TokenizerField) throws(TokenizerError) -> SplitBehavior {
    let name = try field.string()
    guard let behavior = SplitBehavior(rawValue: name) else {
      throw field.unsupported(
        "the split behavior `\(name)` is not supported; supported are Removed, Isolated, MergedWithPrevious, "
          + "MergedWithNext and Contiguous")
    }
    return behavior
  }

  private static func metaspace(_ field: TokenizerField) throws(TokenizerError) -> PreTokenizer {
    let scheme = try prependScheme(field)
    let replacement = try field.required("replacement").scalar()
    return .metaspace(
      replacement: Array(String(Character(replacement)).utf8), scheme, splits: try field.flag("split", default: true))
  }

  /// The scheme of a metaspace, which older files give as `add_prefix_space`.
  static func prependScheme(_ field: TokenizerField) throws(TokenizerError) -> PrependScheme {
    var scheme = PrependScheme.always
    if let named = field.member("prepend_scheme") {
      guard let known = PrependScheme(rawValue: try named.string()) else {
        throw named.unsupported("the prepend scheme is not supported: use first, never or always")
      }
      scheme = known
    }
    return try field.flag("add_prefix_space", default: true) ? scheme : .never
  }

  /// The same for a model that takes bytes as they are, or `nil` where the bytes are not written at the very end.
  var leavingBytes: PreTokenizer? {
    switch self {
    case .byteLevel(let addsPrefixSpace, let usesRegex, _):
      return .byteLevel(addsPrefixSpace: addsPrefixSpace, usesRegex: usesRegex, writesBytes: false)
    case .sequence(var steps):
      guard let last = steps.popLast()?.leavingBytes, !steps.contains(where: \.writesBytes) else { return nil }
      return .sequence(steps + [last])
    default: return nil
    }
  }

  private var writesBytes: Bool {
    switch self {
    case .byteLevel: true
    case .sequence(let steps): steps.contains(where: \.writesBytes)
    default: false
    }
  }
}
