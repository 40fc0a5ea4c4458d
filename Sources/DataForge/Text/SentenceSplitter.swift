/// Finds the sentences of a text by its punctuation, without a model and in one pass over its UTF-8.
///
/// Full stops of abbreviations, initials, decimals and list numbers end no sentence; neither does anything inside a pair
/// of round or corner brackets that stands within one. Text in Chinese and Japanese needs no space between sentences. A
/// blank line always ends one.
public struct SentenceSplitter {
  /// The sentences' UTF-8 offsets in the text, without the white space around them. Everything that is not white space
  /// lies in exactly one.
  public static func sentences(of text: String) -> [Range<Int>] {
    var text = text
    return text.withUTF8 { sentences(in: $0, from: 0..<$0.count) }
  }

  /// The sentences of a part of a text, as offsets into the whole.
  static func sentences(in bytes: UnsafeBufferPointer<UInt8>, from range: Range<Int>) -> [Range<Int>] {
    var scanner = SentenceSplitter(bytes: bytes, end: range.upperBound, position: range.lowerBound)
    return scanner.scan()
  }

  private let bytes: UnsafeBufferPointer<UInt8>
  private let end: Int
  private var position: Int
  /// Where the sentence that is being read begins, from its first byte that is not white space.
  private var start = 0
  /// The end of the bracket that we are inside of, found ahead; before `position` where there is none.
  private var bracketEnd = -1
  private var found: [Range<Int>] = []

  private init(bytes: UnsafeBufferPointer<UInt8>, end: Int, position: Int) {
    self.bytes = bytes
    self.end = end
    self.position = position
  }

