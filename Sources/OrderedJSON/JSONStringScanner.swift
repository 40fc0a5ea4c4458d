/// A key with a mark that differs wherever two keys of the same length differ in their first or last eight bytes.
struct ScannedKey {
  var text: String
  var mark: UInt64
}

/// Reads strings, eight bytes at a time; short ones that come again and again are made once.
struct JSONStringScanner: ~Copyable {
  private var cache: ShortStringCache
  /// Where strings with escapes are put together.
  private var room: UnsafeMutableRawPointer
  private var capacity: Int

  /// - Parameter keptStrings: how many short strings are kept at most; a power of two.
  init(keptStrings: Int) {
    cache = ShortStringCache(slots: keptStrings)
    capacity = 1024
    room = .allocate(byteCount: capacity, alignment: 8)
  }

  deinit { room.deallocate() }

  /// Reads a string; `at` is at its opening quote and ends after the closing one.
  @inline(__always)
  mutating func value(_ text: JSONText, at: inout Int) throws(JSONFailure) -> String {
    let bytes = try scan(text, at: &at)
    if bytes.count <= 15, !bytes.hasHighBit { return cache.find(bytes).text }
    return bytes.makeString()
  }

  /// Reads a string that is a key.
  @inline(__always)
  mutating func key(_ text: JSONText, at: inout Int) throws(JSONFailure) -> ScannedKey {
    cache.find(try scan(text, at: &at))
  }

  @inline(__always)
  private mutating func scan(_ text: JSONText, at: inout Int) throws(JSONFailure) -> ScannedBytes {
    let start = at + 1
    var high: UInt64 = 0
    var here = start
    while here + 8 <= text.end {
      let word = text.word(at: here)
      let special = WordScan.special(word)
      if special == 0 {
        high |= word
        here += 8
        continue
      }
      high |= word & (special & (0 &- special) &- 1)
      here += special.trailingZeroBitCount >> 3
      if text[here] == UInt8(ascii: "\"") {
        if high & WordScan.highBits != 0 { try UTF8Check.check(text, start..<here) }
        at = here + 1
        return ScannedBytes(
          start: text.pointer(at: start), count: here - start, hasHighBit: high & WordScan.highBits != 0)
      }
      break
    }
    return try scanSlowly(text, from: start, to: here, at: &at)
  }

  /// The rest of a string that has escapes or lies at the end of the text; the bytes up to `plainEnd` are plain.
  @inline(never)
  private mutating func scanSlowly(
    _ text: JSONText, from start: Int, to plainEnd: Int, at: inout Int
  ) throws(JSONFailure) -> ScannedBytes {
    var high = false
    var count = plainEnd - start
    reserve(count + 16)
    room.copyMemory(from: text.base + start, byteCount: count)
    for offset in 0..<count where text[start + offset] >= 0x80 {
      high = true
      break
    }
    var here = plainEnd
    var highWord: UInt64 = 0
    while true {
      if count + 16 > capacity { reserve(count + 16) }
      if here + 8 <= text.end {
        let word = text.word(at: here)
        room.storeBytes(of: word.littleEndian, toByteOffset: count, as: UInt64.self)
        let special = WordScan.special(word)
        if special == 0 {
          highWord |= word
          here += 8
          count += 8
          continue
        }
        highWord |= word & (special & (0 &- special) &- 1)
        let plain = special.trailingZeroBitCount >> 3
        here += plain
        count += plain
      }
      guard here < text.end else { throw JSONFailure(reason: .unterminatedString, offset: start - 1) }
      let byte = text[here]
      if byte == UInt8(ascii: "\"") { break }
      if byte == UInt8(ascii: "\\") {
        try escape(text, at: &here, count: &count, high: &high)
      } else if byte < 0x20 {
        throw JSONFailure(reason: .controlCharacter(byte), offset: here)
      } else {
        if byte >= 0x80 { high = true }
        room.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
        here += 1
        count += 1
      }
    }
    if highWord & WordScan.highBits != 0 { high = true }
    if high { try UTF8Check.check(text, start..<here) }
    at = here + 1
    return ScannedBytes(start: UnsafePointer(room.assumingMemoryBound(to: UInt8.self)), count: count, hasHighBit: high)
  }

