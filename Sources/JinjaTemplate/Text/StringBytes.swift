import Glibc

/// Strings by their UTF-8 bytes: Swift's own comparison takes `é` and `e` with a combining accent for equal.
extension String {
  /// Lends the UTF-8 bytes.
  @inline(__always)
  func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    if let result = utf8.withContiguousStorageIfAvailable(body) { return result }
    return Array(utf8).withUnsafeBufferPointer(body)
  }

  @inline(__always)
  func hasSameBytes(as other: String) -> Bool {
    guard utf8.count == other.utf8.count else { return false }
    return withBytes { left in
      other.withBytes { right in
        guard let left = left.baseAddress, let right = right.baseAddress else { return true }
        return memcmp(left, right, utf8.count) == 0
      }
    }
  }

  /// Whether its code points sort before the other's.
  func sortsBefore(_ other: String) -> Bool {
    withBytes { left in
      other.withBytes { right in
        let common = min(left.count, right.count)
        if common > 0, let left = left.baseAddress, let right = right.baseAddress {
          let order = memcmp(left, right, common)
          if order != 0 { return order < 0 }
        }
        return left.count < right.count
      }
    }
  }

  /// How many code points it has: Python's `len`.
  var codePointCount: Int {
    withBytes { bytes in
      var count = 0
      for byte in bytes where byte & 0xC0 != 0x80 { count += 1 }
      return count
    }
  }

  /// The code points from one to before another; both must be in bounds.
  func codePoints(_ start: Int, _ end: Int) -> String {
    guard start < end else { return "" }
    return withBytes { bytes in
      let from = bytes.offset(ofCodePoint: start, from: 0)
      let to = bytes.offset(ofCodePoint: end - start, from: from)
      return String(decoding: UnsafeBufferPointer(rebasing: bytes[from..<to]), as: UTF8.self)
    }
  }

  /// The bytes from one offset to before another, which must not cut a code point.
  func bytes(_ start: Int, _ end: Int) -> String {
    if start == 0, end == utf8.count { return self }
    return withBytes { String(decoding: UnsafeBufferPointer(rebasing: $0[start..<end]), as: UTF8.self) }
  }

  /// The offset in bytes where another text first stands at or after an offset.
  func offset(of other: String, from start: Int = 0) -> Int? {
    withBytes { bytes -> Int? in
      other.withBytes { sought -> Int? in
        guard start + sought.count <= bytes.count else { return nil }
        guard !sought.isEmpty else { return start }
        return ByteSearch.first(sought, in: UnsafeBufferPointer(rebasing: bytes[start...])).map { start + $0 }
      }
    }
  }

  /// The offset in bytes where another text last stands before an offset.
  func lastOffset(of other: String, before end: Int) -> Int? {
    withBytes { bytes -> Int? in
      other.withBytes { sought -> Int? in
        guard sought.count <= end else { return nil }
        guard !sought.isEmpty else { return end }
        return ByteSearch.last(sought, in: UnsafeBufferPointer(rebasing: bytes[..<end]))
      }
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The offset of the code point that stands so many after one at an offset.
  func offset(ofCodePoint position: Int, from start: Int) -> Int {
    var offset = start
    var left = position
    while left > 0, offset < count {
      offset += 1
      while offset < count, self[offset] & 0xC0 == 0x80 { offset += 1 }
      left -= 1
    }
    return offset
  }
}
