import Glibc

/// Bytes between being read and being used: added at the end, dropped from the front.
struct ReadBuffer: ~Copyable {
  private var base: UnsafeMutableRawPointer
  private var capacity: Int
  private var start = 0
  private var end = 0

  init(capacity: Int) {
    base = .allocate(byteCount: capacity, alignment: 16)
    self.capacity = capacity
  }

  deinit { base.deallocate() }

  var count: Int { end - start }

  /// The first bytes; good until something is added.
  func bytes(_ length: Int) -> UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base + start, count: length) }

  /// How many bytes stand before the first such byte.
  func distance(to byte: UInt8, from: Int) -> Int? {
    guard count > from, let found = memchr(base + start + from, Int32(byte), count - from) else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base + start)
  }

  mutating func drop(_ length: Int) { start += length }

  /// Place for more bytes at the end, at least half as much as there is.
  mutating func room() -> (UnsafeMutableRawPointer, Int) {
    if start > 0 {
      memmove(base, base + start, count)
      end -= start
      start = 0
    }
    if capacity - end < capacity / 2 {
      let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity * 2, alignment: 16)
      larger.copyMemory(from: base, byteCount: end)
      base.deallocate()
      base = larger
      capacity *= 2
    }
    return (base + end, capacity - end)
  }

  mutating func added(_ length: Int) { end += length }
}