  /// Reads one escape at `here` and puts what it stands for into the room, which has place for it.
  @inline(__always)
  private func escape(
    _ text: JSONText, at here: inout Int, count: inout Int, high: inout Bool
  ) throws(JSONFailure) {
    guard here + 1 < text.end else { throw JSONFailure(reason: .unexpectedEnd, offset: text.end) }
    let plain: UInt8
    switch text[here + 1] {
    case UInt8(ascii: "n"): plain = 0x0A
    case UInt8(ascii: "\""): plain = 0x22
    case UInt8(ascii: "\\"): plain = 0x5C
    case UInt8(ascii: "t"): plain = 0x09
    case UInt8(ascii: "r"): plain = 0x0D
    case UInt8(ascii: "/"): plain = 0x2F
    case UInt8(ascii: "b"): plain = 0x08
    case UInt8(ascii: "f"): plain = 0x0C
    case UInt8(ascii: "u"):
      let scalar = try unicodeEscape(text, at: &here)
      if scalar >= 0x80 { high = true }
      count += Self.store(scalar, at: room + count)
      return
    default: throw JSONFailure(reason: .badEscape, offset: here)
    }
    room.storeBytes(of: plain, toByteOffset: count, as: UInt8.self)
    count += 1
    here += 2
  }

  /// Reads `\uXXXX`, or two of them that make a surrogate pair.
  private func unicodeEscape(_ text: JSONText, at here: inout Int) throws(JSONFailure) -> UInt32 {
    let start = here
    let first = try hexadecimal(text, at: here + 2, escapeAt: start)
    here += 6
    guard (0xD800..<0xE000).contains(first) else { return first }
    guard first < 0xDC00, here + 1 < text.end, text[here] == UInt8(ascii: "\\"), text[here + 1] == UInt8(ascii: "u")
    else { throw JSONFailure(reason: .loneSurrogate, offset: start) }
    let second = try hexadecimal(text, at: here + 2, escapeAt: here)
    guard (0xDC00..<0xE000).contains(second) else { throw JSONFailure(reason: .loneSurrogate, offset: start) }
    here += 6
    return 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
  }

  private func hexadecimal(_ text: JSONText, at: Int, escapeAt: Int) throws(JSONFailure) -> UInt32 {
    guard at + 4 <= text.end else { throw JSONFailure(reason: .badUnicodeEscape, offset: escapeAt) }
    var value: UInt32 = 0
    for offset in 0..<4 {
      let byte = text[at + offset]
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - 0x30
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - 0x57
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - 0x37
      default: throw JSONFailure(reason: .badUnicodeEscape, offset: escapeAt)
      }
      value = value << 4 | UInt32(digit)
    }
    return value
  }

  /// Writes a code point as UTF-8 and returns how many bytes it took.
  private static func store(_ scalar: UInt32, at place: UnsafeMutableRawPointer) -> Int {
    func put(_ value: UInt32, _ offset: Int) {
      place.storeBytes(of: UInt8(truncatingIfNeeded: value), toByteOffset: offset, as: UInt8.self)
    }
    switch scalar {
    case 0..<0x80:
      put(scalar, 0)
      return 1
    case 0x80..<0x800:
      put(0xC0 | scalar >> 6, 0)
      put(0x80 | scalar & 0x3F, 1)
      return 2
    case 0x800..<0x10000:
      put(0xE0 | scalar >> 12, 0)
      put(0x80 | scalar >> 6 & 0x3F, 1)
      put(0x80 | scalar & 0x3F, 2)
      return 3
    default:
      put(0xF0 | scalar >> 18, 0)
      put(0x80 | scalar >> 12 & 0x3F, 1)
      put(0x80 | scalar >> 6 & 0x3F, 2)
      put(0x80 | scalar & 0x3F, 3)
      return 4
    }
  }

  private mutating func reserve(_ wanted: Int) {
    guard wanted > capacity else { return }
    var larger = capacity
    while larger < wanted { larger *= 2 }
    let fresh = UnsafeMutableRawPointer.allocate(byteCount: larger, alignment: 8)
    fresh.copyMemory(from: room, byteCount: capacity)
    room.deallocate()
    room = fresh
    capacity = larger
  }
}
