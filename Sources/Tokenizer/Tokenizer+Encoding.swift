extension Tokenizer {
  /// The tokens of a text.
  ///
  /// Added tokens in the text are found whether or not they are special, as the Rust library does.
  ///
  /// - Parameter addSpecialTokens: whether the special tokens are put around it that the file's post-processor names.
  public func encode(_ text: String, addSpecialTokens: Bool = true) -> Encoding {
    let work = prepared(text)
    let sink = tokens(of: work)
    var encoding = Encoding(
      ids: sink.ids, offsets: offsets(of: sink, in: work, text),
      specialTokensMask: Array(repeating: false, count: sink.ids.count))
    if let postProcessor {
      let blanks = postProcessor.trims ? blanks(of: sink, in: work) : []
      postProcessor.apply(to: &encoding, addSpecialTokens: addSpecialTokens, blanks: blanks)
    }
    return encoding
  }

  /// The numbers of a text's tokens, without where they stand: faster than `encode`.
  public func encodeIDs(_ text: String, addSpecialTokens: Bool = true) -> [Int32] {
    let ids = tokens(of: prepared(text)).ids
    guard let postProcessor else { return ids }
    var encoding = Encoding(ids: ids)
    postProcessor.apply(to: &encoding, addSpecialTokens: addSpecialTokens, blanks: [])
    return encoding.ids
  }

  /// How many tokens a text takes; as a rule without special tokens around it.
  public func count(_ text: String, addSpecialTokens: Bool = false) -> Int {
    encodeIDs(text, addSpecialTokens: addSpecialTokens).count
  }

  /// A text that is normalized and cut into pieces.
  private func prepared(_ text: String) -> WorkingText {
    var work = WorkingText(Array(text.utf8))
    added.splitLiteral(&work)
    if let normalizer, !clearlyKeeps(normalizer, work) { work.rewrite { normalizer.apply(to: &$0) } }
    added.splitNormalized(&work)
    preTokenizer?.apply(to: &work)
    return work
  }

  private func clearlyKeeps(_ normalizer: Normalizer, _ work: WorkingText) -> Bool {
    work.bytes.withUnsafeBufferPointer { buffer in
      guard let text = buffer.baseAddress else { return true }
      return work.pieces.allSatisfy { $0.token >= 0 || normalizer.clearlyKeeps(text, $0.start, $0.end) }
    }
  }

  private func tokens(of work: WorkingText) -> TokenSink {
    withState { state in
      var sink = TokenSink()
      sink.reserve(work.bytes.count / 3)
      work.bytes.withUnsafeBufferPointer { buffer in
        guard let text = buffer.baseAddress else { return }
        for piece in work.pieces {
          if piece.token >= 0 {
            sink.add(piece.token, piece.start, piece.end)
          } else {
            model.encode(text, piece.start, piece.end, &state, &sink)
          }
        }
      }
      return sink
    }
  }

  /// Where the tokens stand in the text that was given, in code points.
  private func offsets(of sink: TokenSink, in work: WorkingText, _ text: String) -> [Range<Int>] {
    var offsets: [Range<Int>] = []
    offsets.reserveCapacity(sink.ids.count)
    let cursor = CodePointIndex(text)
    if work.isUnchanged {
      for index in sink.ids.indices {
        offsets.append(cursor.codePoints(touching: sink.starts[index], sink.ends[index]))
      }
      return offsets
    }
    for index in sink.ids.indices {
      let (start, end) = (sink.starts[index], sink.ends[index])
      guard start < end, end <= work.bytes.count else {
        offsets.append(start..<max(start, end))
        continue
      }
      offsets.append(cursor.codePoints(from: work.origin(of: start).start, to: work.origin(of: end - 1).end))
    }
    return offsets
  }

  /// How many characters at the start and the end of each token are blanks, as the post-processor counts them.
  private func blanks(of sink: TokenSink, in work: WorkingText) -> [(leading: Int, trailing: Int)] {
    let addedStarts = Set(work.pieces.lazy.filter { $0.token >= 0 }.map(\.start))
    return sink.ids.indices.map { index in
      let (start, end) = (sink.starts[index], sink.ends[index])
      // Added tokens count with the text that they took.
      if addedStarts.contains(start) { return Self.blanks(of: work.bytes[start..<end]) }
      if takesBytes {
        let token = work.bytes[start..<end]
        return (token.prefix { $0 == 0x20 }.count, token.reversed().prefix { $0 == 0x20 }.count)
      }
      return Self.blanks(of: model.tokens.token(sink.ids[index]) ?? [])
    }
  }

  private static func blanks(of token: ArraySlice<UInt8>) -> (leading: Int, trailing: Int) {
    let scalars = String(decoding: token, as: UTF8.self).unicodeScalars
    func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar == "Ġ" || ScalarTable.shared.isSpace(scalar.value) }
    return (scalars.prefix(while: isBlank).count, scalars.reversed().prefix(while: isBlank).count)
  }
}
