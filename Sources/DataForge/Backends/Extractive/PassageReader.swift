/// Walks through a passage piece by piece and gives each sentence and entry that may be asked about.
struct PassageReader {
  let chunk: Chunk

  /// Calls `found` with each draft that a pattern makes, at most one a sentence: the best.
  func drafts(_ passage: borrowing Passage, patterns: [any QuestionPattern]) -> [Draft] {
    var drafts: [Draft] = []
    var section = chunk.headings.last
    var isOpen = chunk.headings.allSatisfy(SectionFilter.accepts)
    let entries = EntryPattern()
    let list = ListPattern()
    for (index, piece) in chunk.pieces.enumerated() {
      let range = piece.start..<piece.end
      switch piece.role {
      case .heading:
        let heading = passage.text(range)
        section = heading
        isOpen = SectionFilter.accepts(heading)
      case .paragraph, .listItem:
        guard isOpen else { continue }
        if let draft = entries.draft(range, passage) {
          drafts.append(draft)
          continue
        }
        let items = piece.role == .paragraph ? items(after: index) : []
        let sentences = SentenceSplitter.sentences(in: passage.bytes, from: range)
        for (place, sentence) in sentences.enumerated() {
          let isLast = place == sentences.count - 1
          let read = Sentence(
            range: sentence, tokens: Tokenizer.tokens(of: passage.bytes, in: sentence), section: section,
            items: isLast ? items : [])
          guard SentenceFilter.accepts(read, in: passage) else { continue }
          // What announces a list says nothing without it.
          let announces = !read.items.isEmpty
          let found =
            announces ? [list.draft(read, passage)].compactMap(\.self) : patterns.compactMap { $0.draft(read, passage) }
          if let best = found.max(by: { $0.score < $1.score }) { drafts.append(ranked(best, read)) }
        }
      case .table:
        guard isOpen else { continue }
        for row in rows(range, passage) {
          if let draft = entries.draft(row, passage) { drafts.append(draft) }
        }
      case .caption, .footnote, .header, .footer, .pageNumber: continue
      }
    }
    return drafts
  }

  /// Prefers sentences of a middle length that speak of something named.
  private func ranked(_ draft: Draft, _ sentence: Sentence) -> Draft {
    var draft = draft
    let tokens = sentence.tokens
    if tokens.count > 32 { draft.score -= 0.06 }
    if tokens.count < 8 { draft.score -= 0.05 }
    if tokens.contains(where: { $0.lower == "also" || $0.lower == "you" }) { draft.score -= 0.03 }
    if tokens.contains(where: { $0.is(.pronoun) }) { draft.score -= 0.03 }
    if tokens.dropFirst().contains(where: { $0.isCapitalised || $0.isCode }) { draft.score += 0.02 }
    if draft.question.utf8.count > 140 { draft.score -= 0.15 }
    return draft
  }

  /// The list items that directly follow a piece.
  private func items(after index: Int) -> [Range<Int>] {
    guard chunk.text.utf8[utf8: chunk.pieces[index].end - 1] == UInt8(ascii: ":") else { return [] }
    return chunk.pieces[(index + 1)...].prefix { $0.role == .listItem }.map { $0.start..<$0.end }
  }

  private func rows(_ range: Range<Int>, _ passage: borrowing Passage) -> [Range<Int>] {
    var rows: [Range<Int>] = []
    var start = range.lowerBound
    for offset in range where passage.bytes[offset] == UInt8(ascii: "\n") {
      rows.append(start..<offset)
      start = offset + 1
    }
    rows.append(start..<range.upperBound)
    return rows
  }
}
