/// Breaks a line into shorter ones: Python's `textwrap.wrap` as Jinja's `wordwrap` calls it.
struct TextWrap {
  let width: Int
  let breaksLongWords: Bool
  let breaksOnHyphens: Bool

  func lines(_ text: String) throws(Failure) -> [String] {
    guard width > 0 else { throw Failure(.value, "invalid width \(width) (must be > 0)") }
    let scalars = Array(text.unicodeScalars)
    var chunks = breaksOnHyphens ? Self.chunks(scalars) : Self.words(scalars)
    chunks.reverse()
    var lines: [String] = []
    while !chunks.isEmpty {
      var line: [ArraySlice<Unicode.Scalar>] = []
      var length = 0
      if !lines.isEmpty, let next = chunks.last, Self.isBlank(next) { chunks.removeLast() }
      while let next = chunks.last, length + next.count <= width {
        line.append(next)
        length += next.count
        chunks.removeLast()
      }
      if let next = chunks.last, next.count > width { breakWord(&chunks, next, &line, length) }
      if let last = line.last, Self.isBlank(last) { line.removeLast() }
      if !line.isEmpty { lines.append(String(String.UnicodeScalarView(line.joined()))) }
    }
    return lines
  }

  private func breakWord(
    _ chunks: inout [ArraySlice<Unicode.Scalar>], _ word: ArraySlice<Unicode.Scalar>,
    _ line: inout [ArraySlice<Unicode.Scalar>], _ length: Int
  ) {
    guard breaksLongWords else {
      if line.isEmpty {
        line.append(word)
        chunks.removeLast()
      }
      return
    }
    var end = width - length
    if breaksOnHyphens, word.count > end, let hyphen = word.prefix(end).lastIndex(of: "-"), hyphen > word.startIndex,
      word[..<hyphen].contains(where: { $0 != "-" })
    {
      end = hyphen - word.startIndex + 1
    }
    line.append(word.prefix(end))
    chunks[chunks.count - 1] = word.dropFirst(end)
  }

  private static func isBlank(_ chunk: ArraySlice<Unicode.Scalar>) -> Bool { chunk.allSatisfy(\.isPythonSpace) }

  /// What `textwrap` takes for white space: that of ASCII.
  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value == 0x20 || (scalar.value >= 0x09 && scalar.value <= 0x0D)
  }

  private static func words(_ scalars: [Unicode.Scalar]) -> [ArraySlice<Unicode.Scalar>] {
    var chunks: [ArraySlice<Unicode.Scalar>] = []
    var start = 0
    while start < scalars.count {
      let isBlank = isSpace(scalars[start])
      var end = start + 1
      while end < scalars.count, isSpace(scalars[end]) == isBlank { end += 1 }
      chunks.append(scalars[start..<end])
      start = end
    }
    return chunks
  }

  /// Words also end behind a hyphen between letters, and before and behind a dash of several hyphens.
  private static func chunks(_ scalars: [Unicode.Scalar]) -> [ArraySlice<Unicode.Scalar>] {
    var chunks: [ArraySlice<Unicode.Scalar>] = []
    for word in words(scalars) {
      guard let first = word.first, !isSpace(first) else {
        chunks.append(word)
        continue
      }
      var start = word.startIndex
      while start < word.endIndex {
        let end = chunkEnd(word, from: start)
        chunks.append(word[start..<end])
        start = end
      }
    }
    return chunks
  }

  private static func isWordOrQuote(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isPythonWord || "!\"'&.,?".unicodeScalars.contains(scalar)
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isPythonWord && !scalar.isPythonDecimal
  }

  private static func chunkEnd(_ word: ArraySlice<Unicode.Scalar>, from start: Int) -> Int {
    func at(_ place: Int) -> Unicode.Scalar? { word.indices.contains(place) ? word[place] : nil }
    func isLetterAt(_ place: Int) -> Bool { at(place).map(isLetter) ?? false }
    /// Whether a dash stands here with a word behind it; gives its end.
    func dashEnd(_ place: Int) -> Int? {
      guard place > word.startIndex, at(place - 1).map(isWordOrQuote) == true, at(place) == "-", at(place + 1) == "-"
      else { return nil }
      var end = place
      while at(end) == "-" { end += 1 }
      return at(end).map(\.isPythonWord) == true ? end : nil
    }
    if let end = dashEnd(start) { return end }
    var end = start + 1
    while end < word.endIndex {
      // A hyphen inside a word.
      if word[end] == "-" {
        let before =
          isLetterAt(end - 1) && (isLetterAt(end - 2) || (at(end - 2) == "-" && isLetterAt(end - 3)))
        let after = isLetterAt(end + 1) && (isLetterAt(end + 2) || (at(end + 2) == "-" && isLetterAt(end + 3)))
        if before, after { return end + 1 }
      }
      if dashEnd(end) != nil { return end }
      end += 1
    }
    return word.endIndex
  }
}
