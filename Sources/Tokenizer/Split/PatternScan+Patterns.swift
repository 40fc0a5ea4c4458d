/// The known patterns. Each scanner follows the branches of its pattern in their order.
extension PatternScan {
  private static let wordOrSpace = Kinds.letter | Kinds.number | Kinds.space
  private static let letterOrNumber = Kinds.letter | Kinds.number

  func gpt2(_ place: Int) -> Int {
    let contracted = contraction(place, ignoringCase: false)
    if contracted > 0 { return contracted }
    // ` ?` before a word, a number or signs
    let from = text[place] == 0x20 ? place + 1 : place
    let (kinds, length) = kinds(from)
    if kinds & Kinds.letter != 0 { return run(from + length, Kinds.letter) }
    if kinds & Kinds.number != 0 { return run(from + length, Kinds.number) }
    if length > 0, kinds & Kinds.space == 0 { return run(from + length, without: Self.wordOrSpace) }
    return blanks(place, endAtLineBreak: false)
  }

  func cl100k(_ place: Int, _ mostDigits: Int) -> Int {
    let contracted = contraction(place, ignoringCase: true)
    if contracted > 0 { return contracted }
    let (first, length) = kinds(place)
    // [^\r\n\p{L}\p{N}]?\p{L}+
    if first & Kinds.letter != 0 { return run(place + length, Kinds.letter) }
    if first & Kinds.number != 0 { return digits(place, mostDigits) }
    if !Self.isLineBreak(text[place]) {
      let (second, further) = kinds(place + length)
      if second & Kinds.letter != 0 { return run(place + length + further, Kinds.letter) }
    }
    return signs(place, first, length, endWithSlashes: false)
  }

  /// ` ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`, from no letter or number on.
  private func signs(_ place: Int, _ first: UInt8, _ length: Int, endWithSlashes: Bool) -> Int {
    if first & Kinds.space == 0 {
      return lineBreaks(run(place + length, without: Self.wordOrSpace), andSlashes: endWithSlashes)
    }
    if text[place] == 0x20 {
      let (second, further) = kinds(place + 1)
      if further > 0, second & Self.wordOrSpace == 0 {
        return lineBreaks(run(place + 1 + further, without: Self.wordOrSpace), andSlashes: endWithSlashes)
      }
    }
    return blanks(place, endAtLineBreak: true)
  }

  func o200k(_ place: Int, _ mostDigits: Int, _ hasContractions: Bool) -> Int {
    let (first, length) = kinds(place)
    // [^\r\n\p{L}\p{N}]? takes the first where it can; a mark may then stand for a letter too.
    let canTake = first & Self.letterOrNumber == 0 && !Self.isLineBreak(text[place])
    let after = canTake ? place + length : -1
    var word = after > 0 ? lowerWord(after) : -1
    if word < 0 { word = lowerWord(place) }
    if word < 0, after > 0 { word = upperWord(after) }
    if word < 0 { word = upperWord(place) }
    if word > 0 {
      guard hasContractions else { return word }
      let contracted = contraction(word, ignoringCase: true)
      return contracted > 0 ? contracted : word
    }
    if first & Kinds.number != 0 { return digits(place, mostDigits) }
    return signs(place, first, length, endWithSlashes: true)
  }

  /// `[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+`
  private func lowerWord(_ place: Int) -> Int {
    var at = place
    // The first set gives back up to the last scalar that is in the second too.
    var lastOfBoth = -1
    while at < end {
      let (kinds, length) = kinds(at)
      guard kinds & Kinds.upper != 0 else {
        if kinds & Kinds.lower != 0 { return run(at + length, Kinds.lower) }
        break
      }
      if kinds & Kinds.lower != 0 { lastOfBoth = at }
      at += length
    }
    return lastOfBoth < 0 ? -1 : run(lastOfBoth, Kinds.lower)
  }

  /// `[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*`
  private func upperWord(_ place: Int) -> Int {
    let upper = run(place, Kinds.upper)
    return upper > place ? run(upper, Kinds.lower) : -1
  }

  func deepSeek(_ place: Int) -> Int {
    let byte = text[place]
    let (first, length) = kinds(place)
    if byte < 0x80, first & Kinds.punctuationOrSymbol != 0, place + 1 < end, Self.isASCIILetter(text[place + 1]) {
      var at = place + 2
      while at < end, Self.isASCIILetter(text[at]) { at += 1 }
      return at
    }
    // [^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+
    let wordly = Kinds.letter | Kinds.mark
    if first & (Kinds.letter | Kinds.punctuationOrSymbol) == 0, !Self.isLineBreak(byte) {
      let (second, further) = kinds(place + length)
      if second & wordly != 0 { return run(place + length + further, wordly) }
    }
    if first & wordly != 0 { return run(place + length, wordly) }
    // ` ?[\p{P}\p{S}]+[\r\n]*`
    let from = byte == 0x20 ? place + 1 : place
    let signs = run(from, Kinds.punctuationOrSymbol)
    if signs > from { return lineBreaks(signs) }
    return blanks(place, endAtLineBreak: true)
  }

  private static func isASCIILetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
}
