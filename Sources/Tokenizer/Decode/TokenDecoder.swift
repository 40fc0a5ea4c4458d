/// A step that turns the texts of tokens into the text that they stand for.
indirect enum TokenDecoder: Sendable {
  case sequence([TokenDecoder])
  case byteLevel
  case byteFallback
  case metaspace(replacement: [UInt8], dropsFirst: Bool)
  case replace(SplitPattern, [UInt8])
  case fuse
  case strip(content: [UInt8], start: Int, stop: Int)
  case wordPiece(prefix: [UInt8], cleansUp: Bool)
  case suffix([UInt8])

  init(_ field: TokenizerField) throws(TokenizerError) {
    let type = try field.required("type").string()
    switch type {
    case "Sequence":
      var steps: [TokenDecoder] = []
      for element in try field.required("decoders").elements() { steps.append(try TokenDecoder(element)) }
      self = .sequence(steps)
    case "ByteLevel": self = .byteLevel
    case "ByteFallback": self = .byteFallback
    case "Metaspace":
      let scheme = try PreTokenizer.prependScheme(field)
      let replacement = try field.required("replacement").scalar()
      self = .metaspace(replacement: Array(String(Character(replacement)).utf8), dropsFirst: scheme != .never)
    case "Replace":
      let content = Array(try field.required("content").string().utf8)
      self = .replace(try SplitPattern(field.required("pattern")), content)
    case "Fuse": self = .fuse
    case "Strip":
      let content = try field.required("content").scalar()
      self = .strip(
        content: Array(String(Character(content)).utf8), start: try field.required("start").int(),
        stop: try field.required("stop").int())
    case "WordPiece":
      self = .wordPiece(
        prefix: Array(try field.required("prefix").string().utf8), cleansUp: try field.flag("cleanup", default: true))
    case "BPEDecoder": self = .suffix(Array(try field.required("suffix").string().utf8))
    default:
      throw field.unsupported(
        "the decoder `\(type)` is not supported; supported are BPEDecoder, ByteFallback, ByteLevel, Fuse, Metaspace, "
          + "Replace, Sequence, Strip and WordPiece")
    }
  }

  /// The texts after this step; all steps done, they are joined.
  func decode(_ tokens: [[UInt8]]) -> [[UInt8]] {
    decode(tokens, mostBytes: PieceText.mostBytes(from: tokens.reduce(0) { $0 + $1.count }))
  }

  /// - Parameter mostBytes: from where on nothing more is replaced: a file can ask for what doubles a text again and
  ///   again.
  private func decode(_ tokens: [[UInt8]], mostBytes: Int) -> [[UInt8]] {
    switch self {
    case .sequence(let steps): return steps.reduce(tokens) { $1.decode($0, mostBytes: mostBytes) }
    case .byteLevel: return [Self.bytes(tokens)]
    case .byteFallback: return Self.fallBack(tokens)
    case .metaspace(let replacement, let dropsFirst):
      return tokens.enumerated().map { index, token in
        ByteString.replacing(replacement, with: index == 0 && dropsFirst ? [] : [0x20], in: token)
      }
    case .replace(let pattern, let content):
      var left = mostBytes
      return tokens.map { token in
        guard left > 0 else { return token }
        var piece = PieceText()
        piece.clear(mostBytes: left)
        piece.bytes = token
        piece.origins = Array(repeating: Origin(start: 0, end: 0), count: token.count)
        piece.replace(pattern, with: content)
        left -= piece.bytes.count
        return piece.bytes
      }
    case .fuse: return [Array(tokens.joined())]
    case .strip(let content, let start, let stop): return tokens.map { Self.strip($0, content, start, stop) }
    case .wordPiece(let prefix, let cleansUp):
      return tokens.enumerated().map { index, token in
        var token = token
        if index > 0 { token = token.starts(with: prefix) ? Array(token.dropFirst(prefix.count)) : [0x20] + token }
        return cleansUp ? Self.cleanedUp(token) : token
      }
    case .suffix(let suffix):
      return tokens.enumerated().map { index, token in
        ByteString.replacing(suffix, with: index == tokens.count - 1 ? [] : [0x20], in: token)
      }
    }
  }

  private static func bytes(_ tokens: [[UInt8]]) -> [UInt8] {
    var bytes: [UInt8] = []
    for token in tokens { bytes += token.withUnsafeBufferPointer { ByteAlphabet.bytes(of: $0) } ?? token }
    return repaired(bytes)
  }

  /// Valid UTF-8, with U+FFFD for what is not.
  static func repaired(_ bytes: [UInt8]) -> [UInt8] { Array(String(decoding: bytes, as: UTF8.self).utf8) }

  private static func fallBack(_ tokens: [[UInt8]]) -> [[UInt8]] {
    var result: [[UInt8]] = []
    var pending: [UInt8] = []
    func flush() {
      guard !pending.isEmpty else { return }
      if String(validating: pending, as: UTF8.self) != nil {
        result.append(pending)
      } else {
        result += repeatElement(Array("\u{FFFD}".utf8), count: pending.count)
      }
      pending = []
    }
    for token in tokens {
      if let byte = ByteFallback.byte(token) {
        pending.append(byte)
      } else {
        flush()
        result.append(token)
      }
    }
    flush()
    return result
  }

  private static func strip(_ token: [UInt8], _ content: [UInt8], _ start: Int, _ stop: Int) -> [UInt8] {
    var rest = token[...]
    var left = start
    while left > 0, rest.starts(with: content) {
      rest = rest.dropFirst(content.count)
      left -= 1
    }
    left = stop
    while left > 0, rest.count >= content.count, rest.suffix(content.count).elementsEqual(content) {
      rest = rest.dropLast(content.count)
      left -= 1
    }
    return Array(rest)
  }

  /// English with the blanks taken out that splitting at signs put in.
  private static func cleanedUp(_ token: [UInt8]) -> [UInt8] {
    let replacements = [
      (" .", "."), (" ?", "?"), (" !", "!"), (" ,", ","), (" ' ", "'"), (" n't", "n't"), (" 'm", "'m"),
      (" do not", " don't"), (" 's", "'s"), (" 've", "'ve"), (" 're", "'re"),
    ]
    return replacements.reduce(token) { ByteString.replacing(Array($1.0.utf8), with: Array($1.1.utf8), in: $0) }
  }
}
