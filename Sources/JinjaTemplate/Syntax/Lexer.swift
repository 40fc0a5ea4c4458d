/// Cuts a template into tokens, with `trim_blocks` and `lstrip_blocks` as chat templates have them.
struct Lexer {
  let source: [UInt8]
  var at = 0
  private(set) var tokens: [Token] = []
  /// Whether what stands before `at` ended a line; the start of the template counts.
  private var isLineStart = true
  /// The brackets that are open within a tag.
  private var brackets: [Token.Symbol] = []

  private static let tagBegins = UInt8(ascii: "{")

  init(_ source: String) { self.source = Self.normalized(source) }

  /// Every line break becomes `\n`, and one at the very end goes.
  private static func normalized(_ source: String) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(source.utf8.count)
    var wasReturn = false
    for byte in source.utf8 {
      if byte == UInt8(ascii: "\r") {
        bytes.append(UInt8(ascii: "\n"))
      } else if byte != UInt8(ascii: "\n") || !wasReturn {
        bytes.append(byte)
      }
      wasReturn = byte == UInt8(ascii: "\r")
    }
    if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
    return bytes
  }

  /// Reads the whole template.
  mutating func tokenize() throws(SyntaxFailure) -> [Token] {
    while at < source.count { try readRoot() }
    add(.end, at: source.count)
    return tokens
  }

  mutating func add(_ kind: Token.Kind, at place: Int) { tokens.append(Token(kind: kind, at: place)) }

  func has(_ text: StaticString, at place: Int) -> Bool {
    let length = text.utf8CodeUnitCount
    guard place + length <= source.count else { return false }
    for offset in 0..<length where source[place + offset] != text.utf8Start[offset] { return false }
    return true
  }

  // MARK: text between tags

  private mutating func readRoot() throws(SyntaxFailure) {
    let start = at
    var place = at
    while place + 1 < source.count {
      if source[place] == Self.tagBegins {
        let next = source[place + 1]
        if next == UInt8(ascii: "%") || next == UInt8(ascii: "{") || next == UInt8(ascii: "#") { break }
      }
      place += 1
    }
    guard place + 1 < source.count else {
      addData(start, source.count)
      at = source.count
      return
    }
    let tag = source[place + 1]
    if tag == UInt8(ascii: "%"), let raw = rawBegin(at: place) {
      addText(start, place, sign: raw.sign, isVariable: false)
      try readRaw(from: raw.end, tagAt: place)
      return
    }
    let sign = place + 2 < source.count ? source[place + 2] : 0
    let hasSign = sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+")
    addText(start, place, sign: hasSign ? sign : 0, isVariable: tag == UInt8(ascii: "{"))
    at = place + 2 + (hasSign ? 1 : 0)
    isLineStart = false
    switch tag {
    case UInt8(ascii: "#"): try skipComment(tagAt: place)
    case UInt8(ascii: "%"):
      add(.blockBegin, at: place)
      try readTag(isBlock: true)
    default:
      add(.variableBegin, at: place)
      try readTag(isBlock: false)
    }
  }

  /// Adds the text before a tag, without the white space that the tag takes away.
  private mutating func addText(_ start: Int, _ end: Int, sign: UInt8, isVariable: Bool) {
    var stop = end
    if sign == UInt8(ascii: "-") {
      stop = strippedEnd(start, end)
    } else if sign != UInt8(ascii: "+"), !isVariable {
      let line = (source[start..<end].lastIndex(of: UInt8(ascii: "\n")) ?? start - 1) + 1
      if line > start || isLineStart, line < end, strippedEnd(line, end) == line { stop = line }
    }
    addData(start, stop)
  }

  private mutating func addData(_ start: Int, _ end: Int) {
    guard start < end else { return }
    add(.data(String(decoding: source[start..<end], as: UTF8.self)), at: start)
  }

  private func strippedEnd(_ start: Int, _ end: Int) -> Int {
    let text = String(decoding: source[start..<end], as: UTF8.self)
    return start + PythonText.stripped(text, of: nil, front: false, back: true).utf8.count
  }

  /// The offset behind all white space from a place on.
  func skippingSpace(from start: Int) -> Int {
    var place = start
    while place < source.count {
      if source[place] < 0x80 {
        guard Unicode.Scalar(source[place]).isPythonSpace else { break }
        place += 1
      } else {
        guard let (scalar, length) = scalar(at: place), scalar.isPythonSpace else { break }
        place += length
      }
    }
    return place
  }

  func scalar(at place: Int) -> (Unicode.Scalar, Int)? {
    let end = min(place + 4, source.count)
    guard let scalar = String(decoding: source[place..<end], as: UTF8.self).unicodeScalars.first else { return nil }
    return (scalar, UTF8.width(scalar))
  }

  private mutating func skipComment(tagAt place: Int) throws(SyntaxFailure) {
    let start = at
    // Jinja lets a template end right behind the tag.
    guard start < source.count else { return }
    while at < source.count {
      if has("#}", at: at) { break }
      at += 1
    }
    guard at < source.count else {
      throw SyntaxFailure(message: "Missing end of comment tag", at: place)
    }
    // A sign belongs to the end where it does not belong to the begin.
    let sign = at > start ? source[at - 1] : 0
    at += 2
    endTag(sign: sign)
  }

  /// Takes the white space behind a tag that its sign or `trim_blocks` asks for.
  mutating func endTag(sign: UInt8) {
    isLineStart = false
    if sign == UInt8(ascii: "-") {
      let start = at
      at = skippingSpace(from: at)
      isLineStart = at > start && source[at - 1] == UInt8(ascii: "\n")
    } else if sign != UInt8(ascii: "+"), at < source.count, source[at] == UInt8(ascii: "\n") {
      at += 1
      isLineStart = true
    }
  }

  /// Ends a print statement, behind which nothing is trimmed unless it asks for it.
  mutating func endVariable(stripping: Bool) {
    isLineStart = false
    if stripping {
      let start = at
      at = skippingSpace(from: at)
      isLineStart = at > start && source[at - 1] == UInt8(ascii: "\n")
    }
  }

  // MARK: raw

  /// Recognises `{% raw %}`; gives its sign and where its content begins.
  private func rawBegin(at place: Int) -> (sign: UInt8, end: Int)? {
    guard let (sign, end) = tag("raw", at: place) else { return nil }
    if has("-%}", at: end) { return (sign, skippingSpace(from: end + 3)) }
    if has("%}", at: end) { return (sign, end + 2) }
    return nil
  }

  /// Recognises the begin of a tag with one word; gives its sign and where the word ends, behind white space.
  private func tag(_ word: StaticString, at place: Int) -> (sign: UInt8, end: Int)? {
    guard has("{%", at: place) else { return nil }
    var end = place + 2
    var sign: UInt8 = 0
    if end < source.count, source[end] == UInt8(ascii: "-") || source[end] == UInt8(ascii: "+") {
      sign = source[end]
      end += 1
    }
    end = skippingSpace(from: end)
    guard has(word, at: end) else { return nil }
    return (sign, skippingSpace(from: end + word.utf8CodeUnitCount))
  }

  private mutating func readRaw(from start: Int, tagAt place: Int) throws(SyntaxFailure) {
    // Jinja lets a template end right behind the tag.
    guard start < source.count else {
      at = start
      return
    }
    isLineStart = start > place && source[start - 1] == UInt8(ascii: "\n")
    var end = start
    while end < source.count {
      if source[end] == Self.tagBegins, let (sign, close) = tag("endraw", at: end) {
        let closing: (sign: UInt8, length: Int)? =
          has("+%}", at: close)
          ? (UInt8(ascii: "+"), 3)
          : has("-%}", at: close) ? (UInt8(ascii: "-"), 3) : has("%}", at: close) ? (0, 2) : nil
        if let closing {
          addText(start, end, sign: sign, isVariable: false)
          at = close + closing.length
          endTag(sign: closing.sign)
          return
        }
      }
      end += 1
    }
    throw SyntaxFailure(message: "Missing end of raw directive", at: place)
  }

  // MARK: brackets

  /// Whether the end of a tag may stand here: no bracket is open.
  var isBalanced: Bool { brackets.isEmpty }

  mutating func noteBracket(_ symbol: Token.Symbol, at place: Int) throws(SyntaxFailure) {
    switch symbol {
    case .leftBrace: brackets.append(.rightBrace)
    case .leftParenthesis: brackets.append(.rightParenthesis)
    case .leftBracket: brackets.append(.rightBracket)
    case .rightBrace, .rightParenthesis, .rightBracket:
      guard let expected = brackets.popLast() else {
        throw SyntaxFailure(message: "unexpected '\(symbol.rawValue)'", at: place)
      }
      guard expected == symbol else {
        throw SyntaxFailure(message: "unexpected '\(symbol.rawValue)', expected '\(expected.rawValue)'", at: place)
      }
    default: break
    }
  }
}
