/// What stands between the braces.
extension Lexer {
  /// Reads a tag up to and with its end; the template may also end within it.
  mutating func readTag(isBlock: Bool) throws(SyntaxFailure) {
    while at < source.count {
      if isBalanced, endsTag(isBlock: isBlock) { return }
      let start = at
      let byte = source[at]
      if byte >= 0x80 || Unicode.Scalar(byte).isPythonSpace {
        let end = skippingSpace(from: at)
        if end > at {
          at = end
          continue
        }
      }
      if isDigit(byte) {
        try readNumber()
      } else if isNameByte(byte) {
        readName()
      } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        try readString(byte)
      } else if let symbol = symbol() {
        at += symbol.rawValue.utf8.count
        try noteBracket(symbol, at: start)
        add(.symbol(symbol), at: start)
      } else {
        throw unexpected(at: start)
      }
    }
  }

  private func unexpected(at place: Int) -> SyntaxFailure {
    let text = scalar(at: place).map { String($0.0) } ?? ""
    let position = String(decoding: source[..<place], as: UTF8.self).codePointCount
    return SyntaxFailure(message: "unexpected char \(PythonRepr.quoted(text)) at \(position)", at: place)
  }

  private mutating func endsTag(isBlock: Bool) -> Bool {
    let start = at
    if isBlock {
      let sign = source[at]
      let hasSign = sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+")
      guard has("%}", at: hasSign ? at + 1 : at) else { return false }
      add(.blockEnd, at: start)
      at += hasSign ? 3 : 2
      endTag(sign: hasSign ? sign : 0)
      return true
    }
    let stripping = source[at] == UInt8(ascii: "-")
    guard has("}}", at: stripping ? at + 1 : at) else { return false }
    add(.variableEnd, at: start)
    at += stripping ? 3 : 2
    endVariable(stripping: stripping)
    return true
  }

  private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  private func isNameByte(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte == UInt8(ascii: "_") || isDigit(byte) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A)
  }

  private mutating func readName() {
    let start = at
    while at < source.count, isNameByte(source[at]) {
      if source[at] >= 0x80, skippingSpace(from: at) > at { break }
      at += 1
    }
    add(.name(String(decoding: source[start..<at], as: UTF8.self)), at: start)
  }

  private func symbol() -> Token.Symbol? {
    if at + 1 < source.count,
      let symbol = Token.Symbol(rawValue: String(decoding: source[at...(at + 1)], as: UTF8.self))
    {
      return symbol
    }
    return Token.Symbol(rawValue: String(Unicode.Scalar(source[at])))
  }

  // MARK: numbers

  private mutating func readNumber() throws(SyntaxFailure) {
    let start = at
    if (start == 0 || source[start - 1] != UInt8(ascii: ".")), let end = floatEnd(from: start) {
      let text = digits(start, end)
      at = end
      add(.float(Double(text) ?? .infinity), at: start)
      return
    }
    let end = integerEnd(from: start)
    at = end
    add(.integer(digits(start, end)), at: start)
  }

  private func digits(_ start: Int, _ end: Int) -> String {
    String(decoding: source[start..<end].filter { $0 != UInt8(ascii: "_") }, as: UTF8.self)
  }

  /// The end of digits that single underscores may part; `nil` where no digit stands.
  private func digitsEnd(from start: Int, _ isDigit: (UInt8) -> Bool) -> Int? {
    guard start < source.count, isDigit(source[start]) else { return nil }
    var end = start + 1
    while end < source.count {
      if isDigit(source[end]) {
        end += 1
      } else if source[end] == UInt8(ascii: "_"), end + 1 < source.count, isDigit(source[end + 1]) {
        end += 2
      } else {
        break
      }
    }
    return end
  }

  private func floatEnd(from start: Int) -> Int? {
    guard var end = digitsEnd(from: start, isDigit) else { return nil }
    var isFloat = false
    if end < source.count, source[end] == UInt8(ascii: "."), let fraction = digitsEnd(from: end + 1, isDigit) {
      end = fraction
      isFloat = true
    }
    if end < source.count, source[end] | 0x20 == UInt8(ascii: "e") {
      var digits = end + 1
      if digits < source.count, source[digits] == UInt8(ascii: "+") || source[digits] == UInt8(ascii: "-") {
        digits += 1
      }
      if let exponent = digitsEnd(from: digits, isDigit) {
        end = exponent
        isFloat = true
      }
    }
    return isFloat ? end : nil
  }

  private func integerEnd(from start: Int) -> Int {
    if source[start] == 0x30, start + 1 < source.count {
      let isBaseDigit: ((UInt8) -> Bool)? =
        switch source[start + 1] | 0x20 {
        case UInt8(ascii: "b"): { $0 == 0x30 || $0 == 0x31 }
        case UInt8(ascii: "o"): { $0 >= 0x30 && $0 <= 0x37 }
        case UInt8(ascii: "x"):
          { ($0 >= 0x30 && $0 <= 0x39) || ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x66) }
        default: nil
        }
      if let isBaseDigit {
        let first = start + 2
        let skipped = first < source.count && source[first] == UInt8(ascii: "_") ? first + 1 : first
        if let end = digitsEnd(from: skipped, isBaseDigit) { return end }
      }
    }
    // A leading zero takes nothing but zeros.
    if source[start] == 0x30 { return digitsEnd(from: start) { $0 == 0x30 } ?? start + 1 }
    return digitsEnd(from: start, isDigit) ?? start + 1
  }

  // MARK: strings

  private mutating func readString(_ quote: UInt8) throws(SyntaxFailure) {
    let start = at
    var end = at + 1
    while end < source.count, source[end] != quote {
      end += source[end] == UInt8(ascii: "\\") ? 2 : 1
    }
    guard end < source.count else { throw unexpected(at: start) }
    at = end + 1
    let literal = String(decoding: source[(start + 1)..<end], as: UTF8.self)
    do {
      add(.string(try StringLiteral.unescaped(literal)), at: start)
    } catch {
      throw SyntaxFailure(message: error.message, at: start)
    }
  }
}
