import Glibc

/// Comparison of strings by their bytes.
///
/// Swift's `==` takes `é` and `e` with a combining accent for equal; JSON, Python and every schema do not.
extension String {
  /// Whether both have the same UTF-8 bytes.
  @inline(__always)
  func hasSameBytes(as other: String) -> Bool {
    guard utf8.count == other.utf8.count else { return false }
    if hasSameForm(as: other) { return true }
    return withBytes { left in
      other.withBytes { right in
        guard let left = left.baseAddress, let right = right.baseAddress else { return true }
        return memcmp(left, right, utf8.count) == 0
      }
    }
  }

  /// Whether both are the same in memory: a short text within the string itself, or the same storage. That is told at once,
  /// and most keys are short.
  @inline(__always)
  private func hasSameForm(as other: String) -> Bool {
    Swift.withUnsafeBytes(of: self) { left in
      Swift.withUnsafeBytes(of: other) { right in
        left.loadUnaligned(as: UInt64.self) == right.loadUnaligned(as: UInt64.self)
          && left.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
            == right.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
      }
    }
  }

  /// Feeds the UTF-8 bytes and an end mark to a hasher.
  func hashBytes(into hasher: inout Hasher) {
    withBytes { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    hasher.combine(0xFF as UInt8)
  }

  /// Whether its UTF-8 bytes sort before the other's, which is the order of code points and so Python's.
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

  /// Lends the UTF-8 bytes.
  @inline(__always)
  func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    if let result = utf8.withContiguousStorageIfAvailable(body) { return result }
    return Array(utf8).withUnsafeBufferPointer(body)
  }
}
