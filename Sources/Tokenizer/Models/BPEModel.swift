/// Byte-pair encoding, over bytes or over characters.
final class BPEModel: Sendable {
  let tokens: TokenTable
  private let merges: FlatTable
  let unknown: Int32
  private let fusesUnknown: Bool
  private let prefix: [UInt8]
  private let suffix: [UInt8]
  private let ignoresMerges: Bool
  /// The tokens `<0x00>` to `<0xFF>`, where the model falls back to them; -1 where one is missing.
  private let fallbacks: [Int32]
  /// The tokens of single ASCII characters in the middle of a word, or -1.
  private let ascii: [Int32]
  /// Where the model takes bytes as they are: the token of each byte.
  private let bytes: [UInt32]
  /// Where it does and words may be tokens without merges: the tokens by the bytes that they stand for.
  private let rawTokens: TokenTable?

  /// Reads the `model` of a file.
  ///
  /// - Parameter takesBytes: whether the text comes as bytes where the file's steps would write them as characters.
  init(_ field: TokenizerField, takesBytes: Bool) throws(TokenizerError) {
    let tokens = try TokenTable(field.required("vocab"))
    self.tokens = tokens
    func bytes(_ key: String) throws(TokenizerError) -> [UInt8] {
      Array(try field.member(key)?.string().utf8 ?? "".utf8)
    }
    prefix = try bytes("continuing_subword_prefix")
    suffix = try bytes("end_of_word_suffix")
    merges = try BPEMerges.read(field.required("merges"), tokens, prefixLength: prefix.count)
    fusesUnknown = try field.flag("fuse_unk", default: false)
    ignoresMerges = try field.flag("ignore_merges", default: false)
    if let unk = field.member("unk_token") {
      let id = try tokens.id(unk.string())
      guard let id = id ?? (takesBytes ? -1 : nil) else {
        throw unk.malformed("the unknown token is not in the vocabulary")
      }
      unknown = id
    } else {
      unknown = -1
    }
    let fallsBack = try field.flag("byte_fallback", default: false)
    fallbacks = fallsBack ? (0...255).map { tokens.id(ByteFallback.token(UInt8($0))) } : []
    let prefix = prefix
    ascii = (0..<128).map { tokens.id(prefix + [UInt8($0)]) }
    self.bytes = takesBytes ? Self.byteTokens(tokens) ?? [] : []
    rawTokens = takesBytes && ignoresMerges ? Self.rawTokens(tokens) : nil
  }

  /// Whether the model of a file can take bytes as they are: each has a token, and nothing is put around characters.
  static func canTakeBytes(_ field: TokenizerField) -> Bool {
    for key in ["continuing_subword_prefix", "end_of_word_suffix"] {
      if let affix = field.member(key), affix.value.stringValue != "" { return false }
    }
    guard let vocabulary = field.value["vocab"]?.objectValue else { return false }
    return ByteAlphabet.scalars.allSatisfy { value in
      guard let scalar = Unicode.Scalar(value) else { return false }
      return vocabulary[String(Character(scalar))] != nil
    }
  }

  private static func byteTokens(_ tokens: TokenTable) -> [UInt32]? {
    var ids: [UInt32] = []
    for scalar in ByteAlphabet.scalars {
      var name: [UInt8] = []
      ByteString.append(scalar, to: &name)
      let id = tokens.id(name)
      guard id >= 0 else { return nil }
      ids.append(UInt32(id))
    }
    return ids
  }

  private static func rawTokens(_ tokens: TokenTable) -> TokenTable {
    let raw = TokenTable(capacity: tokens.count, maximumID: tokens.maximum)
    for id in 0...Int32(tokens.maximum) {
      guard let token = tokens.token(id) else { continue }
      token.withUnsafeBufferPointer { token in
        guard let bytes = ByteAlphabet.bytes(of: token) else { return }
        bytes.withUnsafeBufferPointer { raw.add($0, id) }
      }
    }
    return raw
  }

