/// A line's words as a hash in which every number counts the same, and the numbers in it.
///
/// Roman numerals that stand alone count as numbers too: front matter is numbered with them.
struct DigitFold {
  private(set) var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  /// At most eight, each below a million.
  private(set) var numbers: [Int] = []
  /// Letters outside numbers.
  private(set) var letters = 0
  /// The number with which the line begins, and that with which it ends, where it does.
  var outer: [Int] { (isFirst ? numbers.prefix(1) : []) + (isLast ? numbers.suffix(1) : []) }

  /// No letter stands before the first number, none behind the last.
  private var isFirst = false
  private var isLast = false

  private var word: [UInt8] = []

  /// Adds a fragment's text; its end ends a word.
  mutating func add(_ text: ArraySlice<UInt8>) {
    for byte in text {
      if byte == 0x20 {
        endWord()
      } else {
        word.append(byte)
      }
    }
    endWord()
  }

  /// To be called once all is added.
  mutating func finish() { endWord() }

  private mutating func endWord() {
    guard !word.isEmpty else { return }
    defer { word.removeAll(keepingCapacity: true) }
    if let roman = Self.roman(word) {
      note(roman)
      mix(UInt8(ascii: "#"))
      return mix(0x20)
    }
    var number: Int?
    for byte in word {
      if byte >= 0x30 && byte <= 0x39 {
        number = min((number ?? 0) * 10 + Int(byte - 0x30), 1_000_000)
        continue
      }
      if let ended = number {
        note(ended)
        mix(UInt8(ascii: "#"))
        number = nil
      }
      if byte >= 0x80 || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) {
        letters += 1
        isLast = false
      }
      mix(byte)
    }
    if let ended = number {
      note(ended)
      mix(UInt8(ascii: "#"))
    }
    mix(0x20)
  }

  private mutating func note(_ number: Int) {
    guard numbers.count < 8 && number < 1_000_000 else { return }
    if numbers.isEmpty { isFirst = letters == 0 }
    isLast = true
    numbers.append(number)
  }

  private mutating func mix(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }

  /// The value of a lower-case roman numeral; upper case would take words such as `MIX` and initials.
  private static func roman(_ word: [UInt8]) -> Int? {
    guard word.count <= 8 else { return nil }
    var total = 0
    var last = 0
    for byte in word.reversed() {
      let value: Int
      switch byte {
      case UInt8(ascii: "i"): value = 1
      case UInt8(ascii: "v"): value = 5
      case UInt8(ascii: "x"): value = 10
      case UInt8(ascii: "l"): value = 50
      case UInt8(ascii: "c"): value = 100
      default: return nil
      }
      total += value < last ? -value : value
      last = max(last, value)
    }
    return total
  }
}
