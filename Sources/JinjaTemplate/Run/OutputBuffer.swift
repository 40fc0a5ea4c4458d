import Glibc

/// The text that is written, as UTF-8 in raw memory. What goes beyond the limit is dropped and noted.
struct OutputBuffer: ~Copyable {
  private(set) var base: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private(set) var count = 0
  private let limit: Int
  /// Whether more was written than the limit allows.
  private(set) var isOverfull = false

  init(capacity: Int, limit: Int) {
    base = .allocate(capacity: capacity)
    self.capacity = capacity
    self.limit = limit
  }

  deinit { base.deallocate() }

  @inline(__always)
  mutating func append(_ bytes: UnsafePointer<UInt8>, _ length: Int) {
    if count + length > capacity, !grow(length) { return }
    memcpy(base + count, bytes, length)
    count += length
  }

  @inline(__always)
  mutating func append(_ text: String) {
    var length = text.utf8.count
    if count + length > capacity, !grow(length) { return }
    let place = base + count
    let copied: Void? = text.utf8.withContiguousStorageIfAvailable { bytes in
      if let start = bytes.baseAddress { memcpy(place, start, bytes.count) }
    }
    if copied == nil {
      length = 0
      for byte in text.utf8 {
        place[length] = byte
        length += 1
      }
    }
    count += length
  }

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    if count + 1 > capacity, !grow(1) { return }
    base[count] = byte
    count += 1
  }

  mutating func append(_ byte: UInt8, times: Int) {
    guard times > 0 else { return }
    if count + times > capacity, !grow(times) { return }
    memset(base + count, Int32(byte), times)
    count += times
  }

  @inline(__always)
  mutating func append(_ text: StaticString) { append(text.utf8Start, text.utf8CodeUnitCount) }

  /// Adds an integer in decimal.
  mutating func append(integer value: Int) {
    if count + 20 > capacity, !grow(20) { return }
    var length = 1
    var rest = value.magnitude
    while rest >= 10 {
      rest /= 10
      length += 1
    }
    if value < 0 {
      base[count] = UInt8(ascii: "-")
      count += 1
    }
    rest = value.magnitude
    var place = count + length
    repeat {
      place -= 1
      base[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    } while rest > 0
    count += length
  }

  @inline(never)
  private mutating func grow(_ more: Int) -> Bool {
    guard count + more <= limit else {
      isOverfull = true
      return false
    }
    let larger = max(capacity * 2, count + more)
    let fresh = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
    memcpy(fresh, base, count)
    base.deallocate()
    base = fresh
    capacity = larger
    return true
  }

  /// The text from a mark on.
  func text(from mark: Int) -> String {
    let bytes = UnsafeBufferPointer(start: base + mark, count: count - mark)
    // Everything that was put in came from strings, so it is UTF-8.
    return String(copying: unsafe UTF8Span(unchecked: bytes.span))
  }

  /// Takes back what was written from a mark on.
  mutating func cut(to mark: Int) { count = mark }

  /// Takes the text from a mark on.
  mutating func take(from mark: Int) -> String {
    let text = text(from: mark)
    count = mark
    return text
  }

  /// How many code points stand between two marks.
  func codePoints(from start: Int, to end: Int) -> Int {
    var total = 0
    for place in start..<end where base[place] & 0xC0 != 0x80 { total += 1 }
    return total
  }
}
