extension PreTokenizer {
  /// Cuts a text.
  func apply(to text: inout WorkingText) {
    switch self {
    case .sequence(let steps): for step in steps { step.apply(to: &text) }
    case .byteLevel(let addsPrefixSpace, let usesRegex, let writesBytes):
      if addsPrefixSpace { Self.addPrefixSpaces(to: &text) }
      if usesRegex { Self.split(&text, .known(.gpt2), .isolated, isInverted: false) }
      if writesBytes { text.rewrite(Normalizer.writeBytes) }
    case .split(let pattern, let behavior, let isInverted): Self.split(&text, pattern, behavior, isInverted: isInverted)
    case .digits(let individually):
      Self.split(&text, individually ? .isolated : .contiguous, isMatch: Self.isNumeric)
    case .metaspace(let replacement, let scheme, let splits): Self.metaspace(&text, replacement, scheme, splits)
    case .whitespace: Self.splitWords(&text)
    case .whitespaceSplit: Self.split(&text, .removed) { ScalarTable.shared.isSpace($0) }
    case .punctuation(let behavior): Self.split(&text, behavior, isMatch: Self.isPunctuation)
    case .bert:
      Self.split(&text, .removed) { ScalarTable.shared.isSpace($0) }
      Self.split(&text, .isolated, isMatch: Self.isPunctuation)
    case .delimiter(let bytes): Self.split(&text, .literal(bytes), .removed, isInverted: false)
    case .fixedLength(let length): Self.splitEvenly(&text, length)
    }
  }

  private static func split(
    _ text: inout WorkingText, _ pattern: SplitPattern, _ behavior: SplitBehavior, isInverted: Bool
  ) {
    // What lies between matches and the matches themselves all stay: there is nothing to merge.
    let keepsAll = behavior == .isolated
    // Matches that leave nothing between them are all that there is.
    let isWhole = if case .known(let known) = pattern { known.coversAll } else { false }
    let keepsMatches = isWhole && (behavior == .isolated || behavior == .removed && isInverted)
    var matches: [Range<Int>] = []
    text.split { bytes, piece, add in
      if keepsMatches {
        pattern.forEachMatch(in: bytes, piece.start, piece.end) { add($0, $1, -1) }
      } else if keepsAll {
        var place = piece.start
        pattern.forEachMatch(in: bytes, piece.start, piece.end) { start, end in
          add(place, start, -1)
          add(start, end, -1)
          place = end
        }
        add(place, piece.end, -1)
      } else {
        matches.removeAll(keepingCapacity: true)
        pattern.forEachMatch(in: bytes, piece.start, piece.end) { matches.append($0..<$1) }
        behavior.split(matches, piece.start, piece.end, isInverted: isInverted) { add($0, $1, -1) }
      }
    }
  }

  private static func split(_ text: inout WorkingText, _ behavior: SplitBehavior, isMatch: (UInt32) -> Bool) {
    var matches: [Range<Int>] = []
    text.split { bytes, piece, add in
      matches.removeAll(keepingCapacity: true)
      var place = piece.start
      while place < piece.end {
        let (value, length) = ByteString.scalar(bytes, place)
        if isMatch(value) { matches.append(place..<(place + length)) }
        place += length
      }
      behavior.split(matches, piece.start, piece.end) { add($0, $1, -1) }
    }
  }

  /// `\w+|[^\w\s]+`, of which the matches stay.
  private static func splitWords(_ text: inout WorkingText) {
    enum Kind { case word, sign, space }
    func kind(_ value: UInt32) -> Kind {
      if isWord(value) { return .word }
      return ScalarTable.shared.isSpace(value) ? .space : .sign
    }
    text.split { bytes, piece, add in
      var start = piece.start
      var last = Kind.space
      var place = piece.start
      while place < piece.end {
        let (value, length) = ByteString.scalar(bytes, place)
        let kind = kind(value)
        if kind != last {
          if last != .space { add(start, place, -1) }
          (start, last) = (place, kind)
        }
        place += length
      }
      if last != .space { add(start, piece.end, -1) }
    }
  }

  private static func splitEvenly(_ text: inout WorkingText, _ most: Int) {
    text.split { bytes, piece, add in
      var start = piece.start
      var count = 0
      var place = piece.start
      while place < piece.end {
        place += ByteString.length(bytes[place])
        count += 1
        if count == most {
          add(start, place, -1)
          (start, count) = (place, 0)
        }
      }
      add(start, piece.end, -1)
    }
  }

  private static func addPrefixSpaces(to text: inout WorkingText) {
    let isNeeded = text.pieces.contains { $0.token < 0 && text.bytes[$0.start] != 0x20 }
    guard isNeeded else { return }
    text.rewrite { piece in if piece.bytes.first != 0x20 { piece.prepend([0x20]) } }
  }

  private static func metaspace(
    _ text: inout WorkingText, _ replacement: [UInt8], _ scheme: PrependScheme, _ splits: Bool
  ) {
    text.rewrite { piece in
      piece.replace(.literal([0x20]), with: replacement)
      let isFirst = scheme == .always || scheme == .first && piece.shift == 0
      if isFirst, !piece.bytes.starts(with: replacement) { piece.prepend(replacement) }
    }
    if splits { split(&text, .literal(replacement), .mergedWithNext, isInverted: false) }
  }

  /// `\w` of the `regex` crate.
  static func isWord(_ value: UInt32) -> Bool {
    ScalarTable.shared.isWord(value) || value == 0x200C || value == 0x200D
  }

  /// `char::is_numeric` of Rust's standard library, which knows Unicode 17.
  private static func isNumeric(_ value: UInt32) -> Bool {
    if value < 0x80 { return (0x30...0x39).contains(value) }
    guard let scalar = Unicode.Scalar(value) else { return false }
    return CategorySet.numbers.contains(scalar.properties.generalCategory)
  }

  /// ASCII's punctuation with its symbols, and what was punctuation in Unicode 8.
  private static func isPunctuation(_ value: UInt32) -> Bool {
    let kinds = ScalarTable.shared.kinds(value)
    if value < 0x80 { return kinds & ScalarTable.Kinds.punctuationOrSymbol != 0 }
    // Two became other things since.
    if value == 0x166D || value == 0x111C9 { return true }
    guard kinds & ScalarTable.Kinds.punctuationOrSymbol != 0,
      CategorySet.punctuation.contains(place: ScalarTable.shared.category(value)),
      let age = Unicode.Scalar(value)?.properties.age
    else { return false }
    return age.major <= 8
  }
}
