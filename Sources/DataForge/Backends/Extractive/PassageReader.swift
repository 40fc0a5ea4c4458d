/// Walks through a passage piece by piece and gives each sentence and entry that may be asked about.
struct PassageReader {
  let chunk: Chunk

  /// What the patterns find, in the order of the passage and at most one a sentence: the best.
  func drafts(_ passage: borrowing Passage, patterns: [any QuestionPattern]) -> [Draft] {
    var drafts: [Draft] = []
    var isOpen = chunk.headings.allSatisfy(SectionFilter.accepts)
    var heading: Range<Int>?
    for (index, piece) in chunk.pieces.enumerated() {
      let range = piece.start..<piece.end
      let asking = heading
      heading = nil
      switch piece.role {
      case .title, .heading:
        heading = range
        isOpen = SectionFilter.accepts(passage.text(range))
      case .paragraph where isOpen:
        if let asking, let draft = HeadingQuestion().draft(asking, range, passage) { drafts.append(draft) }
        drafts += inText(range, passage, patterns, items: items(after: index))
      case .listItem where isOpen:
        drafts += inText(ListMarker.skipped(range, passage), passage, patterns, items: [])
      case .table where isOpen:
        drafts += rows(range, passage).compactMap { EntryPattern().draft($0, passage) }
      case .paragraph, .listItem, .table, .code, .caption, .formula, .footnote, .sideNote, .contents, .references,
        .header, .footer, .pageNumber:
        continue
      }
    }
    return drafts
  }

  private func inText(
    _ range: Range<Int>, _ passage: borrowing Passage, _ patterns: [any QuestionPattern], items: [Range<Int>]
  ) -> [Draft] {
    if let entry = EntryPattern().draft(range, passage) { return [entry] }
    var drafts: [Draft] = []
    let sentences = SentenceSplitter.sentences(in: passage.bytes, from: range)
    for (place, sentence) in sentences.enumerated() {
      let read = Sentence(
        range: sentence, tokens: WordTokenizer.tokens(of: passage.bytes, in: sentence),
        items: place == sentences.count - 1 ? items : [])
      guard SentenceFilter.accepts(read, in: passage) else { continue }
      var best: Draft?
      // What announces a list says nothing without it.
      if read.items.isEmpty {
        for pattern in patterns {
          if let draft = pattern.draft(read, passage), draft.score > best?.score ?? 0 { best = draft }
        }
      } else {
        best = ListPattern().draft(read, passage)
      }
      if let best { drafts.append(ranked(best, read)) }
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
    if leansOnOption(draft) { draft.score = 0 }
    if sentence.clause.map({ $0.subject.count == 2 && tokens[$0.subject.lowerBound].is(.quantifier) }) ?? false {
      draft.score -= 0.08
    }
    if draft.question.utf8.count > 140 { draft.score -= 0.15 }
    return draft
  }

  /// Whether the question names nothing but an option of one letter, which many commands have.
  private func leansOnOption(_ draft: Draft) -> Bool {
    var hasOption = false
    for word in draft.question.split(separator: " ").dropFirst() {
      let isOption = word.utf8.first == UInt8(ascii: "-") && word.utf8.dropFirst().prefix(while: isLetter).count == 1
      if isOption {
        hasOption = true
      } else if word.utf8.contains(where: { isUpper($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "(") }) {
        return false
      }
    }
    return hasOption
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
