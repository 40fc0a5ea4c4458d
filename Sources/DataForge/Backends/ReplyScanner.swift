/// Reads one array or object from the middle of a text, as models write them, and puts it right on the way.
///
/// Put right: a comma before a closing bracket, control characters within strings, and escapes that JSON does not know
/// (`\(` is a backslash and a bracket, `\'` an apostrophe). It checks the structure; the parser checks the rest.
struct ReplyScanner {
  /// How a scan came to its end.
  enum End: Hashable {
    case complete
    /// The text ended first.
    case cutOff
    /// This is no JSON.
    case broken
  }

  static let brace = UInt8(ascii: "{")
  static let bracket = UInt8(ascii: "[")
  private static let deepest = 128

  private enum Expectation { case value, valueOrEnd, key, keyOrEnd, colon, commaOrEnd }

  private let bytes: [UInt8]
  /// What was read, put right.
  private(set) var output: [UInt8] = []
  /// The first byte that was not read.
  private(set) var position = 0
  /// The open brackets, outermost first.
  private var open: [UInt8] = []
  private var openArrays = 0
  private var comma = false
  private var expectation = Expectation.value
  /// The output after the last complete element of an outermost array, and what was open there.
  private var safe: (length: Int, open: [UInt8])?

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Reads the value that begins with the bracket at `start`.
  mutating func scan(from start: Int) -> End {
    output.removeAll(keepingCapacity: true)
    open.removeAll(keepingCapacity: true)
    position = start
    openArrays = 0
    comma = false
    safe = nil
    expectation = .value
    repeat {
      while position < bytes.count, Self.isBlank(bytes[position]) { position += 1 }
      guard position < bytes.count else { return .cutOff }
      if let end = step(bytes[position]) { return end }
    } while !open.isEmpty
    return .complete
  }

  /// What was read up to the last complete element of an outermost array, with all brackets closed.
  func completeElements() -> [UInt8]? {
    safe.map { safe in
      output[..<safe.length] + safe.open.reversed().map { $0 == Self.brace ? UInt8(ascii: "}") : UInt8(ascii: "]") }
    }
  }

  /// Reads one token; gives how the scan ends, if it does.
  private mutating func step(_ byte: UInt8) -> End? {
    switch (byte, expectation) {
    case (Self.brace, .value), (Self.brace, .valueOrEnd), (Self.bracket, .value), (Self.bracket, .valueOrEnd):
      return opens(byte)
    case (UInt8(ascii: "}"), .keyOrEnd), (UInt8(ascii: "}"), .commaOrEnd):
      return closes(Self.brace, byte)
    case (UInt8(ascii: "]"), .valueOrEnd), (UInt8(ascii: "]"), .commaOrEnd):
      return closes(Self.bracket, byte)
    case (UInt8(ascii: ","), .commaOrEnd):
      comma = true
      position += 1
      expectation = open.last == Self.brace ? .keyOrEnd : .valueOrEnd
      return nil
    case (UInt8(ascii: ":"), .colon):
      output.append(byte)
      position += 1
      expectation = .value
      return nil
    case (UInt8(ascii: "\""), .key), (UInt8(ascii: "\""), .keyOrEnd):
      return string()
        ?? {
          expectation = .colon; return nil
        }()
    case (UInt8(ascii: "\""), .value), (UInt8(ascii: "\""), .valueOrEnd):
      return string() ?? elementEnds()
    case (_, .value), (_, .valueOrEnd):
      return literal() ?? elementEnds()
    default:
      return .broken
    }
  }

  private mutating func opens(_ byte: UInt8) -> End? {
    guard open.count < Self.deepest else { return .broken }
    flushComma()
    output.append(byte)
    open.append(byte)
    if byte == Self.bracket { openArrays += 1 }
    position += 1
    expectation = byte == Self.brace ? .keyOrEnd : .valueOrEnd
    return nil
  }

  private mutating func closes(_ opener: UInt8, _ byte: UInt8) -> End? {
    guard open.last == opener else { return .broken }
    // A comma before the bracket is left out.
    comma = false
    output.append(byte)
    open.removeLast()
    position += 1
    if opener == Self.bracket {
      openArrays -= 1
      if openArrays == 0, safe != nil { safe = (output.count, open) }
    }
    return elementEnds()
  }

  private mutating func elementEnds() -> End? {
    expectation = .commaOrEnd
    if openArrays == 1, open.last == Self.bracket { safe = (output.count, open) }
    return nil
  }

  private mutating func flushComma() {
    if comma { output.append(UInt8(ascii: ",")) }
    comma = false
  }

  private mutating func literal() -> End? {
    let start = position
    while position < bytes.count, Self.isLiteral(bytes[position]) { position += 1 }
    // At the end of the text a number may lack digits.
    guard position < bytes.count else { return .cutOff }
    let word = bytes[start..<position]
    guard let first = word.first else { return .broken }
    let isNumber = first == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first)
    guard isNumber || Self.words.contains(Array(word)) else { return .broken }
    flushComma()
    output += word
    return nil
  }

  private mutating func string() -> End? {
    flushComma()
    output.append(bytes[position])
    position += 1
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        output.append(byte)
        return nil
      case UInt8(ascii: "\\"):
        guard position < bytes.count else { return .cutOff }
        escape(bytes[position])
      case 0..<0x20: output += Self.escaped(byte)
      default: output.append(byte)
      }
    }
    return .cutOff
  }

  /// Reads what follows a backslash.
  private mutating func escape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "'"):
      output.append(byte)
      position += 1
    case UInt8(ascii: "u") where !hasFourDigits(position + 1): output += Array("\\\\".utf8)
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"), UInt8(ascii: "u"):
      output += [UInt8(ascii: "\\"), byte]
      position += 1
    default: output += Array("\\\\".utf8)
    }
  }

  private func hasFourDigits(_ start: Int) -> Bool {
    start + 4 <= bytes.count && bytes[start..<start + 4].allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
  }

  private static func escaped(_ byte: UInt8) -> [UInt8] {
    switch byte {
    case 0x0A: return Array("\\n".utf8)
    case 0x0D: return Array("\\r".utf8)
    case 0x09: return Array("\\t".utf8)
    default: return Array("\\u00\(byte < 0x10 ? "0" : "")\(String(byte, radix: 16))".utf8)
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }

  private static func isLiteral(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."):
      true
    default: false
    }
  }

  private static let words = ["true", "false", "null"].map { Array($0.utf8) }
}
