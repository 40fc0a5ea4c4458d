/// Phrases that are looked for as whole words, whatever case and punctuation stand around them.
struct Phrases: Sendable {
  private struct Phrase: Sendable {
    var text: String
    /// As a `WordList` has them: each word followed by a space.
    var bytes: [UInt8]
  }

  /// By the hash of the first word; longer phrases first.
  private let phrases: [UInt64: [Phrase]]

  /// Takes phrases in any form; one without a word is left out.
  init(_ phrases: [String]) {
    var byFirst: [UInt64: [Phrase]] = [:]
    for text in phrases {
      let words = WordList(text)
      guard let first = words.words.first else { continue }
      byFirst[first.hash, default: []].append(Phrase(text: text, bytes: words.bytes))
    }
    self.phrases = byFirst.mapValues { $0.sorted { $0.bytes.count > $1.bytes.count } }
  }

  /// The phrase that comes first in the words.
  func first(in words: WordList) -> String? {
    for word in words.words {
      if let phrase = phrase(at: word, in: words) { return phrase.text }
    }
    return nil
  }

  /// The longest phrase that begins at a UTF-8 offset, where a word begins, and where it ends.
  func prefix(of words: WordList, at offset: Int) -> (text: String, end: Int)? {
    guard let word = words.word(at: offset), let phrase = phrase(at: word, in: words) else { return nil }
    return (phrase.text, offset + phrase.bytes.count)
  }

  /// Each place behind one of the phrases, as a UTF-8 offset, with the phrase.
  func ends(in words: WordList) -> [(text: String, end: Int)] {
    words.words.compactMap { word in
      phrase(at: word, in: words).map { ($0.text, word.range.lowerBound + $0.bytes.count) }
    }
  }

  private func phrase(at word: WordList.Word, in words: WordList) -> Phrase? {
    phrases[word.hash]?.first { words.bytes[word.range.lowerBound...].starts(with: $0.bytes) }
  }
}
