/// What is done to the tokens of a text at the end: special tokens around them, blanks taken out of their offsets.
indirect enum PostProcessor: Sendable {
  case sequence([PostProcessor])
  case template([TemplatePart])
  /// - Parameter hasPrefixSpace: whether the first token's blank was not in the text.
  case trim(hasPrefixSpace: Bool)
  case nothing

  /// A part of a template.
  enum TemplatePart: Sendable {
    case text
    case tokens([Int32])
  }

  init(_ field: TokenizerField) throws(TokenizerError) {
    let type = try field.required("type").string()
    switch type {
    case "Sequence":
      var steps: [PostProcessor] = []
      for element in try field.required("processors").elements() { steps.append(try PostProcessor(element)) }
      self = .sequence(steps)
    case "ByteLevel": self = try Self.trim(field)
    case "TemplateProcessing": self = .template(try Self.parts(field))
    case "BertProcessing": self = .template(try Self.around(field))
    case "RobertaProcessing": self = .sequence([try Self.trim(field), .template(try Self.around(field))])
    default:
      throw field.unsupported(
        "the post-processor `\(type)` is not supported; supported are BertProcessing, ByteLevel, RobertaProcessing, "
          + "Sequence and TemplateProcessing")
    }
  }

  private static func trim(_ field: TokenizerField) throws(TokenizerError) -> PostProcessor {
    guard try field.flag("trim_offsets", default: true) else { return .nothing }
    return .trim(hasPrefixSpace: try field.flag("add_prefix_space", default: true))
  }

  /// `[CLS]` before and `[SEP]` after, each given as its text and number.
  private static func around(_ field: TokenizerField) throws(TokenizerError) -> [TemplatePart] {
    var ids: [Int32] = []
    for key in ["cls", "sep"] {
      let pair = try field.required(key)
      let elements = try pair.elements()
      guard elements.count == 2 else { throw pair.malformed("expected a token and its id") }
      ids.append(try elements[1].tokenID())
    }
    return [.tokens([ids[0]]), .text, .tokens([ids[1]])]
  }

  private static func parts(_ field: TokenizerField) throws(TokenizerError) -> [TemplatePart] {
    var parts: [TemplatePart] = []
    for element in try field.required("single").elements() {
      if let sequence = element.member("Sequence") {
        guard try sequence.required("id").string() == "A" else {
          throw sequence.malformed("a template for one text names a second one")
        }
        parts.append(.text)
      } else {
        let name = try element.required("SpecialToken").required("id").string()
        let special = try field.required("special_tokens").required(name)
        var ids: [Int32] = []
        for id in try special.required("ids").elements() { ids.append(try id.tokenID()) }
        parts.append(.tokens(ids))
      }
    }
    guard parts.filter(\.isText).count <= 1 else {
      throw field.unsupported("a template that has the text more than once is not supported")
    }
    return parts
  }

  /// Whether offsets have to be known exactly, with the tokens' texts.
  var trims: Bool {
    switch self {
    case .sequence(let steps): steps.contains(where: \.trims)
    case .trim: true
    case .template, .nothing: false
    }
  }

  /// Changes the tokens of a text.
  ///
  /// - Parameter blanks: how many characters at a token's start and end are blanks, by its place; nothing for tokens
  ///   that a template added.
  func apply(
    to encoding: inout Tokenizer.Encoding, addSpecialTokens: Bool, blanks: [(leading: Int, trailing: Int)]
  ) {
    switch self {
    case .sequence(let steps):
      for step in steps { step.apply(to: &encoding, addSpecialTokens: addSpecialTokens, blanks: blanks) }
    case .template(let parts):
      if addSpecialTokens || parts.filter(\.isText).count != 1 {
        Self.fill(parts, &encoding, addSpecialTokens: addSpecialTokens)
      }
    case .trim(let hasPrefixSpace): Self.trim(&encoding, blanks, hasPrefixSpace)
    case .nothing: break
    }
  }

  private static func fill(_ parts: [TemplatePart], _ encoding: inout Tokenizer.Encoding, addSpecialTokens: Bool) {
    var filled = Tokenizer.Encoding()
    for part in parts {
      switch part {
      case .text:
        filled.ids += encoding.ids
        filled.offsets += encoding.offsets
        filled.specialTokensMask += encoding.specialTokensMask
      case .tokens(let ids):
        guard addSpecialTokens else { continue }
        filled.ids += ids
        filled.offsets += repeatElement(0..<0, count: ids.count)
        filled.specialTokensMask += repeatElement(true, count: ids.count)
      }
    }
    encoding = filled
  }

  private static func trim(
    _ encoding: inout Tokenizer.Encoding, _ blanks: [(leading: Int, trailing: Int)], _ hasPrefixSpace: Bool
  ) {
    for (index, blank) in blanks.enumerated() where index < encoding.offsets.count {
      var start = encoding.offsets[index].lowerBound
      var end = encoding.offsets[index].upperBound
      if blank.leading > 0 {
        let isFirst = index == 0 || start == 0
        let leading = isFirst && hasPrefixSpace && blank.leading == 1 ? 0 : blank.leading
        start = min(start + leading, end)
      }
      if blank.trailing > 0, end >= blank.trailing { end = max(end - blank.trailing, start) }
      encoding.offsets[index] = start..<end
    }
  }
}

extension PostProcessor.TemplatePart {
  var isText: Bool { if case .text = self { true } else { false } }
}
