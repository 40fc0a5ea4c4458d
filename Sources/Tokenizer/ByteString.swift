/// Bytes of valid UTF-8, read scalar by scalar.
///
/// Texts come out of Swift strings and are cut at scalars only, so nothing here checks for damage.
enum ByteString {
  /// The scalar that starts at a place, and how many bytes it takes.
  @inline(__always)
  static func scalar(_ text: UnsafePointer<UInt8>, _ index: Int) -> (value: UInt32, length: Int) {
    let first = UInt32(text[index])
    if first < 0x80 { return (first, 1) }
    if first < 0xE0 { return ((first & 0x1F) << 6 | UInt32(text[index + 1] & 0x3F), 2) }
    if first < 0xF0 {
      return ((first & 0x0F) << 12 | UInt32(text[index + 1] & 0x3F) << 6 | UInt32(text[index + 2] & 0x3F), 3)
    }
    let high = (first & 0x07) << 18 | UInt32(text[index + 1] & 0x3F) << 12
    return (high | UInt32(text[index + 2] & 0x3F) << 6 | UInt32(text[index + 3] & 0x3F), 4)
  }

  /// How many bytes the scalar takes that starts with a byte.
  @inline(__always)
  static func length(_ first: UInt8) -> Int {
    first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
  }

  /// How many bytes a scalar takes.
  @inline(__always)
  static func length(of value: UInt32) -> Int { value < 0x80 ? 1 : value < 0x800 ? 2 : value < 0x10000 ? 3 : 4 }

  /// Whether a byte is not the first of its scalar.
  @inline(__always)
  static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }

  /// Where the scalar before a place starts.
  @inline(__always)
  static func start(before index: Int, in text: UnsafePointer<UInt8>) -> Int {
    var index = index - 1
    while isContinuation(text[index]) { index -= 1 }
    return index
  }

  /// Writes a scalar at the end.
  @inline(__always)
  static func append(_ value: UInt32, to bytes: inout [UInt8]) {
    if value < 0x80 {
      bytes.append(UInt8(value))
    } else if value < 0x800 {
      bytes.append(UInt8(0xC0 | value >> 6))
      bytes.append(UInt8(0x80 | value & 0x3F))
    } else if value < 0x10000 {
      bytes.append(UInt8(0xE0 | value >> 12))
      bytes.append(UInt8(0x80 | value >> 6 & 0x3F))
      bytes.append(UInt8(0x80 | value & 0x3F))
    } else {
      bytes.append(UInt8(0xF0 | value >> 18))
      bytes.append(UInt8(0x80 | value >> 12 & 0x3F))
      bytes.append(UInt8(0x80 | value >> 6 & 0x3F))
      bytes.append(UInt8(0x80 | value & 0x3F))
    }
  }

  /// Copies bytes with each occurrence of some of them replaced.
  static func replacing(_ old: [UInt8], with new: [UInt8], in bytes: [UInt8]) -> [UInt8] {
    guard !old.isEmpty, old.count <= bytes.count else { return bytes }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      if index + old.count <= bytes.count, bytes[index] == old[0], bytes[index..<(index + old.count)].elementsEqual(old)
      {
        result += new
        index += old.count
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return result
  }
}
