/// The words of a text in lower case, each with a hash: what texts are compared by.
///
/// A word is a run of letters and digits; an apostrophe within one (`don't`) and a point or comma between digits
/// (`1,000.5`) belong to it. In scripts without spaces each sign is a word. Hashes are the same on every machine.
struct WordList {
  struct Word {
    /// UTF-8 offsets in `bytes`.
    var range: Range<Int>
    var hash: UInt64
    /// Whether it begins with a digit.
    var isNumber: Bool
  }

  /// The words in lower case, each followed by one space.
  private(set) var bytes: [UInt8] = []
  private(set) var words: [Word] = []

  init(_ text: String) { append(text) }

  /// Adds the words of another text behind these.
  mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { read($0) }
  }

  /// The word itself, in lower case.
  func text(of word: Word) -> String { String(decoding: bytes[word.range], as: UTF8.self) }

  /// The word that begins at a UTF-8 offset of `bytes`, if one does.
  func word(at offset: Int) -> Word? {
    var low = 0
    var high = words.count
    while low < high {
      let middle = (low + high) / 2
      if words[middle].range.lowerBound < offset { low = middle + 1 } else { high = middle }
    }
    return low < words.count && words[low].range.lowerBound == offset ? words[low] : nil
  }

  // ASCII is most of what is read, so it never reaches the slow Unicode tables.
  private mutating func read(_ text: UnsafeBufferPointer<UInt8>) {
    bytes.reserveCapacity(bytes.count + text.count + 16)
    var start = -1
    var isNumber = false
    var at = 0
    while at < text.count {
      let byte = text[at]
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
        open(&start, &isNumber, first: byte)
        bytes.append(byte)
        at += 1
      case UInt8(ascii: "A")...UInt8(ascii: "Z"):
        open(&start, &isNumber, first: byte)
        bytes.append(byte | 0x20)
        at += 1
      case 0x80...:
        let (scalar, width) = Self.decode(text, at)
        at += width
        guard let scalar, !scalar.properties.isDefaultIgnorableCodePoint else { continue }
        if scalar == "\u{2019}" {
          joinApostrophe(&start, next: at < text.count ? text[at] : 0)
        } else if Self.belongsToWord(scalar) {
          let isDense = TextScript.isWrittenWithoutSpaces(scalar)
          if isDense { close(&start, isNumber) }
          open(&start, &isNumber, first: 0)
          for lower in scalar.properties.lowercaseMapping.utf8 { bytes.append(lower) }
          if isDense { close(&start, isNumber) }
        } else {
          close(&start, isNumber)
        }
      case UInt8(ascii: "'"):
        at += 1
        joinApostrophe(&start, next: at < text.count ? text[at] : 0)
        if start < 0 || bytes.last != byte { close(&start, isNumber) }
      case UInt8(ascii: "."), UInt8(ascii: ","):
        let between =
          start >= 0 && isNumber && Self.isDigit(bytes.last ?? 0) && at + 1 < text.count && Self.isDigit(text[at + 1])
        if between {
          // Thousands are written with and without commas: they don't make another number.
          if byte == UInt8(ascii: ".") { bytes.append(byte) }
        } else {
          close(&start, isNumber)
        }
        at += 1
      default:
        close(&start, isNumber)
        at += 1
      }
    }
    close(&start, isNumber)
  }

  private mutating func open(_ start: inout Int, _ isNumber: inout Bool, first: UInt8) {
    guard start < 0 else { return }
    start = bytes.count
    isNumber = Self.isDigit(first)
  }

  private mutating func close(_ start: inout Int, _ isNumber: Bool) {
    guard start >= 0 else { return }
    if bytes.last == UInt8(ascii: "'") { bytes.removeLast() }
    words.append(Word(range: start..<bytes.count, hash: Self.hash(bytes[start...]), isNumber: isNumber))
    bytes.append(UInt8(ascii: " "))
    start = -1
  }

  private mutating func joinApostrophe(_ start: inout Int, next: UInt8) {
    let continues = (next | 0x20) >= UInt8(ascii: "a") && (next | 0x20) <= UInt8(ascii: "z") || next >= 0x80
    if start >= 0, continues { bytes.append(UInt8(ascii: "'")) }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

  private static func belongsToWord(_ scalar: Unicode.Scalar) -> Bool {
    let properties = scalar.properties
    if properties.isAlphabetic || properties.numericType != nil { return true }
    switch properties.generalCategory {
    case .nonspacingMark, .spacingMark: return true
    default: return false
    }
  }

  private static func decode(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> (Unicode.Scalar?, Int) {
    let first = text[at]
    let width = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    guard at + width <= text.count else { return (nil, text.count - at) }
    var value = UInt32(first) & (0x7F >> UInt32(width))
    for index in 1..<width { value = value << 6 | UInt32(text[at + index] & 0x3F) }
    return (Unicode.Scalar(value), width)
  }

  /// FNV-1a over 64 bits with a last mixing step, since few bytes leave its upper bits poor.
  static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return mixed(hash)
  }

  /// Spreads every bit over all others (the finaliser of SplitMix64).
  static func mixed(_ value: UInt64) -> UInt64 {
    var value = value
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }
}
