/// Bytes in raw memory that only grow.
struct ByteBuffer: ~Copyable {
  private(set) var base: UnsafeMutableRawPointer
  private(set) var capacity: Int
  var count = 0

  init(capacity: Int) {
    base = .allocate(byteCount: capacity, alignment: 8)
    self.capacity = capacity
  }

  deinit { base.deallocate() }

  /// Makes place for so many more bytes.
  @inline(__always)
  mutating func reserve(_ more: Int) {
    if count + more > capacity { grow(more) }
  }

  @inline(never)
  private mutating func grow(_ more: Int) {
    let larger = max(capacity * 2, count + more)
    let fresh = UnsafeMutableRawPointer.allocate(byteCount: larger, alignment: 8)
    fresh.copyMemory(from: base, byteCount: count)
    base.deallocate()
    base = fresh
    capacity = larger
  }

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    reserve(1)
    append(unchecked: byte)
  }

  /// Adds a byte for which there is room.
  @inline(__always)
  mutating func append(unchecked byte: UInt8) {
    base.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
    count += 1
  }

  mutating func append(_ byte: UInt8, times: Int) {
    reserve(times)
    (base + count).initializeMemory(as: UInt8.self, repeating: byte, count: times)
    count += times
  }

  @inline(__always)
  mutating func append(_ text: StaticString) {
    append(UnsafeRawPointer(text.utf8Start), text.utf8CodeUnitCount)
  }

  @inline(__always)
  mutating func append(_ bytes: UnsafeRawPointer, _ length: Int) {
    reserve(length)
    (base + count).copyMemory(from: bytes, byteCount: length)
    count += length
  }

  mutating func append(text: String) {
    reserve(text.utf8.count)
    let place = base + count
    count += text.withBytes { bytes in
      if let start = bytes.baseAddress { place.copyMemory(from: start, byteCount: bytes.count) }
      return bytes.count
    }
  }
}