  /// Tokenizes a piece.
  func encode(
    _ text: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ state: inout ModelState, _ sink: inout TokenSink
  ) {
    let word = text + start
    let length = end - start
    guard length <= WordCache.longestWord else {
      encodeAnew(word, length, start, &state.work, &sink)
      return
    }
    let hash = ByteHash.hash(word, length)
    if state.cache.find(word, length, hash, start, &sink) { return }
    let first = sink.ids.count
    encodeAnew(word, length, start, &state.work, &sink)
    // A word whose tokens reach beyond it (which suffixes can do) would not fit.
    if (sink.ends.last ?? start) - start <= 255 { state.cache.keep(word, length, hash, start, sink, from: first) }
  }

  private func encodeAnew(
    _ word: UnsafePointer<UInt8>, _ length: Int, _ start: Int, _ work: inout MergeWork, _ sink: inout TokenSink
  ) {
    if ignoresMerges {
      let id = (rawTokens ?? tokens).id(word, length)
      if id >= 0 {
        sink.add(id, start, start + length)
        return
      }
    }
    work.clear()
    if bytes.isEmpty {
      addCharacters(word, length, &work)
      if work.isEmpty { return }
    } else {
      bytes.withUnsafeBufferPointer { bytes in
        for index in 0..<length { work.add(bytes[Int(word[index])], index + 1) }
      }
    }
    work.merge(merges) { id, from, to in
      sink.add(Int32(truncatingIfNeeded: id), start + from, start + to)
    }
  }

  /// Adds a symbol for each character, or what stands for one that is not in the vocabulary.
  private func addCharacters(_ word: UnsafePointer<UInt8>, _ length: Int, _ work: inout MergeWork) {
    // Unknown characters wait, so that those that follow can join them.
    var waiting = 0
    func flush() {
      if waiting > 0 { work.add(UInt32(unknown), work.end + waiting) }
      waiting = 0
    }
    var place = 0
    while place < length {
      let size = ByteString.length(word[place])
      let isLast = place + size >= length
      let id = token(word + place, size, isFirst: place == 0, isLast: isLast)
      if id >= 0 {
        flush()
        work.add(UInt32(id), work.end + size)
      } else if !addFallback(word + place, size, isFirst: place == 0, isLast: isLast, &work), unknown >= 0 {
        if !fusesUnknown { flush() }
        waiting += size
      }
      place += size
    }
    flush()
  }

  private func token(_ character: UnsafePointer<UInt8>, _ size: Int, isFirst: Bool, isLast: Bool) -> Int32 {
    if size == 1, !isFirst || prefix.isEmpty, !isLast || suffix.isEmpty { return ascii[Int(character[0])] }
    if prefix.isEmpty, suffix.isEmpty { return tokens.id(character, size) }
    return tokens.id(dressed(character, size, isFirst: isFirst, isLast: isLast))
  }

  /// A character with what its place in the word puts around it.
  private func dressed(_ character: UnsafePointer<UInt8>, _ size: Int, isFirst: Bool, isLast: Bool) -> [UInt8] {
    (isFirst ? [] : prefix) + UnsafeBufferPointer(start: character, count: size) + (isLast ? suffix : [])
  }

  /// Adds the tokens of a character's bytes; false where one of them has none.
  private func addFallback(
    _ character: UnsafePointer<UInt8>, _ size: Int, isFirst: Bool, isLast: Bool, _ work: inout MergeWork
  ) -> Bool {
    guard !fallbacks.isEmpty else { return false }
    let bytes = dressed(character, size, isFirst: isFirst, isLast: isLast)
    guard bytes.allSatisfy({ fallbacks[Int($0)] >= 0 }) else { return false }
    for byte in bytes { work.add(UInt32(fallbacks[Int(byte)]), work.end + 1) }
    return true
  }
}
