/// The bytes under the parser.
struct JSONText {
  let base: UnsafeRawPointer
  let end: Int

  @inline(__always)
  subscript(at: Int) -> UInt8 { base.load(fromByteOffset: at, as: UInt8.self) }

  /// Eight bytes, the first one lowest.
  @inline(__always)
  func word(at: Int) -> UInt64 { UInt64(littleEndian: base.loadUnaligned(fromByteOffset: at, as: UInt64.self)) }

  @inline(__always)
  func pointer(at: Int) -> UnsafePointer<UInt8> { (base + at).assumingMemoryBound(to: UInt8.self) }

  @inline(__always)
  func skippingSpace(from start: Int) -> Int {
    var at = start
    while at < end {
      let byte = self[at]
      guard byte <= 0x20, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { break }
      at += 1
    }
    return at
  }

  var hasByteOrderMark: Bool { end >= 3 && self[0] == 0xEF && self[1] == 0xBB && self[2] == 0xBF }
}