  private mutating func scan() -> [Range<Int>] {
    skipSpace()
    start = position
    while position < end {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"):
        let first = position
        while position < end, isTerminator(bytes[position]) { position += 1 }
        stop(first: first, wide: false)
      case UInt8(ascii: "("):
        if position > bracketEnd { bracketEnd = closing(of: byte) ?? -1 }
        position += 1
      case UInt8(ascii: "\n"):
        if isBlankLine() { finish(at: position) } else { position += 1 }
      case 0..<0x80:
        position += 1
      default:
        let scalar = scalarAt(position)
        if isWideTerminator(scalar.value) {
          let first = position
          position += scalar.length
          while position < end, case let next = scalarAt(position), isWideTerminator(next.value) {
            position += next.length
          }
          stop(first: first, wide: scalar.value != 0x2026)
        } else {
          if scalar.value == 0x300C || scalar.value == 0xFF08, position > bracketEnd {
            bracketEnd = closingWide(of: scalar.value) ?? -1
          }
          position += scalar.length
        }
      }
    }
    finish(at: end)
    return found
  }

  // MARK: Ends

  /// Decides at a run of terminators whether the sentence ends behind it; `position` stands behind the run.
  private mutating func stop(first: Int, wide: Bool) {
    let behindRun = position
    skipClosers()
    if bracketEnd >= position {
      position = behindRun
      return
    }
    let next = nextVisible(from: position)
    guard next < end else { return }
    if wide {
      // 「はい。」と言った: Japanese goes on in hiragana behind a closed quotation.
      let goesOn = position > behindRun && isHiragana(scalarAt(next).value) && next == position
      if !goesOn { finish(at: position) }
      return
    }
    guard next > position else {
      position = behindRun
      return
    }
    let run = behindRun - first
    let isStop = bytes[first] == UInt8(ascii: ".") && run == 1
    // Behind a closed quotation or bracket the word before the stop says nothing about what follows.
    let ends = isStop && position == behindRun ? stopEnds(at: first, next: next) : !startsLow(next)
    if ends { finish(at: position) }
  }

  /// Whether a single full stop ends the sentence, by the word before it and the one that follows.
  private func stopEnds(at dot: Int, next: Int) -> Bool {
    var from = dot
    while from > start, !isWordBreak(bytes[from - 1]) { from -= 1 }
    // A stop that follows no word, as in `. . .` or `).`
    guard from < dot else { return !startsLow(next) }
    let word = lowercased(from..<dot)
    if from == start, isListNumber(from..<dot) { return false }
    if Abbreviations.never.contains(word) { return false }
    if Abbreviations.beforeNumbers.contains(word) {
      let byte = bytes[next]
      return !(isDigit(byte) || byte == UInt8(ascii: "("))
    }
    let isInitial = dot - from == 1 && isUpper(bytes[from])
    if isInitial || Abbreviations.sometimes.contains(word) || isDotted(from..<dot) {
      return Abbreviations.starters.contains(lowercased(wordAt(next))) && isUpper(bytes[next])
    }
    guard startsLow(next) else { return true }
    // `… the package. dpkg then runs …`: a command may begin a sentence in lower case, a shortened word hardly has four
    // letters of which one is a vowel.
    return dot - from >= 4 && !Abbreviations.shortened.contains(word) && isPlainWord(from..<dot)
      && isLetterOrMark(bytes[next])
  }

  private mutating func finish(at stop: Int) {
    var stop = min(stop, end)
    let resume = stop
    while stop > start, isSpace(bytes[stop - 1]) { stop -= 1 }
    if stop > start { found.append(start..<stop) }
    position = resume
    skipSpace()
    start = position
  }

  // MARK: Looking around

  private mutating func skipSpace() {
    while position < end, isSpace(bytes[position]) { position += 1 }
  }

  private func nextVisible(from offset: Int) -> Int {
    var offset = offset
    while offset < end, isSpace(bytes[offset]) { offset += 1 }
    return offset
  }

  /// Steps over quotes and brackets that close behind a full stop and belong to the sentence.
  private mutating func skipClosers() {
    while position < end {
      switch bytes[position] {
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "\""), UInt8(ascii: "'"):
        position += 1
      case 0x80...:
        let scalar = scalarAt(position)
        guard isClosingMark(scalar.value) else { return }
        position += scalar.length
      default:
        return
      }
    }
  }

  private func isBlankLine() -> Bool {
    var offset = position + 1
    while offset < end, isSpace(bytes[offset]) {
      if bytes[offset] == UInt8(ascii: "\n") { return true }
      offset += 1
    }
    return false
  }

  /// Where the bracket at `position` closes, if it does so soon and in the same paragraph: an unpaired bracket must not
  /// swallow what follows.
  private func closing(of open: UInt8) -> Int? {
    var depth = 0
    var offset = position
    let limit = min(end, position + 400)
    while offset < limit {
      switch bytes[offset] {
      case UInt8(ascii: "("): depth += 1
      case UInt8(ascii: ")"):
        depth -= 1
        if depth == 0 { return offset }
      case UInt8(ascii: "\n"):
        if offset + 1 < limit, bytes[offset + 1] == UInt8(ascii: "\n") { return nil }
      default: break
      }
      offset += 1
    }
    return nil
  }

  private func closingWide(of open: UInt32) -> Int? {
    let close: UInt32 = open == 0x300C ? 0x300D : 0xFF09
    var offset = position
    let limit = min(end, position + 400)
    while offset < limit {
      let scalar = scalarAt(offset)
      if scalar.value == close { return offset }
      offset += scalar.length
    }
    return nil
  }

  private func wordAt(_ offset: Int) -> Range<Int> {
    var stop = offset
    while stop < end, isLetter(bytes[stop]) { stop += 1 }
    return offset..<stop
  }

  /// The word in lower case, without brackets and quotes before it; empty where it is longer than any that we know.
  private func lowercased(_ range: Range<Int>) -> String {
    guard range.count <= 12 else { return "" }
    return String(unsafeUninitializedCapacity: range.count) { buffer in
      for (place, offset) in range.enumerated() {
        let byte = bytes[offset]
        buffer[place] = isUpper(byte) ? byte | 0x20 : byte
      }
      return range.count
    }
  }

  /// `1`, `2.3`, `iv`, `a`: what numbers an item at the start of a sentence.
  private func isListNumber(_ range: Range<Int>) -> Bool {
    if range.count == 1 { return isDigit(bytes[range.lowerBound]) || isLetter(bytes[range.lowerBound]) }
    return range.count <= 8 && range.allSatisfy { isDigit(bytes[$0]) || bytes[$0] == UInt8(ascii: ".") }
  }

  /// `U.S`, `a.m`, `Ph.D`: letters in groups of at most two with stops between them.
  private func isDotted(_ range: Range<Int>) -> Bool {
    var group = 0
    var dots = 0
    for offset in range {
      if bytes[offset] == UInt8(ascii: ".") {
        dots += 1
        group = 0
      } else {
        group += 1
        if group > 2 || !isLetter(bytes[offset]) { return false }
      }
    }
    return dots > 0
  }

  private func isPlainWord(_ range: Range<Int>) -> Bool {
    var hasVowel = false
    for offset in range {
      let byte = bytes[offset]
      guard byte >= UInt8(ascii: "a"), byte <= UInt8(ascii: "z") else { return false }
      switch byte {
      case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"), UInt8(ascii: "u"),
        UInt8(ascii: "y"):
        hasVowel = true
      default: break
      }
    }
    return hasVowel
  }

  /// Whether what follows begins in lower case, or with punctuation that cannot begin a sentence.
  private func startsLow(_ offset: Int) -> Bool {
    let byte = bytes[offset]
    if byte >= 0x80 { return isLowScalar(scalarAt(offset).value) }
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"),
      UInt8(ascii: "."), UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "="), UInt8(ascii: "|"):
      return true
    default:
      return false
    }
  }

  private func scalarAt(_ offset: Int) -> (value: UInt32, length: Int) { decodeScalar(bytes, at: offset, end: end) }
}
